"""What somebody may read of a listing on a private page. Every page that shows content asks here.

Rule: whoever belongs to the organisation reads everything; so does an administrator while it is disclosed to them
(organizations.models.Disclosure). Everybody else in the network reads what members may know and no more, in whatever
role they work: the address of a place whose members see its city only
stays with its owner, and so does a contact that is for the organisation itself. Of what changed there they learn that
it has changed, not what it says. A link of a letter can be read by somebody else: it shows an address and a contact
that everybody may know, and otherwise the settlement; no text that is held (`contents_by_link`). Who is shown more of
others than everybody may know is counted (`facts.opened`); a line of a list tells less.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, cast

from django.utils.translation import gettext as _

from accounts.models import User
from core.spelling.latin import spelt
from directory.crossing.content import AreaJson, ContactPart, Content, ListingPart, LocationPart
from directory.crossing.records import risks_for
from directory.vocabulary import ATTRIBUTE, localised, vocabulary
from facts import opened
from organizations.models import AddressPrecision, Location, Organization, Visibility
from organizations.models.location import PRECISION_ORDER
from organizations.models.organization import FOR_MEMBERS
from services.models import ServiceAtLocation
from verification.giveaways.agreed import agreed_everywhere
from verification.giveaways.finding import finds_in, without
from verification.narrowing import doors_of_contacts, narrowed_now
from verification.snapshots import FieldChange, texts

#: Stands for a value that is not shown.
HIDDEN: Final = "\u2022\u2022\u2022"
#: The least exact precision at which somebody still gets a field of the place.
_LEAST = {
    **dict.fromkeys(("address", "postal_code", "directions", "transit", "accessibility_note", "point"), "exact"),
    **dict.fromkeys(("step_free", "accessible_toilet", "lift"), "exact"),
    **dict.fromkeys(("district", "district_point"), "district"),
    **dict.fromkeys(("name", "region", "city", "place_code", "settlement_point"), "settlement"),
    "country": "country",
}
#: Fields of a listing that tell where its place is, and the kinds of area that are not narrower than what is known.
_COMING = ("area", "stops")
_ATTRIBUTES: Final = "service.attributes"
_RISKS: Final = "service.legal_risk_note"
_OF_SETTLEMENTS: Final = frozenset({"country", "region", "city", "circle"})
_AREA_KINDS: Final[Mapping[str, frozenset[str]]] = {
    "district": _OF_SETTLEMENTS,
    "settlement": _OF_SETTLEMENTS,
    "country": frozenset({"country"}),
}


@dataclass(frozen=True)
class Reader:
    """Somebody of the network, who reads all of what the organisations `own` (public ids) have."""

    own: frozenset[str] = frozenset()
    by_link: bool = False

    def reads_all_of(self, organization_id: str) -> bool:
        return organization_id in self.own


#: Anybody of the network, of whom nothing else is known; and whoever holds the link of a letter.
MEMBER: Final = Reader()
LINK: Final = Reader(by_link=True)


def reader_of(user: User) -> Reader:
    """Who reads a page. One query, so a page asks once."""
    mine = Organization.objects.read_by(user).order_by().values_list("public_id", flat=True)
    return Reader(frozenset(mine) if user.pk else frozenset())


def content_for(reader: Reader, content: Content) -> Content:
    """A snapshot without what the reader may not know: empty texts, no points, no private contacts."""
    if reader.reads_all_of(content["organization"]["id"]):
        return content
    _count(reader, content)
    contacts = [contact for contact in content["contacts"] if not _is_private(reader, contact)]
    return _masked(reader, content, contacts, _precision(reader, content))


def contents_by_link(said: Iterable[tuple[ServiceAtLocation, Content]]) -> list[Content]:
    """What leaves the house of these listings, by the link of a letter or on a phone, in two queries.

    No wider than their organisations want it now, and without texts that may give a door away and that nobody has
    agreed to, be it the title. The caller has just read the listings with their services and places.
    """
    pairs = list(said)
    doors = doors_of_contacts(contact["id"] for _listing, content in pairs for contact in content["contacts"])
    narrow = [narrowed_now(content, listing, doors) for listing, content in pairs]
    agreed = agreed_everywhere([place["id"] for content in narrow if (place := content["location"])])
    return [content_for(LINK, _without_finds(content, agreed)) for content in narrow]


def _without_finds(content: Content, agreed: Mapping[str, Collection[str]]) -> Content:
    place = content["location"]
    if place is None or _precision(LINK, content) == AddressPrecision.EXACT:
        return content
    marks = agreed.get(place["id"], ())
    held = [piece for piece in finds_in(content) if piece.mark not in marks]
    return without(content, held) if held else content


def line_for(reader: Reader, content: Content) -> Content:
    """The same for a line of a list, which needs no door and no contact."""
    if reader.reads_all_of(content["organization"]["id"]):
        return content
    return _masked(reader, content, [], max(_precision(reader, content), AddressPrecision.SETTLEMENT, key=_rank))


def _masked(reader: Reader, content: Content, contacts: list[ContactPart], precision: str) -> Content:
    place, listing, service = content["location"], content["listing"], content["service"]
    if place:
        seen = {name: _blank(value) if _is_secret(name, precision) else value for name, value in place.items()}
        place = cast(LocationPart, seen)
        coming = {name: _open_parts(name, listing[name], precision) for name in _COMING if name in listing}  # type: ignore[literal-required]
        listing = cast(ListingPart, {**listing, **coming})
    if "attributes" in service:
        service = {**service, "attributes": _told(reader, service["attributes"])}
    if not _reads_risks(reader, content):
        service = {**service, "legal_risk_note": {}}
    return {**content, "service": service, "listing": listing, "location": place, "contacts": contacts}


def _count(reader: Reader, content: Content) -> None:
    """Note that the reader is shown what not everybody may know; the link of a letter shows nothing of that kind."""
    place, contacts = content["location"], content["contacts"]
    is_public = content["service"]["visibility"] == Visibility.PUBLIC
    if place:
        nearer = _rank(_precision(reader, content)) < _rank(place["public_precision"])
        is_public = is_public and place["visibility"] == Visibility.PUBLIC and not nearer
    reads = [one for one in contacts if one["visibility"] != Visibility.PUBLIC and not _is_private(reader, one)]
    if not reader.by_link and (reads or not is_public):
        opened.note(content["listing"]["id"], content["organization"]["id"])


def changes_for(reader: Reader, changes: Iterable[FieldChange], old: Content | None, new: Content) -> list[FieldChange]:
    """The changes with every value replaced by HIDDEN that the reader may not know."""
    if reader.reads_all_of(new["organization"]["id"]):
        return list(changes)
    _count(reader, new)
    return [
        replace(c, old=_seen(reader, c.path, c.old, old or new), new=_seen(reader, c.path, c.new, new)) for c in changes
    ]


def may_read(reader: Reader, path: str, content: Content) -> bool:
    """Whether this reader may know what stands at a path ("part.field", "contacts.<id>") of the content."""
    if reader.reads_all_of(content["organization"]["id"]):
        return True
    part, _dot, name = path.partition(".")
    if part == "contacts":
        return any(one["id"] == name and not _is_private(reader, one) for one in content["contacts"])
    if path == _ATTRIBUTES:
        answers = content["service"].get("attributes", [])
        return answers == _told(reader, answers)
    if path == _RISKS:
        return _reads_risks(reader, content)
    place = content["location"]
    if place and part == "listing" and name in _COMING:
        said = content["listing"].get(name, [])
        return said == _open_parts(name, said, _precision(reader, content))
    return not (part == "location" and place and _is_secret(name, _precision(reader, content)))


def place_for(reader: Reader, location: Location | None, owner: Organization) -> dict[str, str]:
    """Name and city of a place in words, "" where the reader may not know them; the working copy says who may."""
    if location is None:
        return {"name": "", "city": ""}
    own = reader.reads_all_of(owner.public_id)
    if not own and _is_secret("city", _members_precision(location.visibility, location.member_precision)):
        return {"name": "", "city": ""}
    return {name: localised(texts(location, name)) for name in ("name", "city")}


def where_of(reader: Reader, listing: ServiceAtLocation) -> str:
    """In one word: the city of a listing, else the name of its place, as far as the reader may know."""
    if listing.location is None:
        return _("remotely")
    place = place_for(reader, listing.location, listing.service.organization)
    return spelt(place["city"] or place["name"])


def _seen(reader: Reader, path: str, value: object, content: Content) -> object:
    part, _dot, name = path.partition(".")
    if value in (None, "", [], {}):
        return value
    if path == _ATTRIBUTES and value != _told(reader, cast("list[str]", value)):
        return HIDDEN
    if path == _RISKS and not _reads_risks(reader, content):
        return HIDDEN
    place = content["location"]
    if part == "location" and place and _is_secret(name, _precision(reader, content)):
        return HIDDEN
    if part == "listing" and place and name in _COMING:
        known = _open_parts(name, cast("list[AreaJson]", value), _precision(reader, content))
        return value if known == value else HIDDEN
    return HIDDEN if part == "contacts" and _is_private(reader, cast(ContactPart, value)) else value


def _reads_risks(reader: Reader, content: Content) -> bool:
    """Of others: what every member may read, and nobody by the link of a letter."""
    return not reader.by_link and risks_for(content) == Visibility.MEMBERS


def _precision(reader: Reader, content: Content) -> str:
    """How exactly this reader may know where the place of others is; nowhere without a place."""
    place = content["location"]
    if place is None:
        return AddressPrecision.NONE
    if not reader.by_link:
        return _members_precision(place["visibility"], place["member_precision"])
    is_public = content["service"]["visibility"] == place["visibility"] == Visibility.PUBLIC
    is_exact = place["public_precision"] == AddressPrecision.EXACT
    return AddressPrecision.EXACT if is_public and is_exact else AddressPrecision.SETTLEMENT


def _members_precision(visibility: str, precision: str) -> str:
    """A place for its organisation or a circle alone is nowhere for members."""
    return AddressPrecision.NONE if visibility not in FOR_MEMBERS else precision


def _is_secret(name: str, precision: str) -> bool:
    return name in _LEAST and _rank(precision) > _rank(_LEAST[name])


def _rank(precision: str) -> int:
    """The less exact, the higher."""
    return PRECISION_ORDER.index(precision)


def _open_parts(name: str, parts: object, precision: str) -> list[object]:
    """What may be read of an area, or of stops, beside a place that is known so exactly: nothing that is narrower."""
    said = cast("list[AreaJson]", parts)
    if precision == AddressPrecision.EXACT:
        return list(said)
    kinds = _AREA_KINDS.get(precision, frozenset()) if name == "area" else frozenset()
    return [part for part in said if part.get("kind") in kinds]


def _told(reader: Reader, answers: list[str]) -> list[str]:
    """Without those that only members know, where somebody else may read it."""
    if not reader.by_link or not answers:
        return answers
    known = vocabulary("public").scheme(ATTRIBUTE)
    return [code for code in answers if code in known]


def _is_private(reader: Reader, contact: ContactPart) -> bool:
    if reader.by_link:
        return bool(contact["visibility"] != Visibility.PUBLIC)
    return contact["visibility"] not in FOR_MEMBERS


def _blank(value: object) -> object:
    return {} if isinstance(value, Mapping) else None
