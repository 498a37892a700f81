"""A yearly review of an organisation: by itself, by another, and by a third when the two do not agree."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from network.decisions.models import Document
from network.reviews.models import words
from network.reviews.models.of_kinds import ALL_CRITERIA
from network.reviews.models.words import YearlyState
from organizations.models import Membership, MemberStatus, Organization
from organizations.models.membership import OWN_ROLES
from organizations.models.organization import is_network_person, standing_as

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: A review is good for so long; then it says of itself that it is overdue.
GOOD_FOR_MONTHS = 12
UNDER_WAY = (YearlyState.PLANNED, YearlyState.SELF, YearlyState.PEER, YearlyState.DISPUTED)


class RoundQuerySet(models.QuerySet["ReviewRound"]):
    def visible_to(self, user: User | AnonymousUser) -> RoundQuerySet:
        return self if user.is_authenticated and is_network_person(user) else self.none()


@pghistory.track()
class ReviewRound(Editable):
    """A coordinator asks the organisations of one country, in one year."""

    country = models.CharField(_("country"), max_length=2)
    year = models.PositiveSmallIntegerField(_("year"))
    starts_on = models.DateField(_("from"))
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RoundQuerySet.as_manager()

    class Meta:
        db_table = "reviews_round"
        verbose_name = _("round of reviews")
        verbose_name_plural = _("rounds of reviews")
        ordering = ["-year", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "year"],
                name="round_once_a_year",
                violation_error_message=_("This country has a round this year already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.year}"


class YearlyReviewQuerySet(models.QuerySet["YearlyReview"]):
    def visible_to(self, user: User | AnonymousUser) -> YearlyReviewQuerySet:
        """Everybody of the network reads what was agreed; before that those who have to do with it: the organisation,
        the one that looks, the third that decides, coordinators of the country, administrators, evaluators."""
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        if user.coordinates_everywhere or user.network_role == "evaluator":
            return self
        own = Membership.objects.filter(user=user, role__in=OWN_ROLES).values("organization")
        seen = Q(state=YearlyState.AGREED) | Q(organization__in=own) | Q(reviewer__in=own) | Q(third__in=own)
        if user.is_coordinator:
            seen |= Q(round__country__in=user.countries)
        return self.filter(seen)

    def under_way(self) -> YearlyReviewQuerySet:
        return self.filter(state__in=UNDER_WAY)

    def late(self) -> YearlyReviewQuerySet:
        """Under way, and the day of the present step is past: by the clock of the question."""
        return self.under_way().filter(due_on__lt=clock.today())

    def latest_agreed(self) -> YearlyReviewQuerySet:
        """The last one of each organisation."""
        rows = self.model.objects.filter(state=YearlyState.AGREED, organization=models.OuterRef("organization"))
        newest = rows.order_by("-agreed_on", "-pk").values("pk")[:1]
        return self.filter(state=YearlyState.AGREED, pk=models.Subquery(newest))

    def overdue(self) -> YearlyReviewQuerySet:
        """Agreed longer ago than a review is good for, and nothing newer was agreed."""
        return self.latest_agreed().filter(good_until__lt=clock.today())

    def by_own(self) -> YearlyReviewQuerySet:
        """Reviews in which somebody judged their own organisation, or one that judged them in the same year.

        Always none: the database refuses them. It is counted all the same, by whoever simulates a year.
        """
        same = Q(reviewer=F("organization")) | Q(third=F("organization")) | Q(third=F("reviewer"))
        back = self.model.objects.filter(year=models.OuterRef("year"), organization=models.OuterRef("reviewer"))
        mutual = models.Exists(back.filter(reviewer=models.OuterRef("organization")))
        inside = Membership.objects.filter(organization=models.OuterRef("organization"))
        by_person = models.Exists(inside.filter(user=models.OuterRef("peer_by")))
        third_person = models.Exists(inside.filter(user=models.OuterRef("third_by")))
        return self.filter(same | Q(mutual) | Q(by_person) | Q(third_person))


_NO_CONFLICT = """
    IF EXISTS (
        SELECT 1 FROM reviews_review r WHERE r.year = NEW.year AND r.id IS DISTINCT FROM NEW.id
        AND ((r.organization_id = NEW.reviewer_id AND NEW.organization_id IN (r.reviewer_id, r.third_id))
          OR (r.organization_id = NEW.third_id AND NEW.organization_id IN (r.reviewer_id, r.third_id)))
    ) THEN
        RAISE EXCEPTION 'nobody reviews one that reviewed them in the same year' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM organizations_membership m
        WHERE m.organization_id = NEW.organization_id AND m.user_id IN (NEW.peer_by_id, NEW.third_by_id)
    ) THEN
        RAISE EXCEPTION 'nobody reviews their own organisation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track(exclude=["objection", "remark", "verdict"])
