"""Votes: who may vote is frozen when one is announced, a choice may change until the end, the end is an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from network.decisions.models import words
from network.decisions.models.announced import BY_OTHERS, NOT_ABOUT_ONESELF, STAYS, answered_until
from network.decisions.models.bodies import Body, Seat, inner_to
from network.decisions.models.documents import DocumentVersion
from organizations.models import Organization
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class VoteQuerySet(models.QuerySet["Vote"]):
    def visible_to(self, user: User | AnonymousUser) -> VoteQuerySet:
        """People of the network see every vote that was announced, but what a body keeps to itself (`inner_to`); those
        who prepare votes see their drafts as well."""
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        kept = kept_bodies(user)
        return self.filter(~Q(state="draft") | Q(body__in=kept), Q(is_inner=False) | inner_to(user, kept))

    def running(self) -> VoteQuerySet:
        """Announced, and its end has not come: by the clock of the question, whoever else is asleep."""
        return self.filter(state=words.VoteState.OPEN, closes_at__gt=clock.now())

    def over(self) -> VoteQuerySet:
        return self.filter(state=words.VoteState.OPEN, closes_at__lte=clock.now())


def kept_bodies(user: User | AnonymousUser) -> models.QuerySet[Body]:
    """Bodies whose votes, meetings, papers and decisions the user writes down: where they lead or keep the minutes.

    An administrator does it everywhere: somebody has to seat the first ones.
    """
    if not user.is_authenticated:
        return Body.objects.none()
    if user.is_administrator:
        return Body.objects.all()
    keeping = [words.SeatKind.CHAIR, words.SeatKind.SECRETARY]
    held = Seat.objects.current().filter(person=user, kind__in=keeping)
    return Body.objects.filter(pk__in=held.values("body"))


#: What nobody changes once a vote is announced.
_ANNOUNCED = (
    *("body", "question", "text", "options", "about", "paper"),
    *("quorum", "threshold", "is_secret", "opens_at", "closes_at", "prolongs", "prolonged_at", "is_inner"),
)


@pghistory.track()
class Vote(Editable):
    """A question to the members or to the seats of a body; with `options` it is an election between them."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="votes")
    question = models.CharField(_("question"), max_length=300)
    text = models.TextField(_("what it is about"), max_length=8000, blank=True)
    options = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("options"))
    about = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about which organisation"),
    )
    paper = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, blank=True, related_name="votes")
    quorum = models.CharField(_("quorum"), max_length=12, choices=words.Quorum.choices, default=words.Quorum.THIRD)
    threshold = models.CharField(
        _("threshold"), max_length=12, choices=words.Threshold.choices, default=words.Threshold.MAJORITY
    )
    is_secret = models.BooleanField(_("secret"), default=False)
    state = models.CharField(max_length=12, choices=words.VoteState.choices, default=words.VoteState.DRAFT)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(_("until"))
    prolongs = models.BooleanField(_("runs on once without a quorum"), default=False, db_default=False)
    prolonged_at = models.DateTimeField(null=True, blank=True)
    #: Only those who sit in the body read it: what they decide about somebody's application.
    is_inner = models.BooleanField(_("read by the body alone"), default=False, db_default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="vote_secret_is_an_election",
                condition=Q(is_secret=False) | Q(options__len__gt=0),
                violation_error_message=_("Only elections are secret."),
            ),
            models.CheckConstraint(
                name="vote_open_from_to",
                condition=~Q(state="open") | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                violation_error_message=_("The end is before the beginning."),
            ),
            models.CheckConstraint(
                name="vote_cancelled_with_its_reason",
                condition=~Q(state="cancelled") | ~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="vote_stays_as_announced",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*_ANNOUNCED),
                func=STAYS,
            )
        ]

    def __str__(self) -> str:
        return self.question[:60]

    @property
    def is_running(self) -> bool:
        return self.state == words.VoteState.OPEN and self.closes_at > clock.now()

    @property
    def is_over(self) -> bool:
        return self.state == words.VoteState.OPEN and self.closes_at <= clock.now()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Code and words of every answer."""
        if not self.options:
            return [(choice.value, str(choice.label)) for choice in words.Choice]
        named = [(str(n), text) for n, text in enumerate(self.options, start=1)]
        rest = (words.Choice.ABSTAIN, words.Choice.CONFLICT)
        return [*named, *((choice.value, str(choice.label)) for choice in rest)]


class Voter(models.Model):
    """One voice: an organisation's, or a seat's. Made when the vote is announced."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="voters")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="voices")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        ordering = ["vote", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "organization"],
                condition=Q(seat__isnull=True),
                name="voter_one_voice_an_organization",
            ),
            models.UniqueConstraint(fields=["vote", "seat"], name="voter_one_voice_a_seat"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="voter_not_about_oneself",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("vote_id", "organization_id"),
                func=NOT_ABOUT_ONESELF,
            )
        ]

    def __str__(self) -> str:
        return str(self.organization)


