from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    name = "verification"
    verbose_name = _("Checking")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from organizations import careful

        countries = self.get_model("HighRiskCountry")._default_manager
        careful.ask_of_countries(lambda codes: countries.filter(code__in=codes).values_list("code", flat=True))