class YearlyReview(Editable):
    """`due_on` is the day of the present step; `good_until` the last day on which an agreed one counts as fresh."""

    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="reviews")
    year = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="reviews_of_it")
    reviewer = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    third = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=YearlyState.choices, default=YearlyState.PLANNED)
    starts_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    good_until = models.DateField(null=True, blank=True)
    self_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    peer_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    third_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    remark = models.TextField(_("what the reviewer says"), max_length=2000, blank=True)
    objection = models.TextField(_("what the organisation says to it"), max_length=2000, blank=True)
    verdict = models.TextField(_("what the third says"), max_length=2000, blank=True)

    objects = YearlyReviewQuerySet.as_manager()

    class Meta:
        db_table = "reviews_review"
        verbose_name = _("yearly review")
        verbose_name_plural = _("yearly reviews")
        ordering = ["-year", "organization", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"],
                name="review_once_a_year",
                condition=~Q(state=YearlyState.DROPPED),
                violation_error_message=_("This organisation has a review this year already."),
            ),
            models.CheckConstraint(
                name="review_never_by_own",
                condition=(Q(reviewer__isnull=True) | ~Q(reviewer=F("organization")))
                & (Q(third__isnull=True) | (~Q(third=F("organization")) & ~Q(third=F("reviewer")))),
                violation_error_message=_("Nobody reviews their own organisation."),
            ),
            models.CheckConstraint(
                name="review_agreed_with_its_days",
                condition=Q(state=YearlyState.AGREED, agreed_on__isnull=False, good_until__gt=F("agreed_on"))
                | (~Q(state=YearlyState.AGREED) & Q(agreed_on__isnull=True, good_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="review_under_way_has_its_day", condition=~Q(state__in=UNDER_WAY) | Q(due_on__isnull=False)
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="review_without_conflict",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_NO_CONFLICT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.year}"

    @property
    def stage(self) -> YearlyState:
        """By the clock of the question: a planned one has begun when its first day has come."""
        if self.state == YearlyState.PLANNED and self.starts_on <= clock.today():
            return YearlyState.SELF
        return YearlyState(self.state)

    @property
    def is_late(self) -> bool:
        return self.state in UNDER_WAY and self.due_on is not None and self.due_on < clock.today()

    @property
    def is_overdue(self) -> bool:
        return self.good_until is not None and self.good_until < clock.today()


class SpectrumLine(models.Model):
    """One kind of service: what the organisation says, what the reviewer saw, what the third decided ("" for as is)."""

    review = models.ForeignKey(YearlyReview, models.CASCADE, related_name="lines")
    leaf = models.CharField(max_length=48)
    answer = models.CharField(max_length=12, choices=words.SpectrumAnswer.choices)
    barriers = ArrayField(models.CharField(max_length=12, choices=words.Barrier.choices), default=list, blank=True)
    peer_answer = models.CharField(max_length=12, choices=words.SpectrumAnswer.choices, blank=True)
    final_answer = models.CharField(max_length=12, choices=words.SpectrumAnswer.choices, blank=True)

    class Meta:
        verbose_name = _("line of a review")
        verbose_name_plural = _("lines of reviews")
        ordering = ["review", "leaf"]
        constraints = [
            models.UniqueConstraint(fields=["review", "leaf"], name="spectrumline_once"),
            models.CheckConstraint(name="spectrumline_three_barriers", condition=Q(barriers__len__lte=3)),
        ]

    @property
    def differs(self) -> bool:
        return self.peer_answer not in ("", self.answer)

    @property
    def agreed(self) -> str:
        return self.final_answer or self.peer_answer or self.answer


class CriterionMark(models.Model):
    """One of twenty-four, or of a kind of help that is given, with what shows it."""

    review = models.ForeignKey(YearlyReview, models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=16, choices=ALL_CRITERIA)
    mark = models.CharField(max_length=16, choices=words.CriterionAnswer.choices)
    evidence = models.TextField(_("what shows it"), max_length=500, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")
    peer_mark = models.CharField(max_length=16, choices=words.CriterionAnswer.choices, blank=True)
    final_mark = models.CharField(max_length=16, choices=words.CriterionAnswer.choices, blank=True)

    class Meta:
        verbose_name = _("mark of a criterion")
        verbose_name_plural = _("marks of criteria")
        ordering = ["review", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="criterionmark_once")]

    @property
    def differs(self) -> bool:
        return self.peer_mark not in ("", self.mark)

    @property
    def agreed(self) -> str:
        return self.final_mark or self.peer_mark or self.mark


class ActionQuerySet(models.QuerySet["ReviewAction"]):
    def visible_to(self, user: User | AnonymousUser) -> ActionQuerySet:
        return self.filter(review__in=YearlyReview.objects.visible_to(user))

    def late(self) -> ActionQuerySet:
        return self.filter(state=words.ActionState.OPEN, due_on__lt=clock.today())


@pghistory.track(exclude=["text", "ending"])
class ReviewAction(Editable):
    """What the organisation does next, until when, who, and what it asks for."""

    review = models.ForeignKey(YearlyReview, models.CASCADE, related_name="actions")
    text = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("until"))
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    support = models.CharField(_("what helps"), max_length=12, choices=words.Support.choices, default="none")
    state = models.CharField(max_length=12, choices=words.ActionState.choices, default=words.ActionState.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=300, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action of a review")
        verbose_name_plural = _("actions of reviews")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reviewaction_ended_with_its_day",
                condition=Q(state="open", ended_on__isnull=True) | (~Q(state="open") & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="reviewaction_dropped_with_its_reason",
                condition=~Q(state="dropped") | ~Q(ending=""),
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_late(self) -> bool:
        return self.state == words.ActionState.OPEN and self.due_on < clock.today()


def good_until(agreed_on: dt.date) -> dt.date:
    """The same day a year later."""
    try:
        return agreed_on.replace(year=agreed_on.year + GOOD_FOR_MONTHS // 12)
    except ValueError:  # the 29th of February
        return agreed_on.replace(year=agreed_on.year + 1, day=28)


def agreed_members() -> models.QuerySet[Organization]:
    """Who may be asked to look at others."""
    return Organization.objects.filter(standing_as(MemberStatus.MEMBER))
