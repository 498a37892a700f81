"""An application for a grant: the plan, the sum, what it is spent on, what is to change."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from network.decisions.models import Seat, Vote
from network.gaps.models import Gap
from network.grants.models.calls import GrantCall
from network.grants.models.words import BID_OPEN, BidState, GrantCallState, GrantScoreState
from organizations.models import Membership, Organization
from organizations.models.membership import OWN_ROLES
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

LINES_AT_MOST, INDICATORS_AT_MOST = 5, 4
_VOTED = [BidState.VOTING, BidState.GRANTED, BidState.CONDITIONS, BidState.RESERVE, BidState.DECLINED, BidState.AGREED]


def own_organizations(user: User | AnonymousUser) -> models.QuerySet[Membership, Any]:
    """Keys of the organisations whose own people the user is one of."""
    return Membership.objects.filter(user=user.pk, role__in=OWN_ROLES).values("organization")


def seated_bodies(user: User | AnonymousUser) -> models.QuerySet[Seat, Any]:
    """Keys of the bodies in which the user sits today."""
    return Seat.objects.current().filter(person=user.pk).values("body")


class GrantApplicationQuerySet(models.QuerySet["GrantApplication"]):
    def visible_to(self, user: User | AnonymousUser) -> GrantApplicationQuerySet:
        """The organisation itself; of what was sent: the committee, those who are asked to score it, coordinators of a

        country whose gap it is about, administrators and evaluators. No other member.
        """
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        own = Q(organization__in=own_organizations(user))
        if user.coordinates_everywhere or user.network_role == "evaluator":
            return self.filter(own | ~Q(state=BidState.DRAFT))
        asked = [GrantScoreState.ASKED, GrantScoreState.GIVEN]
        scoring = self.model.objects.filter(scores__reviewer=user, scores__state__in=asked)
        others = Q(call__body__in=seated_bodies(user)) | Q(pk__in=scoring.values("pk"))
        if user.is_coordinator:
            about = GrantApplication.gaps.through.objects.filter(gap__country__in=user.countries)
            others |= Q(pk__in=about.values("grantapplication"))
        return self.filter(own | (~Q(state=BidState.DRAFT) & others))

    def under_way(self) -> GrantApplicationQuerySet:
        """Somebody has a next step: a draft whose call is over and a reserve whose days are over have none."""
        now, today = clock.now(), clock.today()
        is_over = Q(call__closes_at__lte=now) | ~Q(call__state=GrantCallState.ANNOUNCED)
        rows = self.filter(state__in=BID_OPEN).exclude(Q(state=BidState.DRAFT) & is_over)
        return rows.exclude(state=BidState.RESERVE, due_on__lt=today)

    def late(self) -> GrantApplicationQuerySet:
        """The day of the committee's step is past; a question that nobody answered in time is one of them."""
        waits = (BidState.SENT, BidState.ELIGIBLE, BidState.NEEDS_INFO, BidState.SCORED, BidState.VOTING)
        rows = self.filter(state__in=[*waits, BidState.GRANTED, BidState.CONDITIONS])
        return rows.filter(due_on__lt=clock.today())


