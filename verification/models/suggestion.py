"""What anybody tells who misses a service on the map, or whom the site itself keeps out; and what became of it."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from core.languages import SOURCE
from services.models import ServiceAtLocation


class KnownFrom(models.TextChoices):
    """How whoever suggests a service knows of it."""

    BEEN = "been", _("I was helped there")
    WORKS = "works", _("I work there, or with them")
    TOLD = "told", _("Somebody told me")
    READ = "read", _("I read about it")


class SuggestionAbout(models.TextChoices):
    """What somebody writes about. Only what is missing may become a draft."""

    SERVICE = "service", _("A service that is missing")
    ACCESS = "access", _("A barrier on this site")


class SuggestionState(models.TextChoices):
    NEW = "new", _("Waits for an answer")
    FLOOD = "flood", _("Came among very many")
    ACCEPTED = "accepted", _("Taken in: it is checked before it is on the map")
    KNOWN = "known", _("Known already")
    DECLINED = "declined", _("Not taken in")
    MENDED = "mended", _("The barrier is gone")


#: What nobody has answered yet. One out of a flood can be answered like any other.
OPEN_SUGGESTIONS = (SuggestionState.NEW, SuggestionState.FLOOD)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> SuggestionQuerySet:
        return self.filter(state__in=OPEN_SUGGESTIONS)

    def of_services(self) -> SuggestionQuerySet:
        """Without barriers of the site, which have a clock of their own and are no wish for help."""
        return self.filter(about=SuggestionAbout.SERVICE)


@pghistory.track(exclude=["code_hash"])
class Suggestion(models.Model):
    """Somebody says that a service is missing, or what keeps them out of this site.

    Nothing about them is kept: no name, no contact, no network address.

    They get a code and look the answer up with it; only its hash is kept. `listing` is the draft that was made of it.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    about = models.CharField(
        _("about"),
        max_length=8,
        choices=SuggestionAbout.choices,
        default=SuggestionAbout.SERVICE,
        db_default=SuggestionAbout.SERVICE,
    )
    what = models.CharField(_("what is missing"), max_length=160)
    kind = models.CharField(_("kind of help"), max_length=60, blank=True)
    country = models.CharField(_("country"), max_length=2)
    city = models.CharField(_("city or village"), max_length=120, blank=True)
    point = PointField(_("point on the map"), srid=4326, null=True, blank=True)
    reach = models.CharField(_("how to reach it"), max_length=250)
    known_from = models.CharField(_("how they know"), max_length=8, choices=KnownFrom.choices, blank=True)
    text = models.CharField(_("in their words"), max_length=1000, blank=True)
    language = models.CharField(max_length=8, default=SOURCE)
    state = models.CharField(_("state"), max_length=12, choices=SuggestionState.choices, default=SuggestionState.NEW)
    answer = models.CharField(_("answer to whoever suggested it"), max_length=500, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    listing = models.ForeignKey(
        ServiceAtLocation, models.SET_NULL, null=True, blank=True, related_name="suggestions", verbose_name=_("draft")
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="suggestion_answered_with_its_date",
                condition=Q(state__in=["new", "flood"], answered_at__isnull=True)
                | Q(state__in=["accepted", "known", "declined", "mended"], answered_at__isnull=False),
                violation_error_message=_("A suggestion that was answered has the date of the answer."),
            ),
            models.CheckConstraint(
                name="suggestion_draft_only_when_taken_in",
                condition=Q(listing__isnull=True) | Q(state="accepted"),
                violation_error_message=_("Only a suggestion that was taken in has a draft."),
            ),
            models.CheckConstraint(
                name="suggestion_of_a_service_says_how_it_is_known",
                condition=(Q(about="service") & ~Q(known_from="") & ~Q(state="mended"))
                | (Q(about="access", known_from="") & ~Q(state="accepted")),
                violation_error_message=_("Say how you know of the service. A barrier of the site needs no such word."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_SUGGESTIONS