_IN_TIME = """
    IF NOT EXISTS (
        SELECT 1 FROM decisions_voter w JOIN decisions_vote v ON v.id = w.vote_id
        WHERE w.id = NEW.voter_id AND v.state = 'open' AND NOT v.is_secret
        AND v.opens_at <= NEW.cast_at AND NEW.cast_at < v.closes_at
        AND (NEW.choice IN ('abstain', 'conflict')
             OR CASE WHEN cardinality(v.options) = 0 THEN NEW.choice IN ('for', 'against')
                ELSE NEW.choice ~ '^[1-9][0-9]?$' AND NEW.choice::int <= cardinality(v.options) END)
    ) THEN
        RAISE EXCEPTION 'no such answer, or not in its time' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Ballot(models.Model):
    """The answer of one voice in an open vote. It may change until the end, and stays afterwards."""

    voter = models.OneToOneField(Voter, models.PROTECT, related_name="ballot")
    choice = models.CharField(max_length=12)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    cast_at = models.DateTimeField(default=clock.now)
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["voter"]
        triggers = [
            pgtrigger.Trigger(
                name="ballot_in_its_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("voter_id", "choice", "reason", "cast_at"),
                func=_IN_TIME,
            ),
            pgtrigger.Protect(name="ballot_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id}"


_MARKS = """
    IF NOT EXISTS (
        SELECT 1 FROM decisions_voter w JOIN decisions_vote v ON v.id = w.vote_id
        WHERE w.id = NEW.voter_id AND v.state = 'open' AND v.is_secret
    ) THEN
        RAISE EXCEPTION 'the vote is not secret, or not open' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
_AGREE = """
    IF EXISTS (
        SELECT 1 FROM decisions_vote v WHERE v.is_secret AND v.state = 'open'
        AND (SELECT coalesce(sum(c.n), 0) FROM decisions_secretcount c WHERE c.vote_id = v.id)
        <> (SELECT count(*) FROM decisions_voted d JOIN decisions_voter w ON w.id = d.voter_id WHERE w.vote_id = v.id)
    ) THEN
        RAISE EXCEPTION 'as many voices as people who voted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def _agree(name: str, operation: pgtrigger.Operation | pgtrigger.Operations) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.After, operation=operation, func=_AGREE, timing=pgtrigger.Deferred
    )


class Voted(models.Model):
    """That somebody has voted in a secret vote: not when, and not what."""

    voter = models.OneToOneField(Voter, models.PROTECT, related_name="voted")

    class Meta:
        verbose_name = _("mark of a secret vote")
        verbose_name_plural = _("marks of secret votes")
        triggers = [
            pgtrigger.Trigger(
                name="voted_in_a_secret_vote",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_MARKS,
            ),
            pgtrigger.Protect(name="voted_is_kept", operation=pgtrigger.Delete),
            _agree("voted_as_many_as_voices", pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id}"


class SecretCount(models.Model):
    """How many voices an option has in a secret vote. No row belongs to a person, and all are written at each voice."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="secret_counts")
    choice = models.CharField(max_length=12)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of a secret vote")
        verbose_name_plural = _("counts of secret votes")
        ordering = ["vote", "choice"]
        constraints = [models.UniqueConstraint(fields=["vote", "choice"], name="secretcount_once")]
        triggers = [
            pgtrigger.Protect(name="secretcount_is_kept", operation=pgtrigger.Delete),
            _agree("secretcount_as_many_as_voters", pgtrigger.Insert | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} · {self.choice}"


@pghistory.track()
class Objection(Editable):
    """Somebody says that it would endanger people. The count waits for the council's answer, given by others.

    It waits until a day: what nobody has answered by then stands, and the vote is not adopted.
    """

    voter = models.OneToOneField(Voter, models.PROTECT, related_name="objection")
    text = models.CharField(_("what is dangerous"), max_length=1000)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    stands = models.BooleanField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_for = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("objection for safety")
        verbose_name_plural = _("objections for safety")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="objection_answered_in_words",
                condition=Q(stands__isnull=True, answered_for__isnull=True)
                | Q(~Q(answer=""), stands__isnull=False, answered_for__isnull=False),
                violation_error_message=_("Say why."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="objection_answered_by_others",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=BY_OTHERS,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def answer_by(self) -> dt.datetime:
        """Until when the council may answer."""
        return answered_until(self.voter.vote.closes_at)

    @property
    def stands_now(self) -> bool | None:
        """By the clock of the question: unanswered in its time, it stands. None: it waits."""
        return True if self.stands is None and self.answer_by <= clock.now() else self.stands
