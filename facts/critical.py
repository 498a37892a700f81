"""The few facts of a listing that people rely on: what is looked at before «Всё верно» and before a call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext as _

from core.pages.links import href
from directory.crossing.content import ContactPart, Content, LocationPart, ServicePart, Texts
from directory.shown.eligibility import for_whom
from directory.vocabulary import localised
from facts.coming import area_lines, stop_lines
from facts.hours import hours_lines
from facts.wording import items, names
from organizations.models import ContactAudience


class FactLink(TypedDict):
    """Something to tap on: what it says, what it opens, whose it is."""

    value: str
    url: str
    label: str


class Fact(TypedDict):
    """One fact with its name: in lines, or in links."""

    label: str
    lines: list[str]
    links: list[FactLink]


def critical_facts(content: Content) -> list[Fact]:
    """Facts of a snapshot, in the order in which a person on the phone asks."""
    service, place = content["service"], content["location"]
    facts = [
        _fact(_("Address"), _address(place) if place else []),
        _fact(_("Where it comes to"), area_lines(content["listing"].get("area", []))),
        _fact(_("Stops"), stop_lines(content["listing"].get("stops", []))),
        _fact(_("Hours"), _hours(content)),
        _fact(_("For whom"), for_whom_of(service)),
        _fact(_("Documents"), [_listed("service.documents", service["documents"]), *_said(service["documents_note"])]),
        _fact(_("Cost"), [*items("service.cost", service["cost"]), *_said(service["cost_note"])]),
        _fact(_("How to get in"), [_listed("service.intake", service["intake"])]),
        _fact(_("Languages"), [_listed("service.languages", service["languages"])]),
        _fact(_("What else matters"), items("service.attributes", service.get("attributes", []))),
    ]
    return [contacts_fact(content["contacts"]), *(fact for fact in facts if fact["lines"])]


def contacts_fact(contacts: Iterable[ContactPart]) -> Fact:
    """How clients reach the place, each with its link."""
    links: list[FactLink] = [
        {"value": c["value"], "url": href(c["channel"], c["value"]), "label": localised(c["label"])}
        for c in contacts
        if c["audience"] == ContactAudience.CLIENTS
    ]
    return {"label": _("Contacts"), "lines": [] if links else [_("none")], "links": links}


def _hours(content: Content) -> list[str]:
    """Those of the listing; what has stops works when it stands at one."""
    listing = content["listing"]
    return [] if listing.get("stops") else hours_lines(listing["hours"])


def _fact(name: str, lines: list[str]) -> Fact:
    return {"label": name, "lines": [line for line in lines if line], "links": []}


def _listed(path: str, codes: list[str]) -> str:
    return ", ".join(items(path, codes))


def _address(place: LocationPart) -> list[str]:
    parts = [localised(place["city"]), localised(place["address"])]
    return [", ".join(part for part in parts if part) or localised(place["name"])]


def for_whom_of(service: ServicePart) -> list[str]:
    """For whom, in the words that readers get."""
    told = for_whom(
        names(),
        groups=service["groups"],
        statuses=service["statuses"],
        age_from=service["age_from"],
        age_to=service["age_to"],
        gender=service["gender"],
    )
    return [*told, *_said(service["eligibility_note"])]


def _said(text: Texts) -> list[str]:
    return [found] if (found := localised(text)) else []
