"""From a published snapshot and a state to the rows of the directory. The only module that calls its store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from core import clock
from directory.crossing.content import Content
from directory.crossing.live import LiveState
from directory.crossing.records import (
    LIVE_FIELDS,
    TIERS,
    Audience,
    ListingRecord,
    OrganizationRecord,
    Tier,
    record_for,
)
from directory.crossing.tiers import country_key
from directory.stores import store
from organizations.models import CircleMember
from services.attributes import AttributeWord, asked
from services.models import (
    DeliveryLanguage,
    DocumentKind,
    MigrationStatus,
    OtherMap,
    ServiceType,
    TargetGroup,
)
from services.models.vocabulary import Term
from verification import surroundings
from verification.giveaways.agreed import agreed_at
from verification.giveaways.finding import hides_door, told
from verification.models import ListingState, ProfileState, Publication
from verification.narrowing import narrowed_now
from verification.profiles import PROFILE_FIELDS, records_of
from verification.snapshots import texts
from verification.surroundings import Surroundings, with_parts

#: Listings whose rows are held in memory and written together.
TOGETHER = 250
Rows = list[store.Published]
Records = dict[Tier, ListingRecord | None]
_SCHEMES = {
    "service": ServiceType,
    "group": TargetGroup,
    "status": MigrationStatus,
    "language": DeliveryLanguage,
    "document": DocumentKind,
    "map": OtherMap,
}


def live_state(state: ListingState, around: Surroundings | None = None, content: Content | None = None) -> LiveState:
    """What crosses beside the snapshot: operation, notices, dates, the last word about places, who may know answers.

    `around` saves the queries for many listings; `content` is what would be published, where that is another one.
    """
    content = content or (state.published.content if state.published else None)
    service = state.listing.service
    over = around or surroundings
    return LiveState(
        operation=service.operation,
        operation_note=texts(service, "operation_note"),
        notices=tuple(over.notices_over(state.listing)),
        level=state.level,
        check_method=state.check_method,
        checked_on=state.checked_on,
        confirmed_on=state.confirmed_on,
        notice_on=state.notice_on,
        due_on=state.due_on,
        hides_on=state.hides_on,
        archives_on=state.archives_on,
        **over.capacity_of(state.listing),
        stops_off=tuple((off["stop"], off["on"]) for off in state.listing.stops_off),
        **over.attributes_told(content["service"].get("attributes", ()) if content else ()),
        is_suspended=service.organization.is_suspended,
        is_taken_down=over.is_taken_down(state.listing),
    )


#: Organisations of one batch whose hidden places are read by their names; of more, those of all.
_FEW = 200


class Batch:
    """Listings whose rows are written once, at the end of the block, and the directory's revision moved once.

    For commands that change hundreds of listings: whoever changes one hands the batch on, and readers see nothing of
    the steps between. One transaction.
    """

    def __init__(self) -> None:
        self._waiting: set[int] = set()
        self._transaction = transaction.atomic()

    def __enter__(self) -> Batch:
        self._transaction.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.write()
        except BaseException as failure:
            self._transaction.__exit__(type(failure), failure, failure.__traceback__)
            raise
        self._transaction.__exit__(kind, error, trace)

    def add(self, state: ListingState) -> None:
        self._waiting.add(state.pk)

    def write(self, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Bring the directory in step with everything that was added, and begin anew. `progress` hears (done, of)."""
        if not self._waiting:
            return
        waiting = sorted(self._waiting)
        of_them = ListingState.objects.filter(pk__in=waiting).order_by()
        owner = "listing__service__organization"
        owners = dict(of_them.values_list(owner, f"{owner}__public_id"))
        organizations, around = set(owners), Surroundings(owners.values() if len(owners) <= _FEW else None)

        def rows() -> Iterator[Rows]:
            for start in range(0, len(waiting), TOGETHER):
                yield _rows(waiting[start : start + TOGETHER], around)
                progress(min(start + TOGETHER, len(waiting)), len(waiting))

        found = records_of(organizations, around)
        store.publish_many(rows(), {audience: records.values() for audience, records in found.items()})
        self._waiting.clear()


