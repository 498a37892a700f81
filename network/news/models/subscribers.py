"""Who gets letters about the network: people without an account by their address, people of the network by a choice.

An address is kept as a sealed box, to write to it, and as a mark, to know it again: a copy of the database names
nobody. There is no history of these rows: it would outlive the subscription.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.ids import LENGTH, new_public_id
from core.languages import SOURCE


def countries_field() -> ArrayField:
    code = models.CharField(max_length=2, validators=[RegexValidator(r"^[A-Z]{2}$")])
    return ArrayField(code, verbose_name=_("warnings of"), default=list, blank=True)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> SubscriptionQuerySet:
        return self.filter(confirmed_at__isnull=False)


class Subscription(models.Model):
    """One address. It counts from `confirmed_at` on; `asked_at` is when somebody last asked for a letter to it."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    address_box = models.CharField(max_length=600, editable=False)
    address_mark = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language of letters"), max_length=8, default=SOURCE)
    wants_digest = models.BooleanField(_("digest of the month"), default=True)
    countries = countries_field()
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.CheckConstraint(
                name="subscription_to_something",
                condition=Q(wants_digest=True) | ~Q(countries=[]),
                violation_error_message=_("Choose what to write to you about."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"


class LetterKind(models.TextChoices):
    CONFIRM = "confirm", pgettext_lazy("letter", "Asks to confirm the address")
    DIGEST = "digest", pgettext_lazy("letter", "Digest of the month")
    DANGER = "danger", pgettext_lazy("letter", "Danger in a country")


class LetterState(models.TextChoices):
    """As for the outbox of the network (`messaging.models.MessageState`)."""

    QUEUED = "queued", _("Waits for its time")
    SENDING = "sending", _("Is being handed over")
    SENT = "sent", _("Handed over to the provider")
    DEAD = "dead", _("Given up")
    UNKNOWN = "unknown", _("Broke off while it was handed over: may have arrived")
    CANCELLED = "cancelled", _("No longer needed")


class SubscriberLetter(models.Model):
    """A letter to one subscriber about one occasion (`ref`). Its words are written when it leaves and are not kept."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=8, choices=LetterKind.choices)
    ref = models.CharField(max_length=24)
    state = models.CharField(max_length=12, choices=LetterState.choices, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("letter to a subscriber")
        verbose_name_plural = _("letters to subscribers")
        ordering = ["not_before", "pk"]
        indexes = [
            models.Index(fields=["not_before", "id"], name="subscriberletter_to_send", condition=Q(state="queued"))
        ]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "kind", "ref"], name="subscriberletter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.state}"


class NewsChoice(models.Model):
    """What a person of the network chose: without a row they get the digest, and no warning of a country by letter."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="news_choice")
    wants_digest = models.BooleanField(_("digest of the month"), default=True)
    countries = countries_field()
    chosen_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("choice of news")
        verbose_name_plural = _("choices of news")

    def __str__(self) -> str:
        return f"{self.user_id} · {self.chosen_at:%Y-%m-%d}"
