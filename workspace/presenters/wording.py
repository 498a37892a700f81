"""The content of a snapshot in words: labels of fields, and values as lines that a person reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core.countries import country_name
from directory.labels import COMMUNITY_LED, label
from directory.vocabulary import localised
from organizations.models import AddressPrecision, Channel, ContactAudience, LocationType, MemberStatus, Visibility
from services.models import Cost, Delivery, Gender, Insurance, Intake, WaitingTime, Welcome
from workspace.presenters.hours import hours_lines
from workspace.presenters.names import names

LABELS: Mapping[str, Any] = {
    "service.title": lazy("Title"),
    "service.summary": lazy("In one sentence"),
    "service.text": lazy("Details"),
    "service.types": lazy("Types of service"),
    "service.delivery": lazy("How it is given"),
    "service.groups": lazy("For whom"),
    "service.statuses": lazy("Migration status"),
    "service.insurance": lazy("Insurance or citizenship"),
    "service.age_from": lazy("Age from"),
    "service.age_to": lazy("Age to"),
    "service.gender": lazy("Gender"),
    "service.eligibility_note": lazy("More about who may come"),
    "service.documents": lazy("Documents"),
    "service.documents_note": lazy("More about documents"),
    "service.cost": lazy("Cost"),
    "service.cost_note": lazy("More about the cost"),
    "service.intake": lazy("How to get in"),
    "service.waiting": lazy("Waiting time"),
    "service.languages": lazy("Languages"),
    "service.interpreter_languages": lazy("Languages with an interpreter"),
    "service.anonymous": lazy("Anonymous"),
    "service.confidentiality_note": lazy("About confidentiality"),
    "service.legal_risk_note": lazy("Legal risks (members only)"),
    "service.visibility": lazy("Who sees this service"),
    "location.name": lazy("Place"),
    "location.type": lazy("Kind of place"),
    "location.country": lazy("Country"),
    "location.region": lazy("Region"),
    "location.city": lazy("City or village"),
    "location.place_code": lazy("City in the gazetteer"),
    "location.district": lazy("District"),
    "location.address": lazy("Address"),
    "location.postal_code": lazy("Postal code"),
    "location.point": lazy("Point on the map"),
    "location.district_point": lazy("Middle of the district"),
    "location.settlement_point": lazy("Middle of the city"),
    "location.public_precision": lazy("What everybody sees"),
    "location.member_precision": lazy("What members see"),
    "location.visibility": lazy("Who sees this place"),
    "location.directions": lazy("How to get there"),
    "location.transit": lazy("Public transport"),
    "location.step_free": lazy("Entrance without steps"),
    "location.accessible_toilet": lazy("Accessible toilet"),
    "location.lift": lazy("Lift"),
    "location.accessibility_note": lazy("More about access"),
    "location.timezone": lazy("Time zone"),
    "listing.note": lazy("Note for this place"),
    "listing.hours": lazy("Hours"),
    "listing.remote_country": lazy("Country of a remote service"),
    "organization.slug": lazy("Organisation: name in addresses"),
    "organization.name": lazy("Organisation: name"),
    "organization.short_name": lazy("Organisation: short name"),
    "organization.description": lazy("Organisation: about it"),
    "organization.countries": lazy("Organisation: countries of work"),
    "organization.working_languages": lazy("Organisation: languages"),
    "organization.website": lazy("Organisation: website"),
    "organization.links": lazy("Organisation: other pages"),
    "organization.community_led": lazy("Organisation: led by the community"),
    "organization.member_status": lazy("Organisation: standing in the network"),
}
_CHOICES: Mapping[str, Any] = {
    "service.insurance": Insurance,
    "service.gender": Gender,
    "service.cost": Cost,
    "service.waiting": WaitingTime,
    "service.visibility": Visibility,
    "location.type": LocationType,
    "location.public_precision": AddressPrecision,
    "location.member_precision": AddressPrecision,
    "location.visibility": Visibility,
    "organization.member_status": MemberStatus,
}
_CHOICE_LISTS: Mapping[str, Any] = {"service.delivery": Delivery, "service.intake": Intake}
_TERMS: Mapping[str, str] = {
    "service.types": "service",
    "service.statuses": "status",
    "service.documents": "document",
    "service.languages": "language",
    "service.interpreter_languages": "language",
    "organization.working_languages": "language",
}


def label_of(path: str) -> str:
    """The name of a field; of a contact just "Contact"."""
    return _("Contact") if path.startswith("contacts.") else str(LABELS.get(path, path))


def items(path: str, value: Any) -> list[str]:
    """The value as items: one for a plain value, several for a list, none for nothing."""
    if value in (None, "", [], {}):
        return []
    for known, words in _SPECIAL.items():
        if path == known or (known.endswith(".") and path.startswith(known)):
            return words(value)
    if path in _CHOICES:
        return [choice_name(_CHOICES[path], value)]
    if path in _CHOICE_LISTS:
        return [choice_name(_CHOICE_LISTS[path], code) for code in value]
    if path in _TERMS:
        return names().names(_TERMS[path], value)
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value)]


def is_text(value: Any) -> bool:
    """Whether the value is a text by language: {"ru": …, "en": …}."""
    return isinstance(value, Mapping) and bool(value) and set(value) <= {"ru", "en"}


def choice_name(choices: Any, code: str) -> str:
    return str(dict(choices.choices).get(code, code))


def contact_items(contact: Mapping[str, Any]) -> list[str]:
    """A contact as its value, then what belongs to it."""
    said = [
        f"{choice_name(Channel, contact['channel'])}: {contact['value']}",
        localised(contact.get("label")),
        contact.get("person", ""),
        choice_name(ContactAudience, contact["audience"]).lower(),
        _("seen by: %(whom)s") % {"whom": choice_name(Visibility, contact["visibility"]).lower()},
        ", ".join(names().names("language", contact.get("languages", []))),
        localised(contact.get("hours_note")),
        _("crisis line") if contact.get("is_crisis") else "",
    ]
    return [text for text in said if text]


def contact_link(contact: Mapping[str, Any]) -> str:
    """What a tap on the contact opens; "" when there is nothing to open."""
    channel, value = contact["channel"], contact["value"]
    digits = "".join(c for c in value if c.isdigit() or c == "+")
    if value.startswith("https://"):
        return str(value)
    if channel == Channel.PHONE:
        return f"tel:{digits}"
    if channel == Channel.EMAIL:
        return f"mailto:{value}"
    if channel == Channel.TELEGRAM and value.startswith("@"):
        return f"https://t.me/{value[1:]}"
    if channel == Channel.WHATSAPP:
        return f"https://wa.me/{digits.lstrip('+')}"
    return str(value) if channel == Channel.FORM else ""


def _groups(groups: Mapping[str, str]) -> list[str]:
    terms = names()
    plain = {Welcome.ALL}
    return [
        terms.name("group", code)
        if welcome in plain
        else f"{terms.name('group', code)} ({choice_name(Welcome, welcome).lower()})"
        for code, welcome in groups.items()
    ]


def _point(pair: list[float]) -> list[str]:
    return [f"{pair[1]:.5f}, {pair[0]:.5f}"]


def _countries(value: Any) -> list[str]:
    codes = [value] if isinstance(value, str) else value
    return [country_name(code) for code in codes]


def _links(links: list[Mapping[str, str]]) -> list[str]:
    return [" ".join(filter(None, [link.get("label", ""), link["url"]])) for link in links]


_SPECIAL: Mapping[str, Callable[[Any], list[str]]] = {
    "service.groups": _groups,
    "location.point": _point,
    "location.district_point": _point,
    "location.settlement_point": _point,
    "location.country": _countries,
    "listing.remote_country": _countries,
    "listing.hours": hours_lines,
    "organization.countries": _countries,
    "organization.links": _links,
    "organization.community_led": lambda codes: [label(COMMUNITY_LED, code) for code in codes],
    "contacts.": contact_items,
}
