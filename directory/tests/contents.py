"""A whole content for tests: of every field something that nobody else says."""

from __future__ import annotations

import copy
from typing import Any

CONTACT = {
    "id": "c1",
    "label": {"ru": "Приём"},
    "hours_note": {},
    "person": "",
    "channel": "phone",
    "value": "+995 32 212 34 56",
    "audience": "clients",
    "visibility": "public",
    "languages": ["ru"],
    "is_crisis": False,
    "location": "",
}
CONTENT: dict[str, Any] = {
    "schema": 1,
    "listing": {
        "id": "listing1",
        "note": {"ru": "Второй этаж"},
        "remote_country": "",
        "timezone": "Europe/Warsaw",
        "hours": {"always": True},
        "hours_osm": "24/7",
    },
    "service": {
        "id": "service1",
        "title": {"ru": "Тест", "en": "Test"},
        "summary": {"ru": "Коротко"},
        "text": {"ru": "Подробно"},
        "eligibility_note": {"ru": "Кому"},
        "documents_note": {"ru": "С чем"},
        "cost_note": {"ru": "Почём"},
        "confidentiality_note": {"ru": "Тайно"},
        "legal_risk_note": {"ru": "Опасно"},
        "types": ["hiv_rapid_test"],
        "delivery": ["on_site"],
        "groups": {"msm": "all"},
        "statuses": ["undocumented"],
        "insurance": "not_needed",
        "age_from": 18,
        "age_to": 99,
        "gender": "any",
        "documents": ["none"],
        "cost": "free",
        "intake": ["walk_in"],
        "waiting": "same_day",
        "languages": ["ka"],
        "interpreter_languages": ["en"],
        "anonymous": True,
        "visibility": "public",
    },
    "location": {
        "id": "place1",
        "name": {"ru": "Кабинет"},
        "region": {"ru": "Край"},
        "city": {"ru": "Тбилиси", "en": "Tbilisi"},
        "district": {"ru": "Вера"},
        "address": {"ru": "ул. Речная, 5"},
        "directions": {"ru": "Вход со двора"},
        "transit": {"ru": "Метро"},
        "accessibility_note": {"ru": "Пандус"},
        "type": "office",
        "country": "GE",
        "place_code": "",
        "postal_code": "0108",
        "public_precision": "exact",
        "member_precision": "exact",
        "visibility": "public",
        "step_free": True,
        "accessible_toilet": None,
        "lift": False,
        "timezone": "Asia/Tbilisi",
        "point": [44.8, 41.7],
        "district_point": [44.78, 41.71],
        "settlement_point": [44.79, 41.69],
    },
    "organization": {
        "id": "org1",
        "name": {"ru": "Мост"},
        "short_name": {"ru": "М"},
        "description": {"ru": "О нас"},
        "slug": "most",
        "countries": ["GE"],
        "working_languages": ["ru"],
        "website": "https://most.example/",
        "links": [{"label": "", "url": "https://most.example/a"}],
        "community_led": ["plhiv"],
        "member_status": "member",
    },
    "contacts": [CONTACT],
}


def content(**parts: Any) -> Any:
    """The content with other values in its parts; `location=None` for a remote service."""
    made = copy.deepcopy(CONTENT)
    for name, values in parts.items():
        made[name] = made[name] | values if isinstance(values, dict) else values
    return made
