"""New rows that are probably there already: asked about in the plan, as a form asks whoever fills it in.

Rule: nothing is told that this person may not see (`verification.coordination.alike.hints`), and nothing that is asked
is written before somebody has answered. "The same" makes the row a change of what is there: a place is never changed by
it, and kinds and groups are added, never taken away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import WrongState
from core.languages import column_names
from exchange.books.entries import BookEntry, alive, as_json
from exchange.foreign.becoming import told
from organizations.models import Location, Organization
from services.models import Service, ServiceAtLocation
from verification.coordination.alike.hints import Hint, entered, hints_each
from verification.coordination.alike.rule.likeness import Sketch
from verification.coordination.alike.sketches import phones_in
from workspace.duplicates.words import why_alike

_OF_PLACE = ("country", "city", "address", "point")
Parts = dict[tuple[str, str], BookEntry]


def look_for_twins(user: User, entries: list[BookEntry]) -> None:
    """Write into the new listings what is like them."""
    parts = _parts(entries)
    by_owner: dict[str, list[tuple[BookEntry, dict[str, Any]]]] = {}
    for entry in entries:
        if entry.sheet == "listing" and entry.verdict == "new":
            whose, service = _service_of(user, entry, parts)
            if whose:
                by_owner.setdefault(whose, []).append((entry, service))
    owners = Organization.objects.editable_by(user).prefetch_related("contacts")
    known = {owner.public_id: owner for owner in owners.filter(public_id__in=by_owner)}
    for key, asked in by_owner.items():
        if owner := known.get(key):
            sketches = [_sketch(owner, entry, service, parts) for entry, service in asked]
            for (entry, _service), hints in zip(asked, hints_each(user, owner, sketches), strict=True):
                entry.alike = [_told(hint) for hint in hints]


def answer(entries: list[BookEntry], key: str, user: User, same: str) -> list[BookEntry]:
    """It is another one (`same` is ""), or the listing of this id. Raises WrongState when it was answered already."""
    entry = next((one for one in entries if one.key == key and one.is_asked and one.verdict == "new"), None)
    if entry is None:
        raise WrongState(_("This was done already."))
    if not same:
        entry.answer = "other"
        return entries
    row = ServiceAtLocation.objects.editable_by(user).select_related("service", "location")
    found = row.filter(public_id=same).first() if any(one["id"] == same and one["own"] for one in entry.alike) else None
    if found is None:
        raise WrongState(_("This row is not there any more, or not yours to edit."))
    return _as_change(entries, entry, found)


def _as_change(entries: list[BookEntry], entry: BookEntry, row: ServiceAtLocation) -> list[BookEntry]:
    """What the row says, as changes of what is there; parts that only it needed are not made."""
    parts = _parts(entries)
    others = [one for one in entries if one.sheet == "listing" and one is not entry and one.verdict != "refused"]
    needed = {(name, str(one.fields.get(name))) for one in others for name in ("location", "service")}
    service, place = (parts.get((name, str(entry.fields.get(name)))) for name in ("service", "location"))
    gone = {id(one) for one in (service, place) if one is not None and (one.sheet, one.key) not in needed}
    changed = [
        _changed(
            "listing", entry, row, {name: entry.fields[name] for name in ("hours", "note") if name in entry.fields}
        )
    ]
    if service is not None and id(service) in gone:
        changed.append(_changed("service", service, row.service, service.fields))
    for key in entry.fields.get("contacts") or ():
        if way := parts.get(("contact", str(key))):
            _move(way, row)
    kept = [one for one in entries if one is not entry and id(one) not in gone]
    return [*kept, *(one for one in changed if one.fields)]


def _changed(sheet: str, entry: BookEntry, row: Any, fields: dict[str, Any]) -> BookEntry:
    now = {name: as_json(getattr(row, name)) for name in fields}
    wanted = {name: _with(now[name], value) for name, value in fields.items()}
    differ = {name: value for name, value in wanted.items() if value != now[name]}
    before = {each["label"]: each["new"] for each in told(sheet, {name: now[name] for name in differ if now[name]})}
    changes = [each | {"old": before.get(each["label"], "")} for each in told(sheet, differ)]
    return replace(
        entry,
        sheet=sheet,
        verdict="changed",
        public_id=row.public_id,
        version=row.version,
        fields=differ,
        changes=changes,
        alike=[],
        answer="same",
    )


def _with(now: Any, value: Any) -> Any:
    """Lists and groups are added to, and hours that somebody wrote stay."""
    if isinstance(now, list) and isinstance(value, list):
        return [*now, *(one for one in value if one not in now)]
    if isinstance(now, dict) and now:
        return {**value, **now}
    return value


def _move(way: BookEntry, row: ServiceAtLocation) -> None:
    way.fields.pop("location", None)
    if row.location is not None:
        way.fields["location"] = row.location.public_id


def _parts(entries: list[BookEntry]) -> Parts:
    return {(entry.sheet, entry.key): entry for entry in entries if entry.key and entry.verdict == "new"}


def _service_of(user: User, entry: BookEntry, parts: Parts) -> tuple[str, dict[str, Any]]:
    """(the organisation's id, the fields of the service) of a listing."""
    key = str(entry.fields.get("service", ""))
    if part := parts.get(("service", key)):
        return part.owner, part.fields
    row = Service.objects.editable_by(user).filter(public_id=key).select_related("organization").first()
    return (row.organization.public_id, {"title": row.title, "types": row.types}) if row else ("", {})


def _sketch(owner: Organization, entry: BookEntry, service: dict[str, Any], parts: Parts) -> Sketch:
    names = [str(value) for name, value in service.items() if name in column_names("title")]
    place = _place_of(owner, entry, parts)
    (sketch,) = entered(owner, names=names, types=service.get("types") or (), places=[place])
    ways = [parts[at].fields for key in entry.fields.get("contacts") or () if (at := ("contact", str(key))) in parts]
    return replace(sketch, phones=sketch.phones | phones_in((way["channel"], way["value"]) for way in ways))


def _place_of(owner: Organization, entry: BookEntry, parts: Parts) -> Location | None:
    key = str(entry.fields.get("location") or "")
    if not key:
        return None
    if part := parts.get(("location", key)):
        fields = {name: alive("location", name, part.fields[name]) for name in _OF_PLACE if name in part.fields}
        return Location(organization=owner, **fields)
    return Location.objects.filter(organization=owner, public_id=key).first()


def _told(hint: Hint) -> dict[str, Any]:
    if hint.is_own:
        url = reverse("workspace:listing", args=[hint.id])
    else:
        url = reverse("maps:members_place", args=[hint.place_id])
    place = ", ".join(filter(None, (hint.organization, hint.city)))
    why = why_alike(hint.likeness.reasons)
    return {"id": hint.id, "own": hint.is_own, "title": hint.title, "place": place, "why": why, "url": url}