_IN_ITS_TIME = """
    IF NEW.state NOT IN ('draft', 'withdrawn') AND NOT EXISTS (
        SELECT 1 FROM grants_call c WHERE c.id = NEW.call_id AND c.state <> 'draft'
        AND NEW.sent_at >= c.opens_at AND NEW.sent_at < c.closes_at AND NEW.amount <= c.ceiling
    ) THEN
        RAISE EXCEPTION 'sent in the time of the call, for no more than it gives' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM organizations_membership m
        WHERE m.organization_id = NEW.organization_id AND m.user_id IN (NEW.screened_by_id, NEW.decided_by_id)
    ) THEN
        RAISE EXCEPTION 'nobody decides about their own organisation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track(exclude=["plan", "answers", "reason", "question", "answer", "conditions"])
class GrantApplication(Editable):
    """`due_on` is the day of the present step; `reason` are the words for the organisation."""

    call = models.ForeignKey(GrantCall, models.PROTECT, related_name="applications")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="grant_applications")
    title = models.CharField(_("in one line"), max_length=160)
    plan = models.TextField(_("what you will do"), max_length=6000, blank=True)
    amount = models.DecimalField(_("how much"), max_digits=12, decimal_places=2, default=0)
    answers = ArrayField(models.TextField(max_length=2000), default=list, blank=True)
    gaps = models.ManyToManyField(Gap, related_name="grant_applications", blank=True, verbose_name=_("gaps"))
    state = models.CharField(max_length=12, choices=BidState.choices, default=BidState.DRAFT)
    due_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    screened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    question = models.TextField(_("question"), max_length=1000, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    vote = models.OneToOneField(Vote, models.PROTECT, null=True, blank=True, related_name="+")
    conditions = models.TextField(_("conditions"), max_length=1000, blank=True)
    reason = models.TextField(_("reasons"), max_length=1000, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    objects = GrantApplicationQuerySet.as_manager()

    class Meta:
        db_table = "grants_application"
        verbose_name = _("application for a grant")
        verbose_name_plural = _("applications for grants")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organization"],
                condition=~Q(state=BidState.WITHDRAWN),
                name="grantapplication_one_a_call",
                violation_error_message=_("Your organisation has an application to this call already."),
            ),
            models.CheckConstraint(name="grantapplication_asks_for_something", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="grantapplication_has_a_next_day",
                condition=Q(state__in=BID_OPEN, due_on__isnull=False)
                | (~Q(state__in=BID_OPEN) & Q(due_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="grantapplication_no_with_its_reasons",
                condition=~Q(state__in=[BidState.NOT_ELIGIBLE, BidState.RESERVE, BidState.DECLINED]) | ~Q(reason=""),
                violation_error_message=_("Say why: the organisation reads it."),
            ),
            models.CheckConstraint(
                name="grantapplication_conditions_in_words",
                condition=~Q(state=BidState.CONDITIONS) | ~Q(conditions=""),
                violation_error_message=_("Say what the conditions are."),
            ),
            models.CheckConstraint(
                name="grantapplication_decided_by_a_vote",
                condition=~Q(state__in=_VOTED) | Q(vote__isnull=False),
            ),
            models.CheckConstraint(
                name="grantapplication_asked_once",
                condition=Q(asked_on__isnull=True, question="") | (Q(asked_on__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="grantapplication_in_its_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("state", "sent_at", "amount", "screened_by_id", "decided_by_id"),
                func=_IN_ITS_TIME,
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stage(self) -> BidState:
        """By the clock of the question: a draft too late, a question without an answer, a reserve that is over."""
        call = self.call
        if self.state == BidState.DRAFT and (call.state != GrantCallState.ANNOUNCED or call.closes_at <= clock.now()):
            return BidState.MISSED
        is_past = self.due_on is not None and self.due_on < clock.today()
        if self.state == BidState.NEEDS_INFO and is_past:
            return BidState.ELIGIBLE
        if self.state == BidState.RESERVE and is_past:
            return BidState.DECLINED
        return BidState(self.state)

    @property
    def is_late(self) -> bool:
        waits = self.stage in BID_OPEN and self.state not in (BidState.DRAFT, BidState.RESERVE)
        return waits and self.due_on is not None and self.due_on < clock.today()


class GrantBudgetLine(models.Model):
    """What a part of the sum is for."""

    application = models.ForeignKey(GrantApplication, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("what for"), max_length=160)
    amount = models.DecimalField(_("how much"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("line of a budget")
        verbose_name_plural = _("lines of budgets")
        ordering = ["application", "position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="grantbudgetline_once"),
            models.CheckConstraint(
                name="grantbudgetline_five_at_most",
                condition=Q(position__gte=1, position__lte=LINES_AT_MOST, amount__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GrantIndicator(models.Model):
    """A number that is to change: from what to what."""

    application = models.ForeignKey(GrantApplication, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("what is counted"), max_length=200)
    baseline = models.DecimalField(_("now"), max_digits=12, decimal_places=2)
    target = models.DecimalField(_("to be reached"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("indicator of a grant")
        verbose_name_plural = _("indicators of grants")
        ordering = ["application", "position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="grantindicator_once"),
            models.CheckConstraint(
                name="grantindicator_four_at_most", condition=Q(position__gte=1, position__lte=INDICATORS_AT_MOST)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GrantOpinionQuerySet(models.QuerySet["GrantOpinion"]):
    def visible_to(self, user: User | AnonymousUser) -> GrantOpinionQuerySet:
        """Whoever reads the application reads it, but not the organisation that it is about."""
        rows = self.filter(application__in=GrantApplication.objects.visible_to(user))
        return rows.exclude(application__organization__in=own_organizations(user))


class GrantOpinion(models.Model):
    """What a coordinator of the country says about the need. It decides nothing."""

    application = models.ForeignKey(GrantApplication, models.CASCADE, related_name="opinions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("opinion"), max_length=1000)
    said_at = models.DateTimeField(default=clock.now)

    objects = GrantOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion about an application")
        verbose_name_plural = _("opinions about applications")
        ordering = ["said_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="grantopinion_one_a_person")]

    def __str__(self) -> str:
        return self.text[:60]


def later(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)
