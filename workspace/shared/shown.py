"""What an approval would put before each audience, made by what makes the pages of that audience.

Rule: a verifier approves what they see here, and whoever edits sends it, so nothing here is worded anew. The content
goes through the same door as at a publication (`directory.crossing.records`) and through the same presenters and
templates as the page of the place. An audience that is added there stands here without another word. The smaller
circles stand here for the organisation's own people: nobody else may know what they get.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core import clock
from directory.crossing.content import Content
from directory.crossing.live import LiveState
from directory.crossing.records import AUDIENCES, TIERS, Audience, ListingRecord, ListingShape, Tier, record_for
from directory.shown.rows import ListingRow
from directory.vocabulary import Vocabulary, vocabulary
from facts.discretion import Reader, content_for
from organizations.models import Visibility
from reading import presenters
from reading.shapes import PlaceTold
from verification.coordination.queues import state_of
from verification.models import ListingState, Review
from verification.narrowing import narrower
from verification.publication import live_state
from verification.snapshots import freeze

#: An approved listing has dates; before its first approval the page is shown as on its first day.
_FIRST_DAYS = dt.timedelta(days=90)


@dataclass(frozen=True)
class ShownTo:
    """One audience's page of the listing; `place` is None where it would get none. `as_before`: like the audience
    above it, so that the same is read only once."""

    audience: Audience
    name: str
    place: PlaceTold | None
    as_before: bool


def shown_of(review: Review, reader: Reader) -> list[ShownTo]:
    """What each audience would get, the widest first; no more of it than the reader may know."""
    content = narrower(review.snapshot.content, freeze(review.listing))
    return shown_of_content(state_of(review.listing), content, reader)


def shown_of_content(state: ListingState, content: Content, reader: Reader) -> list[ShownTo]:
    """What each audience would get of a listing if this were approved now."""
    at = clock.now()
    tiers = TIERS if reader.reads_all_of(content["organization"]["id"]) else AUDIENCES
    told, live = content_for(reader, content), _approved(live_state(state, content=content), at)
    found: list[ShownTo] = []
    for tier in tiers:
        audience: Audience = "public" if tier == "public" else "members"
        place = _place(told, live, tier, audience, at)
        as_before = bool(found) and place is not None and _told(place) == _told(found[-1].place)
        found.append(ShownTo(audience, str(Visibility(tier).label), place, as_before))
    return found


def _approved(live: LiveState, at: dt.datetime) -> LiveState:
    """The state after an approval, which gives at least level 1 and dates."""
    if live.level and live.hides_on:
        return live
    day = at.date()
    return replace(
        live, level=1, checked_on=day, notice_on=day + _FIRST_DAYS, due_on=day + _FIRST_DAYS, hides_on=day + _FIRST_DAYS
    )


def _place(content: Content, live: LiveState, tier: Tier, audience: Audience, at: dt.datetime) -> PlaceTold | None:
    record = record_for(content, live, tier)
    if record is None:
        return None
    words = vocabulary(audience)
    return presenters.place([row_of(record, words)], None, words, audience, at)


def row_of(record: ListingRecord, words: Vocabulary) -> ListingRow:
    """The record as screens read it, without a table between."""
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(ListingShape)}
    lon, lat = record.point.coords if record.point else (None, None)
    family = words.family_of(record.types)
    values |= {"family": family, "lon": lon, "lat": lat, "distance_km": None, "reach": None, "is_abroad": False}
    return ListingRow(**values, comes_by=None)


def _told(place: PlaceTold | None) -> object:
    """What a reader reads of it: addresses of pages differ between audiences, and what is empty is not read."""
    if place is None:
        return None
    return {**_read(place), "listings": [_read(one) for one in place["listings"]]}


def _read(told: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in told.items() if value and key not in ("url", "organization")}
