from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GapsConfig(AppConfig):
    name = "network.gaps"
    label = "gaps"
    verbose_name = _("What is missing")
    default_auto_field = "django.db.models.BigAutoField"
