"""Who comes to a training, who came, and what is certified.

The database refuses more people than there are places, a person twice in a training, a group with a name, somebody
who came before the training began, a certificate for whoever did not complete it, and one that never ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from network.learning.models.trainings import Trainer, Training, written_for
from network.learning.models.words import AfterQuestion, EnrolmentState
from organizations.models import Membership, MembershipRole, Organization
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

_PLACES = """
    PERFORM 1 FROM learning_training WHERE id = NEW.training_id FOR UPDATE;
    IF NEW.state IN ('invited', 'enrolled') AND (
        SELECT coalesce(sum(e.people), 0) FROM learning_enrolment e
        WHERE e.training_id = NEW.training_id AND e.id IS DISTINCT FROM NEW.id
        AND e.state IN ('invited', 'enrolled', 'attended', 'completed', 'no_show')
    ) + NEW.people > (SELECT places FROM learning_training WHERE id = NEW.training_id) THEN
        RAISE EXCEPTION 'there are not so many places' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state IN ('attended', 'completed', 'no_show') AND (
        SELECT starts_at FROM learning_training WHERE id = NEW.training_id
    ) > NEW.moved_at THEN
        RAISE EXCEPTION 'nobody has come before it began' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
_COMPLETED = """
    IF NOT EXISTS (
        SELECT 1 FROM learning_enrolment e WHERE e.id = NEW.enrolment_id AND e.state = 'completed'
    ) THEN
        RAISE EXCEPTION 'a certificate is for whoever completed the training' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    # long: one condition a line
    def visible_to(self, user: User | AnonymousUser) -> EnrolmentQuerySet:
        """One's own; those of organisations that one manages; of trainings that one holds; for a coordinator those of
        trainings and organisations of their countries. Everybody else reads numbers alone."""
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        if user.coordinates_everywhere:
            return self
        seen = Q(person=user) | Q(organization__in=managed_by(user)) | Q(training__in=held_by(user))
        seen |= Q(is_group=True, organization__in=written_for(user))  # who answers for a group sees it; it has no names
        if user.is_coordinator:
            seen |= Q(training__country__in=user.countries) | Q(organization__registration_country__in=user.countries)
        return self.filter(seen)

    def waiting(self) -> EnrolmentQuerySet:
        """Who has asked, or was asked, and may still come."""
        return self.filter(state__in=["wanted", "invited", "enrolled"])

    def seated(self) -> EnrolmentQuerySet:
        return self.filter(state__in=["invited", "enrolled", "attended", "completed", "no_show"])


def managed_by(user: User) -> models.QuerySet[Membership]:
    """Ids of the network's organisations that the person manages."""
    rows = Membership.objects.in_network().filter(user=user, role=MembershipRole.MANAGER)
    return rows.values("organization")  # type: ignore[return-value]  # a subquery of ids


def held_by(user: User) -> models.QuerySet[Trainer]:
    return Trainer.objects.filter(person=user).values("training")  # type: ignore[return-value]  # a subquery of ids


@pghistory.track(exclude=["person", "asked_by"])
class Enrolment(Editable):
    """A person with an account, or so many people of an organisation without one: of those no name is kept.

    `came` is how many of a group were there. `answered_on` says that three questions were answered, not how.
    """

    training = models.ForeignKey(Training, models.PROTECT, related_name="enrolments")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    people = models.PositiveSmallIntegerField(_("how many people"), default=1)
    is_group = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=EnrolmentState.choices, default=EnrolmentState.WANTED)
    moved_at = models.DateTimeField(default=clock.now)
    came = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["training", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"],
                name="enrolment_once_a_person",
                condition=Q(person__isnull=False),
                violation_error_message=_("This person is on the list already."),
            ),
            models.UniqueConstraint(
                fields=["training", "organization"],
                name="enrolment_one_group",
                condition=Q(is_group=True),
                violation_error_message=_("Your organisation's group is on the list already."),
            ),
            models.CheckConstraint(
                name="enrolment_group_has_no_name",
                condition=Q(is_group=True, person__isnull=True, people__gte=1, people__lte=200)
                | Q(is_group=False, people=1),
                violation_error_message=_("From 1 to 200 people."),
            ),
            models.CheckConstraint(
                name="enrolment_came_when_they_came",
                condition=Q(state__in=["attended", "completed"], came__gte=1, came__lte=F("people"))
                | (~Q(state__in=["attended", "completed"]) & Q(came__isnull=True)),
                violation_error_message=_("At least one, at most as many as were expected."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="enrolment_within_the_places",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "people", "training_id", "moved_at"),
                func=_PLACES,
            )
        ]

    def __str__(self) -> str:
        return f"{self.training_id} · {self.state}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: User | AnonymousUser) -> CertificateQuerySet:
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def valid(self) -> CertificateQuerySet:
        return self.filter(valid_until__gte=clock.today())


@pghistory.track()
class Certificate(models.Model):
    """One topic of a completed training, until its day. `people` of a group share a number."""

    number = models.CharField(max_length=16, unique=True)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates")
    topic = models.CharField(max_length=48)
    people = models.PositiveSmallIntegerField(default=1)
    issued_on = models.DateField()
    valid_until = models.DateField()

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "topic"], name="certificate_once_a_topic"),
            models.CheckConstraint(name="certificate_ends", condition=Q(valid_until__gt=F("issued_on"))),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="certificate_for_the_completed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_COMPLETED,
            )
        ]

    def __str__(self) -> str:
        return self.number


class AfterCount(models.Model):
    """How many gave this answer after a training. Nothing leads back to whoever answered."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="counts")
    question = models.CharField(max_length=8, choices=AfterQuestion.choices)
    answer = models.CharField(max_length=8)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("answers after a training")
        verbose_name_plural = _("answers after trainings")
        ordering = ["training", "question", "answer"]
        constraints = [
            models.UniqueConstraint(fields=["training", "question", "answer"], name="aftercount_one_sum"),
        ]
