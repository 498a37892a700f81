"""Letters about votes and decisions: who is told, and in which words. What is asked stands behind the login."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words, moment_in_words
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Correspondent, Message
from messaging.people import correspondents_for
from messaging.services import enqueue
from network.decisions import kinds
from network.decisions.models import Decision, Objection, Seat, Vote, Voter
from network.decisions.models.words import BodyKind, DecisionState, VoteState
from organizations.models import MembershipRole, Organization

_TEMPLATE = "network/letters/notice"


def announced(vote: Vote) -> None:
    for voter in _voters(vote):
        _write(kinds.VOTE_ANNOUNCED, people_of(voter), f"{vote.pk}", {"vote": vote.public_id})


def ends_soon(vote: Vote) -> None:
    """To those who have not voted."""
    for voter in _voters(vote).filter(ballot__isnull=True, voted__isnull=True):
        _write(kinds.VOTE_ENDS_SOON, people_of(voter), _mark(vote), {"vote": vote.public_id})


def prolonged(vote: Vote) -> None:
    """Too few took part: to those who have not voted, once more."""
    for voter in _voters(vote).filter(ballot__isnull=True, voted__isnull=True):
        _write(kinds.VOTE_ANNOUNCED, people_of(voter), _mark(vote), {"vote": vote.public_id})


def _mark(vote: Vote) -> str:
    """One that runs on is another occasion."""
    return f"{vote.pk}-more" if vote.prolonged_at else f"{vote.pk}"


def over(vote: Vote) -> None:
    for voter in _voters(vote):
        _write(kinds.VOTE_OVER, people_of(voter), f"{vote.pk}", {"vote": vote.public_id})


def objected(objection: Objection, *, again: str = "") -> None:
    """At once, and `again` shortly before its day."""
    payload = {"vote": objection.voter.vote.public_id}
    for seat in Seat.objects.current().filter(body__kind=BodyKind.COUNCIL).select_related("organization"):
        if seat.organization_id != objection.voter.organization_id:
            people = _of_person(seat.organization, seat.person_id)
            _write(kinds.VOTE_OBJECTED, people, f"{objection.pk}{again}", payload)


def given(decision: Decision) -> None:
    _to_responsible(kinds.DECISION_GIVEN, decision)


def late(decision: Decision) -> None:
    """Once for each day that was set."""
    _to_responsible(kinds.DECISION_LATE, decision)


def people_of(voter: Voter) -> list[Correspondent]:
    """Of a seat its person; of an organisation its managers and whoever was named to vote."""
    if voter.seat is not None:
        return _of_person(voter.organization, voter.seat.person_id)
    rows = list(correspondents_for(voter.organization).select_related("user"))
    managing = voter.organization.memberships.filter(role=MembershipRole.MANAGER)
    wanted = {voter.delegate_id, *managing.order_by().values_list("user", flat=True)} - {None}
    return [row for row in rows if row.user_id in wanted] or rows


def _of_person(organization: Organization, user_id: int | None) -> list[Correspondent]:
    rows = list(correspondents_for(organization).select_related("user"))
    return [row for row in rows if row.user_id == user_id] or rows


def _voters(vote: Vote) -> QuerySet[Voter]:
    return vote.voters.select_related("organization", "seat").order_by("pk")


def _to_responsible(kind: str, decision: Decision) -> None:
    if decision.organization is not None:
        people = _of_person(decision.organization, decision.responsible_id)
        _write(kind, people, f"{decision.pk}-{decision.due_on}", {"decision": decision.public_id})


def _write(kind: str, people: Iterable[Correspondent], mark: str, payload: Mapping[str, str]) -> None:
    for person in people:
        enqueue(kind=kind, to=person, dedupe_key=f"{kind}:{mark}:{person.pk}", payload=payload)


# --- words, at the moment of sending ------------------------------------------------------------------------------


def _letter(message: Message, subject: str, more: str, link: str) -> Letter:
    return letter(message, _TEMPLATE, {"words": subject, "other_words": more, "link": address_of(link)})


def _vote(message: Message) -> Letter | None:
    """Over when the vote was called off, or its end has come before the letter has left."""
    vote = Vote.objects.filter(public_id=message.payload["vote"], state=VoteState.OPEN).first()
    if vote is None or (vote.is_over != (message.kind == kinds.VOTE_OVER)):
        return None
    until = moment_in_words(vote.closes_at)
    titles = {
        kinds.VOTE_ANNOUNCED: _("Your voice is asked for: until %(when)s"),
        kinds.VOTE_ENDS_SOON: _("A vote ends soon and waits for your voice: until %(when)s"),
        kinds.VOTE_OVER: _("A vote of the network is over"),
    }
    more = _("What it is about, and how it stands, you will read after signing in:")
    words = titles[message.kind] % {"when": until}
    return _letter(message, words, more, path_to(Page.VOTE, vote.public_id))


def _objected(message: Message) -> Letter | None:
    vote = Vote.objects.filter(public_id=message.payload["vote"], state=VoteState.OPEN).first()
    if vote is None or not Objection.objects.filter(voter__vote=vote, stands__isnull=True).exists():
        return None
    words = _("An objection for safety waits for the council's answer")
    return _letter(message, words, _("Which one stands in the workspace:"), path_to(Page.VOTE, vote.public_id))


def _decision(message: Message) -> Letter | None:
    row = Decision.objects.filter(public_id=message.payload["decision"], state=DecisionState.OPEN).first()
    if row is None or row.due_on is None or (message.kind == kinds.DECISION_LATE and not row.is_late):
        return None
    titles = {
        kinds.DECISION_GIVEN: _("The network has asked you to do something until %(day)s"),
        kinds.DECISION_LATE: _("What was decided was to be done by %(day)s: how does it stand?"),
    }
    words = titles[message.kind] % {"day": day_in_words(row.due_on)}
    return _letter(message, words, _("What it is stands in the workspace:"), path_to(Page.DECISION, row.public_id))


WRITERS: Mapping[str, Writer] = {
    kinds.VOTE_ANNOUNCED: _vote,
    kinds.VOTE_ENDS_SOON: _vote,
    kinds.VOTE_OVER: _vote,
    kinds.VOTE_OBJECTED: _objected,
    kinds.DECISION_GIVEN: _decision,
    kinds.DECISION_LATE: _decision,
}