def publish(state: ListingState, batch: Batch | None = None) -> None:
    """Bring the directory in step with one listing, in the transaction that changed it; with a batch, at its end."""
    if batch is not None:
        batch.add(state)
        return
    organizations = _organizations(state)
    if row := _row(state):
        store.publish(**row, organizations=organizations)
    else:
        store.withdraw(state.listing.public_id, organizations)


def touch(state: ListingState, batch: Batch | None = None) -> None:
    """Bring level and dates of a listing in step that was published before and has the same content still."""
    if batch is not None:
        batch.add(state)
        return
    store.touch(state.listing.public_id, {name: getattr(state, name) for name in LIVE_FIELDS})


def touch_capacity(state: ListingState, batch: Batch | None = None) -> None:
    """Bring the last word about places in step for a listing that is on the map; nothing else of it has changed."""
    if batch is not None:
        batch.add(state)
        return
    if state.published and hides_door(state.published.content):  # its note may have to be held
        publish(state)
        return
    store.touch(state.listing.public_id, surroundings.capacity_of(state.listing))


def touch_profile(profile: ProfileState) -> None:
    """Bring the dates of a profile in step after a confirmation, which changed no content."""
    store.touch_organization(profile.organization.public_id, {name: getattr(profile, name) for name in PROFILE_FIELDS})


def _row(state: ListingState, around: Surroundings | None = None) -> store.Published | None:
    """What the store takes of one listing; None when nobody may see it."""
    if not state.is_shown or state.published is None:
        return None
    records = _records(state, around)
    return {
        "listing_id": state.listing.public_id,
        "records": records,
        "readers": readers_of(state, records),
        "published_at": state.published_at or clock.now(),
    }


def _rows(listings: Iterable[int], around: Surroundings) -> Rows:
    """What the store takes of these listings. A function of its own: of their states nothing is held after it."""
    states = _with_parts(ListingState.objects.filter(pk__in=listings))
    return [_row(state, around) or _gone(state) for state in states]


def _gone(state: ListingState) -> store.Published:
    return {"listing_id": state.listing.public_id, "records": {}, "readers": store.NOBODY, "published_at": None}


def _records(state: ListingState, around: Surroundings | None) -> Records:
    """What each audience may know of what was approved, no wider than the organisation wants it now.

    A text that may give the door of a hidden place away waits until a second person has agreed to it.
    """
    assert state.published is not None  # noqa: S101  (both callers look first)
    live = live_state(state, around)
    content = narrowed_now(state.published.content, state.listing, around.doors if around else None)
    agreed = around.agreed_at(content) if around else agreed_at(content)
    said = {tier: told(content, live, tier, agreed) for tier in TIERS}
    return _more_only({tier: record_for(*found, tier) if found else None for tier, found in said.items()})


def _more_only(records: Records) -> Records:
    """Without rows that say what all members read anyway, and those for a country that is none.

    What a country reads the circle has too: it may be of another country.
    """
    members, country, circle = (records[tier] for tier in ("members", "country", "circle"))
    if country == members or (country and not country.country):
        country = None
    return {**records, "country": country, "circle": None if circle == members else circle}


def readers_of(state: ListingState, records: Records) -> store.Readers:
    """Who gets the rows of the smaller circles, where there are any."""
    owner, content = state.listing.service.organization, state.published.content if state.published else None
    if content is None or not (records["country"] or records["circle"]):
        return store.NOBODY
    named = CircleMember.objects.in_force().filter(organization=owner).order_by("member")
    return {
        "country": country_key(content),
        "circle": [owner.public_id, *named.values_list("member__public_id", flat=True)],
    }


#: The old address of a listing that became one with another one leads there, and back when the two are taken apart.
lead_on, lead_back = store.lead_on, store.lead_back


def seen_by(state: ListingState) -> set[Tier]:
    """Whoever may read the listing on the map now."""
    row = _row(state)
    return {tier for tier, record in row["records"].items() if record} if row else set()


