"""Of two organisations that are one, the one that stays has the library, trainings and lists of the other one."""

from __future__ import annotations

from django.db.models import F

from network.learning.models import Enrolment, Material, Training
from network.learning.models.words import EnrolmentState
from network.learning.publication import publish_all
from organizations.models import Organization

MOVES = (
    "learning.Material.organization",
    "learning.Training.organization",
    "learning.Enrolment.organization",
)
_COMING = (EnrolmentState.WANTED, EnrolmentState.INVITED, EnrolmentState.ENROLLED)


def hand_over(gone: Organization, kept: Organization) -> int:
    """All but what somebody of the one that stays has approved: nobody approves what is their own."""
    taken = {"organization": kept, "version": F("version") + 1}
    number = 0
    for model in (Material, Training):
        offers = model._default_manager.filter(organization=gone)
        keys = list(offers.exclude(decided_by__memberships__organization=kept).values_list("pk", flat=True))
        number += model._default_manager.filter(pk__in=keys).update(**taken)
    groups = Enrolment.objects.filter(organization=kept, is_group=True).values("training")
    rows = Enrolment.objects.filter(organization=gone, state__in=_COMING)
    number += rows.exclude(is_group=True, training__in=groups).update(**taken)
    publish_all()
    return number
