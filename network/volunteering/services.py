"""What volunteers and their colleagues press.

Rule: a volunteer proposes about what everybody reads, and about nothing else. Whoever accepts becomes the one who has
checked, written or passed it on, so every rule of two people counts the colleague; the volunteer's name stays here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.constraints import save_version
from core.errors import HouseError, NotAllowed, WrongState
from core.languages import SOURCE
from core.writing import clean_text, insert, one_write
from directory.asking.queries import current_listings
from directory.tables.topics import MEMBERS_ONLY
from network.countries import facts
from network.volunteering import letters
from network.volunteering.models import FOUND, METHODS, OPEN_AT_MOST, BroughtKind, BroughtState, VolunteerProposal
from network.volunteering.rights import may_check, working_of
from organizations.models import Volunteering
from services.models import ServiceAtLocation
from verification import services as verification
from verification.models import Check, CheckMethod, CheckOutcome
from verification.services.told.away import Away, SaidSince

#: What may be compared or be different: as a call asks for it, "operation" for what works no more.
PATHS = (
    *("contacts", "listing.hours", "location.address", "service.groups", "service.documents", "service.cost"),
    *("service.intake", "service.languages", "operation"),
)
FAULTS = {"volunteerproposal_one_open_check": "method"}
#: A check that waited longer for a colleague's word tells nothing of today.
LATEST = dt.timedelta(days=14)


@one_write
def propose_check(
    *, actor: User, listing: str, method: str, outcome: str, compared: Collection[str] = (), said: str = ""
) -> VolunteerProposal:
    """They called, wrote or went there. Level 2 or 3 only when a colleague of another organisation has accepted."""
    row, about = _begin(actor), _public(listing)
    if not may_check(row) or about.service.organization_id == row.organization_id:
        raise NotAllowed(_("A check of this service is not yours to propose."))
    if method not in METHODS or outcome not in FOUND:
        raise ValidationError({"method": _("Say how you looked and what you found.")})
    said = clean_text(said)[:500]
    if outcome == CheckOutcome.WRONG and not said:
        raise ValidationError({"said": _("Write what is different.")})
    return _bring(
        VolunteerProposal(
            volunteering=row, kind=BroughtKind.CHECK, listing=about, snapshot=about.state.published, method=method,
            outcome=outcome, compared=[path for path in PATHS if path in compared], said=said,
        )
    )  # fmt: skip


@one_write
def propose_edit(*, actor: User, listing: str, path: str, said: str) -> VolunteerProposal:
    """Something on the map is not so: for whoever edits it, once a colleague has passed it on."""
    row, about = _begin(actor), _public(listing)
    said = clean_text(said)[:500]
    if not said:
        raise ValidationError({"said": _("Write what is different.")})
    path = path if path in PATHS else ""
    return _bring(
        VolunteerProposal(
            volunteering=row, kind=BroughtKind.EDIT, listing=about, snapshot=about.state.published, path=path, said=said
        )
    )


@one_write
def propose_fact(*, actor: User, country: str, topic: str, answer: str, said: str, **source: str) -> VolunteerProposal:
    """For the organisation's writers: it becomes their draft, which another organisation checks as every fact."""
    row = _begin(actor)
    if topic in MEMBERS_ONLY:
        raise ValidationError({"topic": _("This topic is for members of the network only.")})
    fact = VolunteerProposal(
        volunteering=row,
        kind=BroughtKind.FACT,
        country=country,
        topic=topic,
        answer=answer,
        said=clean_text(said)[:500],
    )
    fact.source_title = clean_text(source.get("source_title", ""))[:200]
    fact.source_link, fact.source_language = source.get("source_link", ""), source.get("source_language", "")
    return _bring(fact)


@one_write
def take_back(*, actor: User, proposal: VolunteerProposal) -> VolunteerProposal:
    row = _locked(proposal)
    if row.volunteering.user_id != actor.pk:
        raise NotAllowed(_("Whoever proposed it takes it back."))
    row.state = BroughtState.TAKEN_BACK
    return save_version(row, expected=row.version, fields=["state"])


@one_write
def accept(*, actor: User, proposal: VolunteerProposal) -> VolunteerProposal:
    """The colleague's own word from now on, by every rule that holds for it."""
    row = _answered_by(actor, proposal)
    _ACCEPTED[BroughtKind(row.kind)](actor, row)
    row.state, row.answered_at, row.answered_by = BroughtState.ACCEPTED, clock.now(), actor
    fields = ["state", "answered_at", "answered_by", "check_made", "passed_on", "fact"]
    return save_version(row, expected=row.version, fields=fields)


