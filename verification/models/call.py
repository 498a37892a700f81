"""Calls of a verifier to an organisation, and what was said on the phone to have changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models.check import Check


class CallOutcome(models.TextChoices):
    ANSWERED = "answered", _("They answered")
    UNANSWERED = "unanswered", _("Nobody answered")
    CALL_BACK = "call_back", _("Asked to call back")


#: Unanswered on so many different days since somebody answered: the phone is not the way any more.
DAYS_OF_SILENCE = 3
#: A call longer ago than this says nothing about today.
REMEMBERED = dt.timedelta(days=60)


def silent_days(newest_first: Collection[tuple[str, dt.datetime]]) -> int:
    """On how many days nobody has answered, of (outcome, moment) of calls; to be asked to call back is an answer."""
    days: set[dt.date] = set()
    for outcome, moment in newest_first:
        if outcome != CallOutcome.UNANSWERED:
            break
        days.add(moment.date())
    return len(days)


@pghistory.track()
class PhoneCall(models.Model):
    """One attempt to reach an organisation by phone: whether it was reached, when to call again, not what was said."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="phone_calls")
    caller = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=12, choices=CallOutcome.choices)
    called_at = models.DateTimeField(_("called"), default=clock.now)
    call_back_at = models.DateTimeField(_("to be called back"), null=True, blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-called_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="phonecall_says_when_to_call_back",
                condition=Q(outcome="call_back", call_back_at__isnull=False)
                | (~Q(outcome="call_back") & Q(call_back_at__isnull=True)),
                violation_error_message=_("Say when to call back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.called_at:%Y-%m-%d} · {self.outcome}"


class ProposalState(models.TextChoices):
    OPEN = "open", _("Waits for the organisation")
    TAKEN = "taken", _("Written into the listing")
    REFUSED = "refused", _("Not so, says the organisation")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> ProposalQuerySet:
        return self.filter(state=ProposalState.OPEN)


@pghistory.track()
class Proposal(models.Model):
    """What somebody who called was told to have changed. The owner sees it and writes it in, or says that it is not so.

    `path` is the fact as a call asks for it ("listing.hours"), "operation" for what works no more, "" for the rest.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="proposals")
    during = models.ForeignKey(
        Check, models.SET_NULL, null=True, blank=True, related_name="proposals", verbose_name=_("check")
    )
    path = models.CharField(_("what has changed"), max_length=40, blank=True)
    said = models.CharField(_("what was said"), max_length=500)
    said_at = models.DateTimeField(default=clock.now)
    said_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=ProposalState.choices, default=ProposalState.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_answered_with_its_date",
                condition=Q(state="open", answered_at__isnull=True) | (~Q(state="open") & Q(answered_at__isnull=False)),
                violation_error_message=_("A proposal that was answered has the date of the answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} · {self.listing}"
