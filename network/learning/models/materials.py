"""The library: what can be read or watched, whose it is, until when it is good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import codes_field
from directory.tables.learning import MaterialKind, is_stale, stale
from network.learning.models.offers import LearningOffer, never_by_own, returned_with_reason
from network.learning.models.words import OfferState
from organizations.models import Membership
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def seen_by(user: User) -> Q:
    """What is approved, what one's own organisations offer, and for coordinators what waits in their countries."""
    own = Membership.objects.filter(user=user).values("organization")
    seen = Q(state=OfferState.APPROVED) | Q(organization__in=own)
    if user.coordinates_everywhere:
        return seen | Q(state__in=OfferState.values)
    return seen | Q(country__in=["", *user.countries]) if user.is_coordinator else seen


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: User | AnonymousUser) -> MaterialQuerySet:
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        return self.filter(seen_by(user))

    def approved(self) -> MaterialQuerySet:
        return self.filter(state=OfferState.APPROVED)

    def waiting(self) -> MaterialQuerySet:
        return self.filter(state=OfferState.OFFERED)

    def stale(self) -> MaterialQuerySet:
        return self.approved().filter(stale(clock.today()))

    def sunk(self) -> MaterialQuerySet:
        """The fresh ones first, each with `has_sunk`: by the clock of the question."""
        old = models.Case(models.When(stale(clock.today()), then=True), default=False,
                          output_field=models.BooleanField())  # fmt: skip
        return self.annotate(has_sunk=old).order_by("has_sunk", "-looked_on", "pk")


@pghistory.track(exclude=["offered_by", "decided_by"])
class Material(LearningOffer):
    """`looked_on` is the day on which somebody last said that it is right. "" for a country: of use everywhere."""

    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("what it is about"), max_length=400, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=MaterialKind.choices)
    language = models.CharField(_("language"), max_length=48)
    topics = codes_field(_("topics"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="learning/%Y/%m", blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    looked_on = models.DateField(default=clock.today)
    is_public = models.BooleanField(_("everybody may read it"), default=False)

    i18n = TranslationField(fields=("title", "summary"))

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="material_link_or_file",
                condition=~Q(link="") | ~Q(file=""),
                violation_error_message=_("Give a link or add a file."),
            ),
            models.CheckConstraint(
                name="material_has_a_topic",
                condition=Q(topics__len__gte=1),
                violation_error_message=_("Choose at least one topic."),
            ),
            returned_with_reason("material_returned_with_its_reason"),
        ]
        triggers = [never_by_own("material_never_by_own")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_stale(self) -> bool:
        return is_stale(self.looked_on, self.valid_until, clock.today())
