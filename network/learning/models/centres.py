"""A resource centre: a place as a whole, with its rooms and what can be learnt there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import codes_field
from network.learning.models.materials import seen_by
from network.learning.models.offers import LearningOffer, never_by_own, returned_with_reason
from organizations.models import Location
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class CentreQuerySet(models.QuerySet["ResourceCentre"]):
    def visible_to(self, user: User | AnonymousUser) -> CentreQuerySet:
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        return self.filter(seen_by(user))


@pghistory.track(exclude=["offered_by", "decided_by"])
class ResourceCentre(LearningOffer):
    """What a place of this kind offers beside its services. Read by everybody once a coordinator has approved it."""

    location = models.OneToOneField(Location, models.CASCADE, related_name="resource_centre")
    country = models.CharField(max_length=2, blank=True)
    rooms = models.CharField(_("rooms and equipment"), max_length=400)
    seats = models.PositiveSmallIntegerField(_("seats in the largest room"), null=True, blank=True)
    topics = codes_field(_("what can be learnt here"))
    looked_on = models.DateField(default=clock.today)

    i18n = TranslationField(fields=("rooms",))

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource centre")
        verbose_name_plural = _("resource centres")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="centre_says_its_rooms",
                condition=~Q(rooms=""),
                violation_error_message=_("Say which rooms there are."),
            ),
            models.CheckConstraint(
                name="centre_seats_in_reason",
                condition=Q(seats__isnull=True) | Q(seats__gte=1, seats__lte=2000),
                violation_error_message=_("From 1 to 2000 seats."),
            ),
            returned_with_reason("centre_returned_with_its_reason"),
        ]
        triggers = [never_by_own("centre_never_by_own")]
