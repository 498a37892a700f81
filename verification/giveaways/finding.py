"""What readers may be told of a place that hides its door, until a second person has agreed to every text.

Rule: for an audience that does not get the exact address, a text in which something gives the door away
(`core.spelling.giveaways`) does not go to the directory. It is held, whatever way it came: by a review of before, an
edit at once, a narrowing, an import, a notice, a word about places. A title that is held takes the listing with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from core.spelling.giveaways import Find, names_of, spot
from directory.crossing.content import (
    PARTS,
    ContactPart,
    Content,
    HoursJson,
    ListingPart,
    NoticeOver,
    OrganizationPart,
    PartName,
    Texts,
    texts_of,
)
from directory.crossing.live import LiveState
from directory.crossing.records import TIERS, Tier, precision_for
from directory.crossing.tiers import seen_by
from organizations.models import AddressPrecision

#: Only those get these who get the exact address.
_OF_THE_DOOR: Final = frozenset({"address", "directions", "transit", "accessibility_note"})
_PARTS: Final[tuple[PartName, ...]] = ("service", "location", "listing")
#: Of the organisation, readers of a listing get no more than these; the rest of its profile: `giveaways.house`.
_OF_ORGANIZATION: Final = ("name", "short_name")
TITLE: Final = "service.title"
HOURS: Final = "listing.hours"
NOTICES: Final = "notices"


@dataclass(frozen=True)
class Piece:
    """A text in one language at a path ("service.text", "contacts.<id>"), with what was found in it."""

    path: str
    language: str
    text: str
    finds: tuple[Find, ...]

    @property
    def mark(self) -> str:
        """Stands for the text and its finds in an `Agreement`."""
        said = "\n".join([self.text, *sorted(f"{find.kind} {find.text}" for find in self.finds)])
        return hashlib.sha256(said.encode()).hexdigest()


def hides_door(content: Content, audience: Tier | None = None) -> bool:
    """Whether this audience (any, without one) sees the listing and knows less of its place than its address."""
    place = content["location"]
    if place is None:
        return False
    seen = seen_by(content) & ({audience} if audience else set(TIERS))
    return any(precision_for(place, one) != AddressPrecision.EXACT for one in seen)


def pieces_of(content: Content, live: LiveState | None = None) -> list[Piece]:
    """Every text of a listing with a find in it; none of a place that shows its door to everybody who sees it."""
    return finds_in(content, live) if hides_door(content) else []


def finds_in(content: Content, live: LiveState | None = None) -> list[Piece]:
    """The same of any place, for somebody who may know no door."""
    own = _names(content)
    said = [*_texts(content), *(_live_texts(live) if live else ())]
    found = [Piece(path, code, text, tuple(spot(text, own))) for path, texts in said for code, text in texts.items()]
    links = [piece for contact in content["contacts"] if (piece := link_of(contact))]
    return [piece for piece in found if piece.finds] + links


def told(
    content: Content, live: LiveState, audience: Tier, agreed: Collection[str]
) -> tuple[Content, LiveState] | None:
    """Content and live state without the texts that are held from this audience; None when the title is."""
    if not hides_door(content, audience):
        return content, live
    held = [piece for piece in pieces_of(content, live) if piece.mark not in agreed]
    if any(piece.path == TITLE for piece in held):
        return None
    return (without(content, held), _live_without(live, held)) if held else (content, live)


def _names(content: Content) -> frozenset[str]:
    place = content["location"]
    if place is None:
        return frozenset()
    known = [text for name in ("city", "region", "district") for text in cast("dict[str, Texts]", place)[name].values()]
    return names_of(place["address"].values(), [*known, *content["organization"]["name"].values()])


def _texts(content: Content) -> Iterator[tuple[str, Texts]]:
    for part in _PARTS:
        fields = cast("dict[str, Any]", content[part] or {})
        names = [name for name in texts_of(PARTS[part]) if name in fields and name not in _OF_THE_DOOR]
        yield from ((f"{part}.{name}", fields[name]) for name in names)
    yield from ((f"organization.{name}", content["organization"][name]) for name in _OF_ORGANIZATION)  # type: ignore[literal-required]
    yield HOURS, content["listing"]["hours"].get("note", {})
    yield from ((HOURS, {"": one.get("note") or ""}) for one in content["listing"]["hours"].get("exceptions", []))
    for contact in content["contacts"]:
        yield from texts_of_contact(contact)


def texts_of_contact(contact: ContactPart) -> Iterator[tuple[str, Texts]]:
    yield from ((_path_of(contact), texts) for texts in (contact["label"], contact["hours_note"]))


def _live_texts(live: LiveState) -> Iterator[tuple[str, Texts]]:
    yield from (("operation_note", live.operation_note), ("capacity_note", live.capacity_note))
    yield from ((NOTICES, notice["text"]) for notice in live.notices)


def link_of(contact: ContactPart) -> Piece | None:
    """A contact that is the link of a map."""
    links = tuple(find for find in spot(contact["value"]) if find.kind == "link")
    return Piece(_path_of(contact), "", contact["value"], links) if links else None


def _path_of(contact: ContactPart) -> str:
    return f"contacts.{contact['id']}"


def without(content: Content, held: Collection[Piece]) -> Content:
    """The content without these texts. A name of an organisation stays: somebody else has read it in any case."""
    gone = {(piece.path, piece.language, piece.text) for piece in held}
    result = cast("dict[str, Any]", content.copy())
    for part in _PARTS:
        fields = cast("dict[str, Any] | None", content[part])
        if fields:
            kept = {name: _kept(f"{part}.{name}", fields[name], gone) for name in texts_of(PARTS[part])}
            result[part] = {**fields, **kept}
    result["organization"] = _house_without(content["organization"], gone)
    result["listing"] = _hours_without(result["listing"], gone)
    result["contacts"] = [
        {
            **contact,
            "label": _kept(_path_of(contact), contact["label"], gone),
            "hours_note": _kept(_path_of(contact), contact["hours_note"], gone),
        }
        for contact in content["contacts"]
        if (_path_of(contact), "", contact["value"]) not in gone
    ]
    return cast(Content, result)


def _house_without(part: OrganizationPart, gone: Collection[tuple[str, str, str]]) -> OrganizationPart:
    return {
        **part,
        "short_name": _kept("organization.short_name", part["short_name"], gone),
        "description": _kept("organization.description", part["description"], gone),
        "website": "" if ("organization.website", "", part["website"]) in gone else part["website"],
        "links": [one for one in part["links"] if ("organization.links", "", " ".join(one.values())) not in gone],
    }


def _hours_without(listing: ListingPart, gone: Collection[tuple[str, str, str]]) -> ListingPart:
    if not any(path == HOURS for path, _language, _text in gone):
        return listing
    hours = cast("dict[str, Any]", listing["hours"].copy())
    hours["note"] = _kept(HOURS, hours.get("note", {}), gone)
    hours["exceptions"] = [
        {**one, "note": "" if (HOURS, "", one.get("note")) in gone else one.get("note", "")}
        for one in hours.get("exceptions", [])
    ]
    left = {name: value for name, value in hours.items() if value}
    return {**listing, "hours": cast(HoursJson, left), "hours_osm": ""}


def _live_without(live: LiveState, held: list[Piece]) -> LiveState:
    gone = {(piece.path, piece.language, piece.text) for piece in held}
    notices = [cast(NoticeOver, {**one, "text": _kept(NOTICES, one["text"], gone)}) for one in live.notices]
    return replace(
        live,
        notices=tuple(one for one in notices if one["text"]),
        operation_note=_kept("operation_note", live.operation_note, gone),
        capacity_note=_kept("capacity_note", live.capacity_note, gone),
    )


def _kept(path: str, texts: Texts, gone: Collection[tuple[str, str, str]]) -> Texts:
    return {language: text for language, text in texts.items() if (path, language, text) not in gone}
