"""Accepting some fields of a submission and returning the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from core.errors import HouseError
from directory.crossing.content import PARTS, ContactPart, Content, Pair
from organizations.areas import areas_of
from verification.snapshots import FieldChange, pair

#: What goes back with a field because it says the same in another way.
_TOGETHER = {
    "location.city": ("location.place_code", "location.region"),
}


def wanted_back(changes: Iterable[FieldChange], returned: Collection[str]) -> set[str]:
    """The paths that are returned, with those that follow from them.

    HouseError when a path did not change, or when nothing would be left to accept: that is a question to the owner.
    """
    known = {change.path for change in changes}
    if set(returned) - known:
        raise HouseError(_("The submission has changed meanwhile. Please look at it once more."), field="returned")
    found = {path for name in returned for path in (name, *_TOGETHER.get(name, ())) if path in known}
    if found and found == known:
        raise HouseError(
            _("You return everything. Press “Ask to clarify” instead: nothing changes on the map then."),
            field="returned",
        )
    return found


def merge(base: Content, proposed: Content, returned: Collection[str]) -> Content:
    """The proposed content with the `returned` paths as they were in `base`.

    Paths are those of `snapshots.difference`: "part.field", and "contacts.<id>" for a contact.
    """
    result = proposed.copy()
    for part in PARTS:
        before, now = base[part], proposed[part]
        fields = [path.split(".", 1)[1] for path in returned if path.startswith(f"{part}.")]
        if before is not None and now is not None:
            kept = {field: value for field, value in before.items() if field in fields}
            if part == "listing" and "hours" in kept:
                kept["hours_osm"] = base["listing"]["hours_osm"]
            left = {field: value for field, value in now.items() if field not in fields}
            result[part] = {**left, **kept}  # type: ignore[typeddict-item]  # fields of this very part
    back = {path.split(".", 1)[1] for path in returned if path.startswith("contacts.")}
    result["contacts"] = _merge_contacts(base["contacts"], proposed["contacts"], back)
    return result


def placed(content: Content) -> Content:
    """The content with the pins that follow from its own point and settlement, whichever of them were returned."""
    place = content["location"]
    if place is None:
        return content
    areas = areas_of(_point(place["point"]), place["place_code"])
    pins = {"district_point": pair(areas.district), "settlement_point": pair(areas.settlement)}
    return {**content, "location": {**place, **pins}}  # type: ignore[typeddict-item]  # two fields of this very part


def _point(pair: Pair | None) -> Point | None:
    return Point(pair[0], pair[1], srid=4326) if pair else None


def _merge_contacts(base: list[ContactPart], proposed: list[ContactPart], back: Collection[str]) -> list[ContactPart]:
    """Returned contacts as they were: changed ones restored, removed ones kept, new ones left out."""
    before = {contact["id"]: contact for contact in base}
    now = {contact["id"] for contact in proposed}
    merged = [before.get(c["id"]) if c["id"] in back else c for c in proposed]
    merged += [contact for contact in base if contact["id"] in back and contact["id"] not in now]
    return [contact for contact in merged if contact is not None]
