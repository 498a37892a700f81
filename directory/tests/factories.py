"""Rows of the directory for tests, written through its own store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, get_origin, get_type_hints, is_typeddict

from django.contrib.gis.geos import Point

from core import clock
from core.ids import new_public_id
from directory.crossing.records import AUDIENCES, ListingRecord, OrganizationRecord
from directory.stores import store
from directory.tables.listings import AbstractTerm, DirectoryTerm, MemberListing, PublicListing

TBILISI = (44.8015, 41.6938)
WARSAW = (21.0122, 52.2297)
ALMATY = (76.8897, 43.2389)


# long: one column a line
def record(
    *, point: tuple[float, float] | None = TBILISI, texts: dict[str, Any] | None = None, **fields: Any
) -> ListingRecord:
    """A listing that everybody may see, checked today; `texts` are its Russian texts."""
    today = clock.today()
    listing_id = new_public_id()
    content = {"title": "Экспресс-тест на ВИЧ", "organization": "Мост", "place": "Центр", "city": "Тбилиси"}
    values: dict[str, Any] = {
        "id": listing_id,
        "place_id": new_public_id(),
        "service_id": new_public_id(),
        "organization_id": "mostmostm2",
        "organization_slug": "most",
        "types": ["hiv_rapid_test"],
        "groups": {},
        "languages": ["ru"],
        "delivery": ["on_site"],
        "intake": ["walk_in"],
        "documents": ["none"],
        "cost": "free",
        "anonymous": True,
        "insurance": "not_needed",
        "gender": "any",
        "waiting": "same_day",
        "operation": "working",
        "location_type": "office",
        "country": "GE",
        "city_code": "ge7qk2",
        "precision": "exact" if point else "none",
        "point": Point(*point, srid=4326) if point else None,
        "timezone": "Asia/Tbilisi",
        "hours_osm": "",
        "content": {"ru": content | (texts or {})},
        "capacity_level": "",
        "level": 1,
        "check_method": "workspace",
        "checked_on": today,
        "notice_on": today + dt.timedelta(days=150),
        "due_on": today + dt.timedelta(days=180),
        "hides_on": today + dt.timedelta(days=210),
        "archives_on": today + dt.timedelta(days=270),
    } | fields
    for name, kind in get_type_hints(ListingRecord).items():
        values.setdefault(name, _empty(kind))
    return ListingRecord(**values)


def _empty(kind: Any) -> Any:
    """What a field holds that nobody filled: an empty list or object, or nothing."""
    made = dict if is_typeddict(kind) else get_origin(kind)
    return made() if made in (dict, list) else None


def organization(made: ListingRecord, **fields: Any) -> OrganizationRecord:
    """The organisation of a listing; its profile was confirmed today."""
    today = clock.today()
    values: dict[str, Any] = {
        "id": made.organization_id,
        "slug": made.organization_slug,
        "content": {"ru": {"name": made.content["ru"].get("organization", "Мост")}},
        "countries": ["GE"],
        "working_languages": ["ru"],
        "community_led": ["plhiv"],
        "website": "https://example.org/",
        "links": [],
        "is_member": True,
        "contacts": [],
        "level": 1,
        "checked_on": today,
        "notice_on": today + dt.timedelta(days=335),
        "due_on": today + dt.timedelta(days=365),
        "hides_on": today + dt.timedelta(days=425),
        "archives_on": today + dt.timedelta(days=545),
        "timezone": "Asia/Tbilisi",
    } | fields
    return OrganizationRecord(**values)


def publish(
    *, audiences: tuple[str, ...] = AUDIENCES, profile: dict[str, Any] | None = None, **fields: Any
) -> ListingRecord:
    """Publish one listing for these audiences; `profile` are values of its organisation."""
    made = record(**fields)
    store.publish(
        listing_id=made.id,
        records={audience: made if audience in audiences else None for audience in AUDIENCES},
        readers=store.NOBODY,
        organizations={a: organization(made, **(profile or {})) for a in AUDIENCES if a in audiences},
        published_at=clock.now(),
    )
    return made


def teach_attributes(model: type[AbstractTerm] = DirectoryTerm, **more: Sequence[str]) -> None:
    """Two attributes: «dogs», by yes and no, and «queue», live or booked; `more` are others by their answers."""
    for number, (code, answers) in enumerate({"dogs": (), "queue": ("live", "booked"), **more}.items()):
        data = {"answers": "choice" if answers else "yes_no", "types": [], "is_filter": True}
        terms = [(code, "", data), *((f"{code}-{one}", code, {}) for one in answers or ("yes", "no"))]
        for place, (own, parent, told) in enumerate(terms):
            short = {"short": {"ru": f"ответ {own}", "en": f"answer {own}"}} if answers and parent else {}
            model._default_manager.create(
                scheme="attribute", code=own, parent=parent, data={**told, **short}, position=number * 10 + place,
                name={"ru": f"признак {own}", "en": f"attribute {own}"},
            )  # fmt: skip


def publish_many(many: Iterable[dict[str, Any]]) -> None:
    """Publish many listings at once, without their search vectors and organisations."""
    rows = [store.row_values(record(**fields)) | {"published_at": clock.now()} for fields in many]
    for row in rows:
        del row["search_vector"]
    for model in (PublicListing, MemberListing):
        model.objects.bulk_create(model(**row) for row in rows)
    store.bump_revision()
