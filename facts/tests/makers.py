"""A frozen listing without a database: everything that a form asks for is filled in."""

from __future__ import annotations

from typing import Any, cast

from directory.crossing.content import ContactPart, Content
from verification.snapshots import FieldChange

WEEKDAYS = {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "18:00"}]}


def content(**parts: Any) -> Content:
    """`service`, `location`, `listing`, `organization` add to what is there; `contacts` and `location=None` replace."""
    given = parts.get("location", {})
    return cast(
        Content,
        {
            "schema": 1,
            "listing": _LISTING | parts.get("listing", {}),
            "service": _SERVICE | parts.get("service", {}),
            "location": None if given is None else _LOCATION | given,
            "organization": _ORGANIZATION | parts.get("organization", {}),
            "contacts": parts.get("contacts", [contact()]),
        },
    )


def contact(**fields: Any) -> ContactPart:
    """A phone for clients that everybody may see."""
    return cast(
        ContactPart,
        {
            "id": "c1",
            "label": {"ru": "Регистратура", "en": "Front desk"},
            "hours_note": {},
            "person": "",
            "channel": "phone",
            "value": "+995 32 212 34 56",
            "audience": "clients",
            "visibility": "public",
            "languages": [],
            "is_crisis": False,
            "location": "",
        }
        | fields,
    )


def change(path: str, old: object, new: object, *, critical: bool = True) -> FieldChange:
    part, _dot, name = path.partition(".")
    return FieldChange(path, part, name, old, new, critical)


_LISTING: dict[str, Any] = {
    "id": "l1",
    "note": {},
    "remote_country": "",
    "timezone": "Asia/Tbilisi",
    "hours": WEEKDAYS,
    "hours_osm": "",
}
_SERVICE: dict[str, Any] = {
    "id": "s1",
    "title": {"ru": "Тест на ВИЧ", "en": "HIV test"},
    "summary": {},
    "text": {},
    "eligibility_note": {"en": "from 16 on"},
    "documents_note": {"en": "a copy will do"},
    "cost_note": {"en": "the second one costs 5 GEL"},
    "confidentiality_note": {},
    "legal_risk_note": {"en": "do not tell the police"},
    "types": ["hiv_rapid_test"],
    "delivery": ["on_site"],
    "groups": {"msm": "priority", "plhiv": "all"},
    "statuses": [],
    "insurance": "unknown",
    "age_from": None,
    "age_to": None,
    "gender": "any",
    "documents": ["any_id", "passport"],
    "cost": "free",
    "intake": ["walk_in"],
    "waiting": "unknown",
    "languages": ["ru", "ka"],
    "interpreter_languages": [],
    "anonymous": True,
    "visibility": "public",
}
_LOCATION: dict[str, Any] = {
    "id": "p1",
    "name": {"en": "Day centre"},
    "region": {"en": "Tbilisi region"},
    "city": {"en": "Tbilisi"},
    "district": {"en": "Vake"},
    "address": {"en": "3 Mill Street"},
    "directions": {"en": "the green door"},
    "transit": {"en": "bus 5"},
    "accessibility_note": {"en": "ring the bell"},
    "type": "office",
    "country": "GE",
    "place_code": "611717",
    "postal_code": "0105",
    "public_precision": "exact",
    "member_precision": "exact",
    "visibility": "public",
    "step_free": True,
    "accessible_toilet": True,
    "lift": False,
    "timezone": "Asia/Tbilisi",
    "point": [44.8, 41.7],
    "district_point": [44.79, 41.69],
    "settlement_point": [44.78, 41.68],
}
_ORGANIZATION: dict[str, Any] = {
    "id": "o1",
    "name": {"ru": "Мост", "en": "Bridge"},
    "short_name": {},
    "description": {"en": "We help on the way."},
    "slug": "bridge",
    "countries": ["GE", "AM"],
    "working_languages": ["ru"],
    "website": "https://bridge.example",
    "links": [{"label": "Channel", "url": "https://t.me/bridge"}],
    "community_led": [],
    "member_status": "member",
}
