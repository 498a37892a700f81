"""What a verifier of another organisation may read of a submission: what members of the network may know, no more.

The address of a place whose members see its city only stays with its owner, and so does a contact that is for the
organisation itself. The verifier learns that such a thing has changed, not what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, cast

from accounts.models import User
from directory.content import ContactPart, Content, LocationPart
from organizations.models import Visibility
from organizations.models.location import PRECISION_ORDER
from verification.snapshots import FieldChange

#: Stands for a value that is not shown.
HIDDEN: Final = "\u2022\u2022\u2022"
#: The least exact precision at which members still get a field of the place.
_LEAST = {
    **dict.fromkeys(("address", "postal_code", "directions", "transit", "accessibility_note", "point"), "exact"),
    **dict.fromkeys(("step_free", "accessible_toilet", "lift"), "exact"),
    **dict.fromkeys(("district", "district_point"), "district"),
    **dict.fromkeys(("name", "region", "city", "place_code", "settlement_point"), "settlement"),
    "country": "country",
}


def changes_for(user: User, changes: Iterable[FieldChange], old: Content | None, new: Content) -> list[FieldChange]:
    """The changes with every value replaced by HIDDEN that the user may not read."""
    if user.is_administrator:
        return list(changes)
    return [replace(c, old=_seen(c.path, c.old, old or new), new=_seen(c.path, c.new, new)) for c in changes]


def content_for(user: User | None, content: Content) -> Content:
    """A snapshot without what the user may not read: empty texts, no points, no private contacts."""
    if user is not None and user.is_administrator:
        return content
    place = content["location"]
    if place:
        seen = {name: _blank(value) if _is_secret(name, content) else value for name, value in place.items()}
        place = cast(LocationPart, seen)
    contacts = [contact for contact in content["contacts"] if not _is_private(contact)]
    return {**content, "location": place, "contacts": contacts}


def _seen(path: str, value: object, content: Content) -> object:
    part, _dot, name = path.partition(".")
    if value in (None, "", [], {}):
        return value
    if part == "location" and _is_secret(name, content):
        return HIDDEN
    return HIDDEN if part == "contacts" and _is_private(cast(ContactPart, value)) else value


def _is_secret(name: str, content: Content) -> bool:
    place = content["location"]
    if not place or name not in _LEAST:
        return False
    return PRECISION_ORDER.index(place["member_precision"]) > PRECISION_ORDER.index(_LEAST[name])


def _is_private(contact: ContactPart) -> bool:
    return bool(contact["visibility"] == Visibility.ADMINISTRATORS)


def _blank(value: object) -> object:
    return {} if isinstance(value, Mapping) else None
