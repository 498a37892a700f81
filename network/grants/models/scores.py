"""Scores: by two people of other organisations without a conflict of interest, by a third when the two differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from network.grants.models.bids import GrantApplication, own_organizations, seated_bodies
from network.grants.models.calls import GrantCriterion
from network.grants.models.words import GrantScoreState
from organizations.models import Membership, Organization
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

HIGHEST = 4
#: Scores that count, or will.
ACTIVE = (GrantScoreState.ASKED, GrantScoreState.GIVEN)


class GrantConflict(models.Model):
    """A person says that they cannot judge this application. It is never taken back."""

    application = models.ForeignKey(GrantApplication, models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    why = models.CharField(_("why"), max_length=300, blank=True)
    declared_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["declared_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="grantconflict_once")]
        triggers = [
            pgtrigger.Trigger(
                name="grantconflict_ends_the_score",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM grants_score s WHERE s.application_id = NEW.application_id
                        AND s.reviewer_id = NEW.person_id AND s.state IN ('asked', 'given')
                    ) THEN
                        RAISE EXCEPTION 'the score of somebody with a conflict does not count'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.person_id}"


class GrantScoreQuerySet(models.QuerySet["GrantScore"]):
    def visible_to(self, user: User | AnonymousUser) -> GrantScoreQuerySet:
        """One's own; those of the committee, administrators and evaluators: all but about their own organisation."""
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        seen = Q(reviewer=user)
        if user.is_administrator or user.network_role == "evaluator":
            seen = Q()
        seated = Q(application__call__body__in=seated_bodies(user))
        return self.filter(seen | seated).exclude(application__organization__in=own_organizations(user))

    def late(self) -> GrantScoreQuerySet:
        return self.filter(state=GrantScoreState.ASKED, due_on__lt=clock.today())

    def by_conflicted(self) -> GrantScoreQuerySet:
        """Scores that count though their reviewer, or whoever they write for, has a conflict of interest.

        Always none: the database refuses them. It is counted all the same, by whoever simulates a year.
        """
        rows = self.filter(state=GrantScoreState.GIVEN)
        inside = Membership.objects.filter(
            organization=OuterRef("application__organization"), user=OuterRef("reviewer")
        )
        said = GrantConflict.objects.filter(application=OuterRef("application"), person=OuterRef("reviewer"))
        back = self.model.objects.filter(
            state=GrantScoreState.GIVEN,
            application__call=OuterRef("application__call"),
            application__organization=OuterRef("organization"),
            organization=OuterRef("application__organization"),
        )
        same = Q(organization=F("application__organization"))
        return rows.filter(same | Q(Exists(inside)) | Q(Exists(said)) | Q(Exists(back)))


_NO_CONFLICT = """
    IF NEW.state NOT IN ('asked', 'given') THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM grants_application a WHERE a.id = NEW.application_id AND (
            a.organization_id = NEW.organization_id
            OR EXISTS (SELECT 1 FROM organizations_membership m
                       WHERE m.organization_id = a.organization_id AND m.user_id = NEW.reviewer_id))
    ) THEN
        RAISE EXCEPTION 'nobody scores their own organisation' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM grants_grantconflict c
        WHERE c.application_id = NEW.application_id AND c.person_id = NEW.reviewer_id
    ) THEN
        RAISE EXCEPTION 'this person has a conflict of interest' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM grants_application a JOIN grants_application b ON b.call_id = a.call_id
        JOIN grants_score s ON s.application_id = b.id AND s.state IN ('asked', 'given')
        WHERE a.id = NEW.application_id AND b.organization_id = NEW.organization_id
        AND s.organization_id = a.organization_id
    ) THEN
        RAISE EXCEPTION 'nobody scores one that scores them in the same call' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track(exclude=["reason"])
class GrantScore(Editable):
    """`total` is the share of all points that could be given, in per cent."""

    application = models.ForeignKey(GrantApplication, models.PROTECT, related_name="scores")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=GrantScoreState.choices, default=GrantScoreState.ASKED)
    due_on = models.DateField()
    given_at = models.DateTimeField(null=True, blank=True)
    total = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    reason = models.TextField(_("why"), max_length=2000, blank=True)

    objects = GrantScoreQuerySet.as_manager()

    class Meta:
        db_table = "grants_score"
        verbose_name = _("score of an application")
        verbose_name_plural = _("scores of applications")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "organization"],
                condition=Q(state__in=ACTIVE),
                name="grantscore_one_an_organization",
                violation_error_message=_("Somebody of this organisation scores it already."),
            ),
            models.CheckConstraint(
                name="grantscore_given_whole",
                condition=Q(state="given", given_at__isnull=False, total__gte=0, total__lte=100)
                | (~Q(state="given") & Q(given_at__isnull=True, total__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="grantscore_without_conflict",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_NO_CONFLICT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.organization_id}"

    @property
    def is_late(self) -> bool:
        return self.state == GrantScoreState.ASKED and self.due_on < clock.today()


class GrantMark(models.Model):
    """From 0 to 4, by one criterion."""

    score = models.ForeignKey(GrantScore, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(GrantCriterion, models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("mark of a score")
        verbose_name_plural = _("marks of scores")
        ordering = ["score", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["score", "criterion"], name="grantmark_once"),
            models.CheckConstraint(name="grantmark_from_nought_to_four", condition=Q(mark__gte=0, mark__lte=HIGHEST)),
        ]

    def __str__(self) -> str:
        return f"{self.mark}"