@one_write
def decline(*, actor: User, proposal: VolunteerProposal, reason: str) -> VolunteerProposal:
    row = _answered_by(actor, proposal)
    row.reason = clean_text(reason)[:300]
    if not row.reason:
        raise ValidationError({"reason": _("Say in a few words why.")})
    row.state, row.answered_at, row.answered_by = BroughtState.DECLINED, clock.now(), actor
    return save_version(row, expected=row.version, fields=["state", "answered_at", "answered_by", "reason"])


def _accept_check(actor: User, row: VolunteerProposal) -> None:
    """It counts from the day on which the volunteer looked, and of what stood on the map then."""
    if clock.now() - row.said_at > LATEST:
        raise WrongState(_("More than two weeks have passed: ask them to look once more."))
    try:
        row.check_made = _check(actor, row)
    except SaidSince as error:
        raise WrongState(
            _("The map has changed since, or somebody has reported a mistake. Ask the volunteer to look once more.")
        ) from error
    if row.outcome == CheckOutcome.WRONG and row.method != CheckMethod.CALL:
        _pass_on(actor, row)


def _check(actor: User, row: VolunteerProposal) -> Check:
    listing = _listing(row)
    away = Away(said_at=row.said_at, seen=row.snapshot.public_id if row.snapshot else "")
    if row.outcome == CheckOutcome.WRONG and row.method == CheckMethod.CALL:
        return verification.hear_changed(listing=listing, actor=actor, said={"": row.said}, away=away)
    return verification.record_check(
        listing=listing, actor=actor, method=row.method, outcome=row.outcome, fields=row.compared, note=row.said,
        away=away,
    )  # fmt: skip


def _pass_on(actor: User, row: VolunteerProposal) -> None:
    row.passed_on = verification.propose_change(
        listing=_listing(row), actor=actor, organization=row.volunteering.organization, path=row.path, said=row.said
    )


def _accept_fact(actor: User, row: VolunteerProposal) -> None:
    """A draft: the colleague reads it once more there, and sends it."""
    row.fact = facts.write_fact(
        actor=actor, organization=row.volunteering.organization, country=row.country, topic=row.topic,
        answer=row.answer, statement=row.said, source_title=row.source_title, source_link=row.source_link,
        source_language=row.source_language or SOURCE,
    )  # fmt: skip


_ACCEPTED: dict[BroughtKind, Callable[[User, VolunteerProposal], None]] = {
    BroughtKind.CHECK: _accept_check,
    BroughtKind.EDIT: _pass_on,
    BroughtKind.FACT: _accept_fact,
}


def _begin(actor: User) -> Volunteering:
    row = working_of(actor)
    if row is None:
        raise NotAllowed(_("You cannot propose anything now."))
    if row.proposals.open().count() >= OPEN_AT_MOST:
        raise HouseError(_("Twenty proposals of yours wait. Let a colleague look through them first."), code="enough")
    return row


def _public(public_id: str) -> ServiceAtLocation:
    """What everybody reads now; the rest does not exist for a volunteer."""
    if not current_listings("public").filter(pk=public_id).exists():
        raise NotAllowed(_("This service is not on the map."))
    return ServiceAtLocation.objects.select_related("service", "state__published").get(public_id=public_id)


def _listing(row: VolunteerProposal) -> ServiceAtLocation:
    """Of a check or a change, which are about one: the database sees to it."""
    rows = ServiceAtLocation.objects.select_related("service__organization", "state")
    return rows.get(pk=cast(int, row.listing_id))


def _bring(row: VolunteerProposal) -> VolunteerProposal:
    insert(row, fields_of=FAULTS)
    letters.brought(row)
    return row


def _locked(proposal: VolunteerProposal) -> VolunteerProposal:
    row = VolunteerProposal.objects.select_for_update().get(pk=proposal.pk)
    if row.state != BroughtState.OPEN:
        raise WrongState(_("This was answered or taken back meanwhile."))
    return row


def _answered_by(actor: User, proposal: VolunteerProposal) -> VolunteerProposal:
    if not VolunteerProposal.objects.visible_to(actor).filter(pk=proposal.pk).exists():
        raise NotAllowed(_("The colleague who answers for the volunteer decides."))
    return _locked(proposal)
