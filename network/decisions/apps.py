from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "network.decisions"
    label = "decisions"
    verbose_name = _("Decisions and documents")
    default_auto_field = "django.db.models.BigAutoField"
