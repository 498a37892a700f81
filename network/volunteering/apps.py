from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteeringConfig(AppConfig):
    name = "network.volunteering"
    label = "volunteering"
    verbose_name = _("Volunteers")
    default_auto_field = "django.db.models.BigAutoField"
