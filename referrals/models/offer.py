"""One organisation asked for one stage, the secret link of its letter, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from messaging.models import Correspondent
from organizations.models import Organization
from referrals.models import words
from referrals.models.referral import CODE, COUNTRY, Leg, Referral
from services.models import ServiceAtLocation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: Asked, and nobody has said anything final.
UNANSWERED = (words.OfferState.SENT, words.OfferState.SEEN, words.OfferState.QUESTION)
#: What the asked organisation still reads.
READABLE = (*UNANSWERED, words.OfferState.ACCEPTED, words.OfferState.LAPSED)


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: User | AnonymousUser) -> OfferQuerySet:
        """The only entrance for whoever is asked: what was sent to an organisation where the user edits.

        Neither what is withdrawn nor what waits in reserve is there.
        """
        if not user.is_authenticated:
            return self.none()
        mine = self.filter(organization__in=Organization.objects.in_network().kept_by(user))
        return mine.exclude(state__in=[words.OfferState.WAITING, words.OfferState.WITHDRAWN]).exclude(
            leg__referral__deletes_on__lte=clock.today()
        )

    def unanswered(self) -> OfferQuerySet:
        return self.filter(state__in=UNANSWERED)


_CONSENT = """
    IF NEW.state IN ('sent', 'seen', 'question', 'accepted') AND NOT EXISTS (
        SELECT 1 FROM referrals_consent c JOIN referrals_leg l ON l.referral_id = c.referral_id
        WHERE l.id = NEW.leg_id AND c.withdrawn_at IS NULL
    ) THEN
        RAISE EXCEPTION 'an offer needs a standing consent' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Offer(models.Model):
    """`number` counts the requests of the asked organisation: the only name that letters use.

    The instants are fixed when it is sent; later they only move nearer.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    leg = models.ForeignKey(Leg, models.CASCADE, related_name="offers")
    listing = models.ForeignKey(ServiceAtLocation, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="referral_offers")
    role = models.CharField(max_length=12, choices=words.Role.choices)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=words.OfferState.choices)
    reason = models.CharField(max_length=16, choices=words.Reason.choices, blank=True)
    called_first = models.BooleanField(_("We have phoned"), default=False)
    questions = ArrayField(
        models.CharField(max_length=12, choices=words.CodedQuestion.choices), default=list, blank=True
    )
    named = models.ForeignKey(ServiceAtLocation, models.SET_NULL, null=True, related_name="+")
    awaited_from = models.DateField(null=True)
    awaited_to = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    coordinator_at = models.DateTimeField(null=True)
    fallback_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=12, choices=words.AnsweredBy.choices, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["answer_by", "pk"]
        indexes = [models.Index(fields=["state", "answer_by"], name="offer_by_deadline")]
        constraints = [
            models.UniqueConstraint(fields=["leg"], condition=Q(state="accepted"), name="offer_accepted_once"),
            models.UniqueConstraint(fields=["organization", "number"], name="offer_number_once"),
            models.CheckConstraint(
                name="offer_sent_with_its_instants",
                condition=Q(state__in=["waiting", "withdrawn"])
                | Q(
                    sent_at__isnull=False,
                    answer_by__isnull=False,
                    remind_at__isnull=False,
                    coordinator_at__isnull=False,
                    fallback_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="offer_refused_with_its_reason",
                condition=~Q(state__in=["declined", "returned"]) | ~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="offer_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                func=_CONSENT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} · {self.number}"


class AcknowledgeLink(models.Model):
    """A secret address for one person about one request: to say "received" or one of three reasons without a login.

    Only the hash is kept, for seven days.
    """

    token_hash = models.CharField(max_length=64, unique=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")])
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="links")
    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link of a request")
        verbose_name_plural = _("links of requests")

    def __str__(self) -> str:
        return f"{self.offer_id} · {self.created_at:%Y-%m-%d}"


class ReferralEvent(models.Model):
    """What happened, never changed. It holds no content, and goes with its referral."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="events")
    leg = models.ForeignKey(Leg, models.CASCADE, null=True, related_name="events")
    offer = models.ForeignKey(Offer, models.CASCADE, null=True, related_name="events")
    step = models.CharField(max_length=12, choices=words.ReferralStep.choices)
    at = models.DateTimeField(default=clock.now)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("event of a referral")
        verbose_name_plural = _("events of referrals")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.referral_id} · {self.step}"


class CorridorCount(models.Model):
    """How many stages ended how, by month and way. There is no key to a referral, and no way back to one."""

    month = models.DateField()
    from_country = models.CharField(max_length=2, validators=[COUNTRY])
    to_country = models.CharField(max_length=2, validators=[COUNTRY])
    group = models.CharField(max_length=48, validators=[CODE])
    urgency = models.CharField(max_length=8, choices=words.Urgency.choices)
    mode = models.CharField(max_length=8, choices=words.Mode.choices)
    band = models.CharField(max_length=8, choices=words.AnswerBand.choices)
    outcome = models.CharField(max_length=12, choices=words.Outcome.choices)
    before_end = models.BooleanField(null=True)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of a corridor")
        verbose_name_plural = _("counts of corridors")
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "from_country", "to_country", "group", "urgency", "mode", "band", "outcome",
                        "before_end"],
                name="corridorcount_once",
                nulls_distinct=False,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.from_country} → {self.to_country}: {self.n}"
