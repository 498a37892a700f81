"""A gap: one cell about which somebody does something, and its steps.

The database refuses what no screen may do: a closed gap whose help was not there for sixty days, a dropped one without
a reason, work without somebody, an action and a day, two live ones of a cell, a step that is changed.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from network.gaps.models.absences import CODE, COUNTRY
from network.gaps.models.words import AT_WORK, LIVE, GapState, Priority, StepKind
from organizations.models import Organization
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: So long the help has to be there, seen day by day, before its gap closes.
HOLDS_DAYS = 60
HOLDS = dt.timedelta(days=HOLDS_DAYS)
_LIVE = [str(one) for one in LIVE]


def _held() -> Q:
    return Q(yes_since__isnull=False, yes_seen_on__gte=F("yes_since") + HOLDS)


class GapQuerySet(models.QuerySet["Gap"]):
    def visible_to(self, user: User | AnonymousUser) -> GapQuerySet:
        """Everybody of the network reads all of them; nobody else any."""
        return self if user.is_authenticated and is_network_person(user) else self.none()

    def live(self) -> GapQuerySet:
        """Neither ended nor over: one whose help was seen for sixty days is closed, wherever the worker is."""
        return self.filter(state__in=_LIVE).exclude(_held())

    def over(self) -> GapQuerySet:
        """Closed by the days, whether or not somebody has written it down."""
        return self.filter(Q(state=GapState.CLOSED) | (Q(state__in=_LIVE) & _held()))

    def held(self) -> GapQuerySet:
        """Over, and not written down yet."""
        return self.filter(_held(), state__in=_LIVE)

    def ended(self) -> GapQuerySet:
        return self.filter(Q(state__in=[GapState.CLOSED, GapState.DROPPED]) | _held())

    def without_action(self) -> GapQuerySet:
        return self.live().filter(state=GapState.OPEN)

    def late(self, on: dt.date | None = None) -> GapQuerySet:
        """The day of the action is past, or that on which a gap that was put off should be looked at again."""
        day = on or clock.today()
        acts = Q(state=GapState.IN_WORK, due_on__lt=day)
        return self.live().filter(acts | Q(state=GapState.ACCEPTED, review_on__lt=day))


@pghistory.track()
class Gap(Editable):
    """One kind of help in a country, for a group, on a way to another country, or in a language: one of the three.

    `yes_since` and `yes_seen_on` are the first and the last day of an unbroken run on which the cell said «there is».
    """

    service_type = models.CharField(_("kind of help"), max_length=48, validators=[CODE])
    country = models.CharField(_("country"), max_length=2, validators=[COUNTRY])
    group = models.CharField(_("for whom"), max_length=48, blank=True, validators=[CODE])
    to_country = models.CharField(_("on the way to"), max_length=2, blank=True, validators=[COUNTRY])
    language = models.CharField(_("in the language"), max_length=48, blank=True, validators=[CODE])
    was = models.CharField(max_length=12)
    priority = models.CharField(_("priority"), max_length=8, choices=Priority.choices)
    why = models.CharField(_("why it matters"), max_length=500)
    state = models.CharField(max_length=12, choices=GapState.choices)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    action = models.CharField(_("what is done"), max_length=300, blank=True)
    due_on = models.DateField(_("until"), null=True, blank=True)
    review_on = models.DateField(_("look again on"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    yes_since = models.DateField(null=True, blank=True)
    yes_seen_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        ordering = ["country", "service_type", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="gap_one_live_per_cell",
                fields=["service_type", "country", "group", "to_country", "language"],
                condition=Q(state__in=_LIVE),
                violation_error_message=_("This gap is open already."),
            ),
            models.CheckConstraint(
                name="gap_of_one_kind_of_cell",
                condition=Q(group="", to_country="") | Q(group="", language="") | Q(to_country="", language=""),
            ),
            models.CheckConstraint(name="gap_way_leads_elsewhere", condition=~Q(to_country=F("country"))),
            models.CheckConstraint(
                name="gap_in_work_has_an_action",
                condition=~Q(state=GapState.IN_WORK)
                | (Q(organization__isnull=False, due_on__isnull=False) & ~Q(action="")),
                violation_error_message=_("Say who does what, and until when."),
            ),
            models.CheckConstraint(
                name="gap_put_off_with_reason_and_day",
                condition=~Q(state=GapState.ACCEPTED) | (Q(review_on__isnull=False) & ~Q(reason="")),
                violation_error_message=_("Say why, and when to look again."),
            ),
            models.CheckConstraint(
                name="gap_dropped_with_its_reason",
                condition=~Q(state=GapState.DROPPED) | ~Q(reason=""),
                violation_error_message=_("Say why it is dropped."),
            ),
            models.CheckConstraint(
                name="gap_closed_after_sixty_days",
                condition=~Q(state=GapState.CLOSED) | _held(),
                violation_error_message=_("A gap closes by itself, when the help was there for 60 days."),
            ),
            models.CheckConstraint(
                name="gap_days_in_order",
                condition=Q(yes_since__isnull=True, yes_seen_on__isnull=True) | Q(yes_seen_on__gte=F("yes_since")),
            ),
            models.CheckConstraint(
                name="gap_ended_with_its_time",
                condition=Q(state__in=["closed", "dropped"], ended_at__isnull=False)
                | (~Q(state__in=["closed", "dropped"]) & Q(ended_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_type} · {self.country}"

    @property
    def is_over(self) -> bool:
        """The predicate beside `over`."""
        if self.state == GapState.CLOSED:
            return True
        is_held = self.yes_since is not None and self.yes_seen_on is not None
        return self.state in LIVE and is_held and self.yes_seen_on >= self.yes_since + HOLDS  # type: ignore[operator]

    @property
    def stage(self) -> GapState:
        """The state as it is by the clock."""
        return GapState.CLOSED if self.is_over else GapState(self.state)

    @property
    def is_late(self) -> bool:
        day = self.due_on if self.state == GapState.IN_WORK else self.review_on
        waits = self.state in (GapState.IN_WORK, GapState.ACCEPTED)
        return waits and not self.is_over and day is not None and day < clock.today()

    @property
    def needs_action(self) -> bool:
        return self.stage in AT_WORK and not self.action


class GapStep(models.Model):
    """What happened to a gap, once and for good. `words` are the person's own."""

    gap = models.ForeignKey(Gap, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=clock.now)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("step of a gap")
        verbose_name_plural = _("steps of gaps")
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="gapstep_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("gap", "kind", "words", "at"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.gap_id} · {self.kind}"
