from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonalConfig(AppConfig):
    name = "personal"
    verbose_name = _("Selections and followed searches")
    default_auto_field = "django.db.models.BigAutoField"
