"""A link in a letter by which an organisation's own people answer without a login."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from messaging.models import Correspondent, Message
from services.models import ServiceAtLocation
from verification.models.check import Check, CheckMethod
from verification.models.state import Snapshot

LINK_DAYS = 30


def link_expiry() -> dt.datetime:
    return clock.now() + dt.timedelta(days=LINK_DAYS)


class ConfirmationLink(models.Model):
    """A secret address for one correspondent. It can answer about its own listings, and nothing else.

    Only a hash of the token is kept. The letter's row is kept beside it, so that the answer is counted for it.
    One that travels in the buttons of the bot (`method`) has no page, and answers for its own person alone.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="links")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="links")
    method = models.CharField(
        _("how it answers"),
        max_length=24,
        choices=[(method.value, method.label) for method in (CheckMethod.LINK, CheckMethod.TELEGRAM)],
        default=CheckMethod.LINK,
        editable=False,
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(default=link_expiry, editable=False)
    first_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("link for confirming")
        verbose_name_plural = _("links for confirming")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.correspondent} · {self.created_at:%Y-%m-%d}"


class Answer(models.TextChoices):
    NONE = "", _("No answer yet")
    CORRECT = "correct", _("Everything is right")
    CHANGED = "changed", _("Something has changed")
    CLOSED = "closed", _("Does not work any more")


class LinkItem(models.Model):
    """One listing of a link, as it was on the map when the letter was written, and the answer.

    With `confirms` off the letter asks only whether there are places: the three answers are not offered.
    `before` is what undoing gives back: the dates and the operation as they were, and the version of the state that
    the answer made. Undoing is refused as soon as anybody else has moved the listing.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    link = models.ForeignKey(ConfirmationLink, models.CASCADE, related_name="items")
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="link_items")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    confirms = models.BooleanField(_("asks whether it is right"), default=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("what has changed"), max_length=500, blank=True)
    confirmation = models.ForeignKey(Check, models.SET_NULL, null=True, blank=True, related_name="+")
    before = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("listing of a link")
        verbose_name_plural = _("listings of links")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["link", "listing"], name="linkitem_listing_once"),
            models.CheckConstraint(
                name="linkitem_answered_with_its_time",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="linkitem_confirmation_says_correct",
                condition=Q(confirmation__isnull=True) | Q(answer="correct"),
            ),
            models.CheckConstraint(
                name="linkitem_answers_what_was_asked",
                condition=Q(confirms=True) | Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} · {self.answer}"
