from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.apps import ProcrastinateConfig


class JobsConfig(ProcrastinateConfig):
    """The package of the worker's jobs, under a name that operators understand."""

    verbose_name = _("Work in the background")
