"""What anybody misses on the map, or what keeps them out of it: taking it down, and answering it.

Making the draft is for `workspace.suggestions`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from core.languages import SOURCE
from core.writing import clean_text
from services.models import ServiceAtLocation
from verification.giveaways.offered import hides, told_too_much
from verification.models import Suggestion, SuggestionAbout, SuggestionState
from verification.services.changing import audit, need_reason
from verification.services.told.codes import code_hash, fresh_code

if TYPE_CHECKING:
    from accounts.models import User

#: Whoever suggests something is promised an answer within so many days.
ANSWER_DAYS = 7
#: Whoever tells of a barrier: as the accessibility statement says.
BARRIER_DAYS = 14
#: What closes a suggestion without a draft, by what it is about.
CLOSING = {
    SuggestionAbout.SERVICE: (SuggestionState.DECLINED, SuggestionState.KNOWN),
    SuggestionAbout.ACCESS: (SuggestionState.MENDED, SuggestionState.KNOWN, SuggestionState.DECLINED),
}


class TellsADoor(HouseError):
    """The text says where a place is that hides. `field` names the text."""

    code = "tells_a_door"


@transaction.atomic
# long: one column a line
def receive_suggestion(
    *,
    what: str,
    country: str,
    reach: str,
    known_from: str,
    kind: str = "",
    city: str = "",
    point: Point | None = None,
    text: str = "",
    language: str = SOURCE,
    in_flood: bool = False,
) -> tuple[Suggestion, str]:
    """Keep a suggestion; returns it with the code for looking up the answer, which is shown once.

    Where the help hides its door, a text that gives one away is refused and a pin is dropped: see
    `verification.giveaways.offered`. One of a flood waits apart, and no letter counts it.
    """
    said = {"what": clean_text(what), "city": clean_text(city), "reach": clean_text(reach)}
    said["text"] = clean_text(text, lines=True)
    is_hidden = hides(kind, *said.values())
    if is_hidden and (found := told_too_much(said)):
        raise TellsADoor(_("This help hides its door. Leave out the street, the house and the map."), field=found[0])
    code, now = fresh_code(), clock.now()
    suggestion = Suggestion(
        **said,
        code_hash=code_hash(code),
        kind=kind,
        country=country,
        point=None if is_hidden else point,
        known_from=known_from,
        language=language,
        state=SuggestionState.FLOOD if in_flood else SuggestionState.NEW,
        received_at=now,
        due_at=now + dt.timedelta(days=ANSWER_DAYS),
    )
    suggestion.full_clean(exclude=["answered_by", "listing"])
    suggestion.save()
    return suggestion, code


@transaction.atomic
def receive_barrier(
    *, what: str, where: str, country: str, text: str = "", language: str = SOURCE, in_flood: bool = False
) -> tuple[Suggestion, str]:
    """Keep what keeps somebody out of a page (`where`) of this site; returns it with the code for the answer.

    The coordinator of the country answers within `BARRIER_DAYS`; no draft ever comes of it. One of a flood wakes
    nobody, but waits for its answer all the same.
    """
    code, now = fresh_code(), clock.now()
    barrier = Suggestion(
        about=SuggestionAbout.ACCESS,
        code_hash=code_hash(code),
        what=clean_text(what),
        reach=clean_text(where),
        country=country,
        text=clean_text(text, lines=True),
        language=language,
        state=SuggestionState.FLOOD if in_flood else SuggestionState.NEW,
        received_at=now,
        due_at=now + dt.timedelta(days=BARRIER_DAYS),
    )
    barrier.full_clean(exclude=["answered_by", "listing"])
    barrier.save()
    return barrier, code


def find_suggestion(code: str) -> Suggestion | None:
    """The suggestion of a code, for the page that shows its answer."""
    return Suggestion.objects.select_related("listing__location").filter(code_hash=code_hash(code)).first()


@transaction.atomic
def close_suggestion(*, suggestion: Suggestion, actor: User, state: str, answer: str) -> Suggestion:
    """Say what came of it, or why nothing did, in words that whoever wrote it reads by the code."""
    if state not in CLOSING[SuggestionAbout(suggestion.about)]:
        raise ValueError(f"{state} does not close a suggestion")
    return _answer(open_suggestion(suggestion, actor), actor, state, need_reason(answer, field="answer"))


@transaction.atomic
def take_suggestion_in(
    *, suggestion: Suggestion, actor: User, listing: ServiceAtLocation, answer: str = ""
) -> Suggestion:
    """It has become this draft, which goes the way of every draft: a check by another organisation, then the map."""
    suggestion = open_suggestion(suggestion, actor)
    if suggestion.about != SuggestionAbout.SERVICE:
        raise WrongState(_("A barrier of the site becomes no draft. Answer it."))
    suggestion.listing = listing
    return _answer(suggestion, actor, SuggestionState.ACCEPTED, answer.strip()[:500])


def open_suggestion(suggestion: Suggestion, actor: User) -> Suggestion:
    """The row under its lock, when this person coordinates its country and nobody has answered it."""
    if not actor.coordinates(suggestion.country):
        raise NotAllowed(_("Only the coordinator of the country may do this."))
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if not suggestion.is_open:
        raise WrongState(_("This suggestion was answered meanwhile."))
    return suggestion


def _answer(suggestion: Suggestion, actor: User, state: str, answer: str) -> Suggestion:
    with audit("answer_suggestion", actor, answer):
        suggestion.state, suggestion.answer = state, answer
        suggestion.answered_at, suggestion.answered_by = clock.now(), actor
        suggestion.save()
    return suggestion
