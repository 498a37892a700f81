from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People who sign in")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.entering import factors

        factors.watch()
