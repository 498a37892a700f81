"""What the listing that stays takes over from the one that goes: which fields can be chosen, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict, cast

from core.languages import columns
from directory.crossing.content import ServicePart, plain_of, texts_of
from organizations.models.organization import VISIBILITY_ORDER
from services import services as writers
from services.attributes import still_asked
from services.models import Service, ServiceAtLocation
from verification.models import Fingerprint
from verification.services.edits import let_narrow
from verification.snapshots import contacts_of

#: Who sees it is the word of its own organisation, and no matter of two listings being one.
_NEVER = {"id", "visibility", "risk_visibility"}
SERVICE = tuple(name for name in (*texts_of(ServicePart), *plain_of(ServicePart)) if name not in _NEVER)
LISTING = ("hours", "note", "area", "stops")
#: Paths as in a difference of two snapshots, and one for all contacts together.
CHOOSABLE = (*(f"service.{name}" for name in SERVICE), *(f"listing.{name}" for name in LISTING), "contacts")


class Replaced(TypedDict):
    """What the fields held before, and what they were given: by column; contacts by public ids."""

    service: dict[str, object]
    service_now: dict[str, object]
    listing: dict[str, object]
    listing_now: dict[str, object]
    contacts: list[str] | None
    contacts_now: list[str] | None


def take_over(kept: ServiceAtLocation, gone: ServiceAtLocation, chosen: Iterable[str]) -> Replaced:
    """Write the chosen values of `gone` into the working copy of `kept`."""
    chosen = set(chosen)
    names = [name for name in SERVICE if f"service.{name}" in chosen]
    own = [name for name in LISTING if f"listing.{name}" in chosen]
    replaced: Replaced = {
        "service": _values(kept.service, names),
        "service_now": _values(gone.service, names),
        "listing": _values(kept, own),
        "listing_now": _values(gone, own),
        "contacts": None,
        "contacts_now": None,
    }
    if "attributes" in replaced["service_now"]:
        types = kept.service.types if "types" not in names else gone.service.types
        answers = still_asked(gone.service.attributes, types, kept=kept.service.attributes)
        replaced["service_now"]["attributes"] = answers
    if "legal_risk_note" in names:  # a word about risks is told to nobody whom either of the two does not tell
        who = max(kept.service.risk_visibility, gone.service.risk_visibility, key=VISIBILITY_ORDER.index)
        replaced["service"]["risk_visibility"] = kept.service.risk_visibility
        replaced["service_now"]["risk_visibility"] = who
    if "contacts" in chosen and kept.service.organization_id == gone.service.organization_id:
        replaced["contacts"] = [way.public_id for way in kept.contacts.all()]
        replaced["contacts_now"] = _contacts(kept, gone)
    _write(kept, replaced["service_now"], replaced["listing_now"], replaced["contacts_now"])
    return replaced


def give_back(kept: ServiceAtLocation, replaced: Replaced) -> None:
    """Put the old values back where nobody has written another one since."""
    service = _still(kept.service, replaced["service"], replaced["service_now"])
    listing = _still(kept, replaced["listing"], replaced["listing_now"])
    now = {way.public_id for way in kept.contacts.all()}
    if "attributes" in service:  # what it gave comes back, also where nobody is asked for it any more
        kept.service.attributes = [*kept.service.attributes, *cast("list[str]", service["attributes"])]
    is_same = replaced["contacts_now"] is not None and now == set(replaced["contacts_now"])
    _write(kept, service, listing, replaced["contacts"] if is_same else None)


def _contacts(kept: ServiceAtLocation, gone: ServiceAtLocation) -> list[str]:
    """Those of both that can stand beside the listing that stays, each number once."""
    found = {}
    for way in (*contacts_of(kept), *contacts_of(gone)):
        if way.audience == "clients" and way.location_id in (None, kept.location_id):
            found.setdefault((way.channel, way.value), way.public_id)
    return list(found.values())


def _values(row: Service | ServiceAtLocation, names: Iterable[str]) -> dict[str, object]:
    """Columns and translations of these fields."""
    texts = {*texts_of(ServicePart), "note"}
    kept = row.i18n or {}
    found: dict[str, object] = {}
    for name in names:
        for column, _language in columns(name) if name in texts else [(name, "")]:
            found[column] = getattr(row, column) if column == name else kept.get(column) or ""
    return found


def _still(row: Service | ServiceAtLocation, old: dict[str, object], given: dict[str, object]) -> dict[str, object]:
    kept = row.i18n or {}
    now = {column: kept.get(column) or "" if column not in _plain(row) else getattr(row, column) for column in given}
    return {column: old[column] for column in old if now[column] == given[column]}


def _plain(row: Service | ServiceAtLocation) -> set[str]:
    return {field.attname for field in row._meta.concrete_fields}


def _write(
    kept: ServiceAtLocation, service: dict[str, object], listing: dict[str, object], contacts: list[str] | None
) -> None:
    """For the house: who may merge was asked before. As every edit, it ends by narrowing, and is looked at anew."""
    if service:
        writers.update_service(actor=None, service=kept.service, expected_version=kept.service.version, **service)
    more = {} if contacts is None else {"contacts": kept.service.organization.contacts.filter(public_id__in=contacts)}
    if listing or more:
        whole = {"hours": kept.hours, "note": kept.note, "remote_country": kept.remote_country} | listing
        writers.update_listing(actor=None, listing=kept, expected_version=kept.version, **whole, **more)
    touched = ServiceAtLocation.objects.under(kept.service)
    Fingerprint.objects.forget(touched.values_list("pk", flat=True))
    let_narrow(listings=touched.filter(state__published__isnull=False), actor=None)
