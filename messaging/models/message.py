"""The outbox: one row for each letter, written before anything leaves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from messaging.models.correspondent import Correspondent


class MessageState(models.TextChoices):
    QUEUED = "queued", _("Waits for its time")
    SENDING = "sending", _("Is being handed over")
    SENT = "sent", _("Handed over to the provider")
    FAILED = "failed", _("Was not accepted, will be tried again")
    DEAD = "dead", _("Given up")
    UNKNOWN = "unknown", _("Broke off while it was handed over: may have arrived")
    CANCELLED = "cancelled", _("No longer needed")


class Lane(models.TextChoices):
    """What a letter is for: how many of its kind a person gets, and when they may arrive (`messaging.budget`)."""

    UPKEEP = "upkeep", _("Keeping the map right")
    WORK = "work", _("Somebody waits for an answer")
    URGENT = "urgent", _("Somebody waits and cannot: leaves at any hour")
    NEWS = "news", _("Asked for in the bot: warnings of countries")


#: States from which a letter may still leave.
OPEN_MESSAGES = (MessageState.QUEUED, MessageState.FAILED)
#: States in which the addressee may have got it: these count against the limit of a month.
SPENT_MESSAGES = (MessageState.SENDING, MessageState.SENT, MessageState.UNKNOWN)


class MessageQuerySet(models.QuerySet["Message"]):
    def open(self) -> MessageQuerySet:
        return self.filter(state__in=OPEN_MESSAGES)

    def spent(self) -> MessageQuerySet:
        return self.filter(state__in=SPENT_MESSAGES)

    def troubled(self) -> MessageQuerySet:
        """What a person should look at: given up, or with an unknown outcome."""
        return self.filter(state__in=[MessageState.DEAD, MessageState.UNKNOWN])


class Message(models.Model):
    """A letter to one correspondent. `dedupe_key` names the occasion: a second letter for it cannot be written.

    The words are written at the moment of sending from `kind` and `payload` (`messaging.letters`), in the language
    that the person has then, and are not kept: they may hold a secret link. `subject` is.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    dedupe_key = models.CharField(max_length=160, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=32)
    channel = models.CharField(_("channel"), max_length=16, default="email")
    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="messages")
    address = models.CharField(_("address"), max_length=254)
    payload = models.JSONField(default=dict, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    lane = models.CharField(_("what for"), max_length=8, choices=Lane.choices, default=Lane.UPKEEP)
    is_urgent = models.BooleanField(_("may leave at weekends"), default=False)
    is_requested = models.BooleanField(_("asked for, leaves at any hour"), default=False)
    not_before = models.DateTimeField(_("not before"))
    state = models.CharField(_("state"), max_length=12, choices=MessageState.choices, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    provider_result = models.CharField(_("answer of the provider"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)
    first_tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("handed over"), null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["not_before", "id"], name="message_to_send", condition=Q(state__in=["queued", "failed"])
            ),
            models.Index(fields=["correspondent", "claimed_at"], name="message_by_correspondent"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_sent_with_its_time",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                violation_error_message=_("A letter that was sent has its time."),
            ),
            models.CheckConstraint(
                name="message_claimed_before_it_leaves",
                condition=~Q(state__in=["sending", "sent", "unknown"]) | Q(claimed_at__isnull=False, attempts__gte=1),
                violation_error_message=_("A letter leaves only after it was taken from the queue."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.correspondent} · {self.state}"
