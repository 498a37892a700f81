from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    name = "verification"
    verbose_name = _("Checking")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verification.letters import listings as letters  # noqa: F401  (registers the letters of this app)
