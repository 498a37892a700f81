"""The content of a snapshot in words: labels of fields, and values as lines that a person reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.geo.countries import country_name
from core.languages import codes
from core.phrasing.direction import left_to_right
from directory.crossing.content import ContactPart
from directory.shown.labels import COMMUNITY_LED, label
from directory.vocabulary import ATTRIBUTE, localised
from facts.coming import area_lines, stop_lines
from facts.hours import hours_lines
from facts.names import names
from organizations.models import (
    AddressPrecision,
    Channel,
    ContactAudience,
    Location,
    LocationType,
    MemberStatus,
    Organization,
    Visibility,
)
from reading.presenters.parts import answered
from services.models import Cost, Delivery, Gender, Insurance, Intake, Service, WaitingTime, Welcome

_MODELS: Mapping[str, type[Model]] = {"service": Service, "location": Location, "organization": Organization}
#: Names of fields where people say it otherwise than the model.
LABELS: Mapping[str, Promise] = {
    "service.title": _("Title"),
    "service.summary": _("In one sentence"),
    "service.text": _("Details"),
    "service.types": _("Types of service"),
    "service.delivery": _("How it is given"),
    "service.groups": _("For whom"),
    "service.statuses": _("Migration status"),
    "service.insurance": _("Insurance or citizenship"),
    "service.age_from": _("Age from"),
    "service.age_to": _("Age to"),
    "service.gender": _("Gender"),
    "service.eligibility_note": _("More about who may come"),
    "service.documents": _("Documents"),
    "service.documents_note": _("More about documents"),
    "service.cost": _("Cost"),
    "service.cost_note": _("More about the cost"),
    "service.intake": _("How to get in"),
    "service.waiting": _("Waiting time"),
    "service.languages": _("Languages"),
    "service.interpreter_languages": _("Languages with an interpreter"),
    "service.anonymous": _("Anonymous"),
    "service.attributes": _("What else matters"),
    "service.confidentiality_note": _("About confidentiality"),
    "service.legal_risk_note": _("Legal risks (never for everybody)"),
    "service.risk_visibility": _("Who reads about legal risks"),
    "service.visibility": _("Who sees this service"),
    "location.name": _("Place"),
    "location.type": _("Kind of place"),
    "location.country": _("Country"),
    "location.region": _("Region"),
    "location.city": _("City or village"),
    "location.place_code": _("City in the gazetteer"),
    "location.district": _("District"),
    "location.address": _("Address"),
    "location.postal_code": _("Postal code"),
    "location.point": _("Point on the map"),
    "location.district_point": _("Middle of the district"),
    "location.settlement_point": _("Middle of the city"),
    "location.public_precision": _("What everybody sees"),
    "location.member_precision": _("What members see"),
    "location.country_precision": _("What members in that country see"),
    "location.circle_precision": _("What our circle sees"),
    "location.visibility": _("Who sees this place"),
    "location.directions": _("How to get there"),
    "location.transit": _("Public transport"),
    "location.step_free": _("Entrance without steps"),
    "location.accessible_toilet": _("Accessible toilet"),
    "location.lift": _("Lift"),
    "location.accessibility_note": _("More about access"),
    "location.timezone": _("Time zone"),
    "listing.note": _("Note for this place"),
    "listing.hours": _("Hours"),
    "listing.area": _("Where it comes to"),
    "listing.stops": _("Stops"),
    "listing.remote_country": _("Country of a remote service"),
    "organization.slug": _("Organisation: name in addresses"),
    "organization.name": _("Organisation: name"),
    "organization.short_name": _("Organisation: short name"),
    "organization.description": _("Organisation: about it"),
    "organization.countries": _("Organisation: countries of work"),
    "organization.working_languages": _("Organisation: languages"),
    "organization.website": _("Organisation: website"),
    "organization.links": _("Organisation: other pages"),
    "organization.community_led": _("Organisation: led by the community"),
    "organization.member_status": _("Organisation: standing in the network"),
}
_CHOICES: Mapping[str, type[TextChoices]] = {
    "service.insurance": Insurance,
    "service.gender": Gender,
    "service.cost": Cost,
    "service.waiting": WaitingTime,
    "service.risk_visibility": Visibility,
    "service.visibility": Visibility,
    "location.type": LocationType,
    "location.public_precision": AddressPrecision,
    "location.member_precision": AddressPrecision,
    "location.country_precision": AddressPrecision,
    "location.circle_precision": AddressPrecision,
    "location.visibility": Visibility,
    "organization.member_status": MemberStatus,
}
_CHOICE_LISTS: Mapping[str, type[TextChoices]] = {"service.delivery": Delivery, "service.intake": Intake}
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
    if path.startswith("contacts."):
        return gettext("Contact")
    return str(LABELS.get(path) or _name_of_column(path))


def _name_of_column(path: str) -> str:
    """What the model calls the field; the path itself for what is no column."""
    part, _dot, field = path.partition(".")
    try:
        return str(_MODELS[part]._meta.get_field(field).verbose_name)  # type: ignore[union-attr]  # a column has a name
    except (KeyError, FieldDoesNotExist):
        return path


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
        return [gettext("yes") if value else gettext("no")]
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value)]


def is_text(value: object) -> bool:
    """Whether the value is a text by language: {"ru": …, "en": …}."""
    return isinstance(value, Mapping) and bool(value) and set(value) <= set(codes())


def choice_name(choices: type[TextChoices], code: str) -> str:
    return str(dict(choices.choices).get(code, code))


def contact_items(contact: ContactPart) -> list[str]:
    """A contact as its value, then what belongs to it."""
    said = [
        f"{choice_name(Channel, contact['channel'])}: {left_to_right(contact['value'])}",
        localised(contact.get("label")),
        contact.get("person", ""),
        choice_name(ContactAudience, contact["audience"]).lower(),
        gettext("seen by: %(whom)s") % {"whom": choice_name(Visibility, contact["visibility"]).lower()},
        ", ".join(names().names("language", contact.get("languages", []))),
        localised(contact.get("hours_note")),
        gettext("crisis line") if contact.get("is_crisis") else "",
    ]
    return [text for text in said if text]


def _groups(groups: Mapping[str, str]) -> list[str]:
    terms = names()
    plain = {Welcome.ALL}
    return [
        terms.name("group", code)
        if welcome in plain
        else f"{terms.name('group', code)} ({choice_name(Welcome, welcome).lower()})"
        for code, welcome in groups.items()
    ]


def _attributes(codes: list[str]) -> list[str]:
    """What nobody knows any more stands as it was kept: no change goes unseen."""
    told = [f"{one['name']}: {one['text']}" for one in answered(codes, names())]
    return [*told, *(code for code in codes if code not in names().scheme(ATTRIBUTE))]


def _point(pair: list[float]) -> list[str]:
    return [f"{pair[1]:.5f}, {pair[0]:.5f}"]


def _countries(value: str | list[str]) -> list[str]:
    codes = [value] if isinstance(value, str) else value
    return [country_name(code) for code in codes]


def _links(links: list[Mapping[str, str]]) -> list[str]:
    return [" ".join(filter(None, [link.get("label", ""), link["url"]])) for link in links]


_SPECIAL: Mapping[str, Callable[[Any], list[str]]] = {
    "service.groups": _groups,
    "service.attributes": _attributes,
    "location.point": _point,
    "location.district_point": _point,
    "location.settlement_point": _point,
    "location.country": _countries,
    "listing.remote_country": _countries,
    "listing.hours": hours_lines,
    "listing.area": area_lines,
    "listing.stops": stop_lines,
    "organization.countries": _countries,
    "organization.links": _links,
    "organization.community_led": lambda codes: [label(COMMUNITY_LED, code) for code in codes],
    "contacts.": contact_items,
}
