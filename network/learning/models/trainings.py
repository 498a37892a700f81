"""Trainings: when, where, for whom, who teaches, which gaps they help to close."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import codes_field
from network.gaps.models import Gap
from network.learning.models.materials import seen_by
from network.learning.models.offers import LearningOffer, never_by_own, returned_with_reason
from network.learning.models.words import EnrolmentState, OfferState
from organizations.models import Membership, MembershipRole
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: A training lasts at most so long: what is longer is several.
LONGEST = dt.timedelta(days=31)


class TrainingQuerySet(models.QuerySet["Training"]):
    def visible_to(self, user: User | AnonymousUser) -> TrainingQuerySet:
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        mine = Trainer.objects.filter(person=user).values("training")
        return self.filter(seen_by(user) | Q(pk__in=mine) | Q(pk__in=_where_one_comes(user)))

    def approved(self) -> TrainingQuerySet:
        return self.filter(state=OfferState.APPROVED)

    def waiting(self) -> TrainingQuerySet:
        """Offered, and not over yet."""
        return self.filter(state=OfferState.OFFERED, ends_at__gt=clock.now(), cancelled_at=None)

    def coming(self) -> TrainingQuerySet:
        return self.filter(ends_at__gt=clock.now()).order_by("starts_at", "pk")

    def over(self) -> TrainingQuerySet:
        return self.filter(ends_at__lte=clock.now()).order_by("-starts_at", "-pk")


def written_for(user: User) -> models.QuerySet[Membership]:
    """Ids of the organisations that the person writes for, whose groups they answer for."""
    found = user.memberships.filter(role__in=(MembershipRole.MANAGER, MembershipRole.EDITOR))
    return found.values("organization")  # type: ignore[return-value]  # a subquery of ids


def _where_one_comes(user: User) -> models.QuerySet[Training]:
    """Ids of the trainings on whose lists the person is, or a group of theirs.

    They read it also while a coordinator looks at a change of it.
    """
    mine = Q(enrolments__person=user) | Q(enrolments__is_group=True, enrolments__organization__in=written_for(user))
    stays = [state for state in EnrolmentState if state != EnrolmentState.WITHDRAWN]
    return Training.objects.filter(mine, enrolments__state__in=stays).values("pk")  # type: ignore[return-value]  # ids


@pghistory.track(exclude=["offered_by", "decided_by", "trainers_words"])
class Training(LearningOffer):
    """`place` and `join_link` are for those who come; `city` is all that others read. Times are instants, shown in
    `timezone`. A cancelled one is approved and `cancelled_at`."""

    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("what it is about"), max_length=400, blank=True)
    audience = models.CharField(_("for whom"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    is_online = models.BooleanField(_("online"), default=False)
    country = models.CharField(_("country"), max_length=2, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    place = models.CharField(_("address"), max_length=200, blank=True)
    join_link = models.URLField(_("link to join"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=48)
    topics = codes_field(_("topics"))
    places = models.PositiveSmallIntegerField(_("how many can come"))
    trainers_words = models.CharField(_("who teaches"), max_length=200, blank=True)
    is_public = models.BooleanField(_("in the calendar for everybody"), default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    i18n = TranslationField(fields=("title", "summary", "audience", "city"))

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="training_ends_after_it_begins",
                condition=Q(ends_at__gt=F("starts_at")) & Q(ends_at__lte=F("starts_at") + LONGEST),
                violation_error_message=_("It ends after it begins, within a month."),
            ),
            models.CheckConstraint(
                name="training_somewhere_or_online",
                condition=Q(is_online=True) | (~Q(country="") & ~Q(city="")),
                violation_error_message=_("Say in which country and town it is, or that it is online."),
            ),
            models.CheckConstraint(
                name="training_has_a_topic",
                condition=Q(topics__len__gte=1),
                violation_error_message=_("Choose at least one topic."),
            ),
            models.CheckConstraint(
                name="training_has_places",
                condition=Q(places__gte=1, places__lte=500),
                violation_error_message=_("From 1 to 500 people."),
            ),
            models.CheckConstraint(
                name="training_cancelled_is_not_taken_off",
                condition=Q(cancelled_at__isnull=True) | ~Q(state=OfferState.ENDED),
            ),
            returned_with_reason("training_returned_with_its_reason"),
        ]
        triggers = [never_by_own("training_never_by_own")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def takes_people(self) -> bool:
        """Approved, not cancelled, not begun."""
        return self.is_open and self.cancelled_at is None and not self.has_begun


class Trainer(models.Model):
    """Somebody who holds a training: reads who comes, and says who came."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="trainers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")
        ordering = ["training", "pk"]
        constraints = [models.UniqueConstraint(fields=["training", "person"], name="trainer_once")]


class TrainingGap(models.Model):
    """A gap that a training helps to close."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="gaps")
    gap = models.ForeignKey(Gap, models.CASCADE, related_name="trainings")

    class Meta:
        verbose_name = _("gap of a training")
        verbose_name_plural = _("gaps of trainings")
        ordering = ["training", "pk"]
        constraints = [models.UniqueConstraint(fields=["training", "gap"], name="traininggap_once")]
