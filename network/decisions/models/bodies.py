"""Bodies of the network, and the seats in them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import Editable
from messaging.models.absence import DaySpan
from network.decisions.models import words
from organizations.models import Membership, Organization
from organizations.models.organization import IN_NETWORK, is_network_person, standing_as

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class BodyQuerySet(models.QuerySet["Body"]):
    def visible_to(self, user: User | AnonymousUser) -> BodyQuerySet:
        """Every person of the network knows who decides in it."""
        return self if user.is_authenticated and is_network_person(user) else self.none()


@pghistory.track()
class Body(Editable):
    """Who decides: the assembly of all members, the council, a committee."""

    kind = models.CharField(_("kind"), max_length=12, choices=words.BodyKind.choices)
    name = models.CharField(_("name"), max_length=120)

    i18n = TranslationField(fields=("name",))

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=["assembly", "council"]),
                name="body_one_assembly_one_council",
                violation_error_message=_("The network has one assembly and one council."),
            )
        ]

    def __str__(self) -> str:
        return self.name


def in_force(on: dt.date | None = None, prefix: str = "") -> Q:
    """Seats (at `prefix`, as in "seats__") that are held on the day: in its dates, by somebody of a member."""
    day = on or clock.today()
    lasts = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    active = Q(**{f"{prefix}starts_on__lte": day, f"{prefix}person__is_active": True})
    return lasts & active & standing_as(*IN_NETWORK, prefix=f"{prefix}organization__")


class SeatQuerySet(models.QuerySet["Seat"]):
    def current(self, on: dt.date | None = None) -> SeatQuerySet:
        """Those held on the day: a seat of a suspended organisation waits, one of an organisation that left is over."""
        return self.filter(in_force(on))

    def visible_to(self, user: User | AnonymousUser) -> SeatQuerySet:
        """Every person of the network sees who sits where."""
        return self if user.is_authenticated and is_network_person(user) else self.none()


@pghistory.track()
class Seat(Editable):
    """A person of an organisation in a body, from one day to another, both included; without an end: until told."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="seats")
    kind = models.CharField(
        _("what they do there"), max_length=12, choices=words.SeatKind.choices, default=words.SeatKind.MEMBER
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["body", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end is before the beginning."),
            ),
            ExclusionConstraint(
                name="seat_one_at_a_time",
                expressions=[
                    (DaySpan("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                    ("body", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                ],
                violation_error_message=_("This person has a seat in this body in these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} · {self.organization}"


def inner_to(user: User, kept: models.QuerySet[Body]) -> Q:
    """What a body keeps to itself: for whoever sits in it or keeps it, and never about their own organisation."""
    seated = Seat.objects.current().filter(person=user).values("body")
    own = Membership.objects.filter(user=user).values("organization")
    return (Q(body__in=seated) | Q(body__in=kept)) & (Q(about__isnull=True) | ~Q(about__in=own))
