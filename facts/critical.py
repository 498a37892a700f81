"""The few facts of a listing that people rely on: what is looked at before «Всё верно» and before a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.vocabulary import localised
from facts.hours import hours_lines
from facts.wording import contact_link, items
from organizations.models import ContactAudience

Fact = dict[str, Any]


def critical_facts(content: Mapping[str, Any]) -> list[Fact]:
    """Facts {label, lines, links} of a snapshot, in the order in which a person on the phone asks."""
    service, place = content["service"], content["location"]
    facts = [
        _fact(_("Address"), _address(place) if place else []),
        _fact(_("Hours"), hours_lines(content["listing"]["hours"])),
        _fact(_("For whom"), _for_whom(service)),
        _fact(_("Documents"), [_listed("service.documents", service), *_said(service["documents_note"])]),
        _fact(_("Cost"), [*items("service.cost", service["cost"]), *_said(service["cost_note"])]),
        _fact(_("How to get in"), [_listed("service.intake", service)]),
        _fact(_("Languages"), [_listed("service.languages", service)]),
    ]
    return [contacts_fact(content), *(fact for fact in facts if fact["lines"])]


def contacts_fact(content: Mapping[str, Any]) -> Fact:
    """How clients reach the place, each with its link."""
    contacts = [c for c in content["contacts"] if c["audience"] == ContactAudience.CLIENTS]
    links = [{"value": c["value"], "url": contact_link(c), "label": localised(c["label"])} for c in contacts]
    return {"label": _("Contacts"), "lines": [] if links else [_("none")], "links": links}


def _fact(name: str, lines: list[str]) -> Fact:
    return {"label": name, "lines": [line for line in lines if line], "links": []}


def _listed(path: str, part: Mapping[str, Any]) -> str:
    return ", ".join(items(path, part[path.rpartition(".")[2]]))


def _address(place: Mapping[str, Any]) -> list[str]:
    parts = [localised(place[name]) for name in ("city", "address")]
    return [", ".join(part for part in parts if part) or localised(place["name"])]


def _for_whom(service: Mapping[str, Any]) -> list[str]:
    groups = items("service.groups", service["groups"])
    return [", ".join(groups) or _("everybody"), *_said(service["eligibility_note"])]


def _said(text: Any) -> list[str]:
    return [found] if (found := localised(text)) else []