def loses_readers(gone: ListingState, kept: ListingState) -> bool:
    """Whether somebody who reads the one on the map could not read the other one."""
    mine, theirs = seen_by(gone), seen_by(kept)
    if mine & {"public"} - theirs:
        return True
    if mine and "members" not in theirs:  # a smaller circle is a smaller circle of its own organisation
        return not mine <= theirs or gone.listing.service.organization_id != kept.listing.service.organization_id
    return False


def told_of(state: ListingState, around: Surroundings | None = None) -> tuple[Content, LiveState] | None:
    """What is published of a listing and what lies over it, before anything is held; None when nothing is."""
    if state.published is None:
        return None
    content = narrowed_now(state.published.content, state.listing, around.doors if around else None)
    return content, live_state(state, around)


def _organizations(state: ListingState) -> dict[Audience, OrganizationRecord]:
    """The listing's organisation for every audience that may know of it now."""
    found = records_of([state.listing.service.organization_id])
    return {audience: record for audience, records in found.items() for record in records.values()}


def expected_rows(
    states: Iterable[ListingState],
) -> Iterable[tuple[ListingState, Records, store.Readers]]:
    """What the directory should hold for these states: one record or None for each audience, and who reads it."""
    around = Surroundings()
    for state in states:
        shown = state.is_shown and state.published is not None
        records = _records(state, around) if shown else dict.fromkeys(TIERS)
        yield state, records, readers_of(state, records)


def publish_vocabulary() -> None:
    """Copy the vocabulary to the directory, so that screens have names and synonyms without private tables."""
    terms = [_term(scheme, term) for scheme, model in _SCHEMES.items() for term in model.objects.all()]
    words = [(one.attribute.members_only, word) for one in asked() for word in one.worded()]
    told: tuple[list[store.TermRow], list[store.TermRow]] = ([], [])
    for position, (members_only, word) in enumerate(words):
        told[members_only].append(_word(word, position))
    store.replace_terms([*terms, *_families(), *told[False]], told[True])


def _term(scheme: str, term: Term) -> store.TermRow:
    extras: dict[str, object] = {name: texts(term, name) for name in ("hint", "short") if hasattr(term, name)}
    if hasattr(term, "autonym"):
        extras["autonym"] = term.autonym
    extras |= {name: getattr(term, name) for name in ("way_in", "is_off", "off_in") if hasattr(term, name)}
    return {
        "scheme": scheme,
        "code": term.code,
        "parent": getattr(term, "parent_id", None) or "",
        "family": getattr(term, "family", ""),
        "name": texts(term, "name"),
        "synonyms": term.synonyms,
        "data": {name: value for name, value in extras.items() if value},
        "position": term.position,
        "is_retired": term.is_retired,
    }


def _word(word: AttributeWord, position: int) -> store.TermRow:
    """Of an attribute, or of one of its answers."""
    return {
        "scheme": "attribute",
        "code": word.code,
        "parent": word.parent,
        "family": "",
        "name": dict(word.names),
        "synonyms": word.synonyms,
        "data": {**word.data, **({"short": dict(word.short)} if word.short else {})},
        "position": position,
        "is_retired": word.is_retired,
    }


def _families() -> list[store.TermRow]:
    """The families are part of the look, so they come straight from their file."""
    families = json.loads(settings.NETWORK.vocabulary_file("families.json").read_text(encoding="utf-8"))
    return [
        {
            "scheme": "family",
            "code": family["code"],
            "parent": "",
            "family": family["code"],
            "name": family["name"],
            "synonyms": {},
            "data": {},
            "position": position,
            "is_retired": False,
        }
        for position, family in enumerate(families)
    ]


def states_shown() -> QuerySet[ListingState]:
    """Every state that the directory may hold, with its parts."""
    return _with_parts(ListingState.objects.filter(publication__in=[Publication.PUBLISHED, Publication.IMPORTED]))


def _with_parts(states: QuerySet[ListingState]) -> QuerySet[ListingState]:
    return with_parts(states).order_by("pk")
