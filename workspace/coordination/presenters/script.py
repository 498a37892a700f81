"""What a verifier asks on the phone: the critical facts of the published snapshot, one question each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.pages.links import href
from directory.crossing.content import Content, LocationPart, Texts
from directory.vocabulary import localised
from facts.critical import for_whom_of
from facts.hours import hours_lines
from facts.wording import items
from organizations.models import ContactAudience


@dataclass(frozen=True)
class CallQuestion:
    """One fact to ask about. `path` is kept with the check; `key` is the digit that ticks it."""

    path: str
    label: str
    ask: str
    lines: list[str]
    key: int


def questions(content: Content) -> list[CallQuestion]:
    """In the order in which a conversation goes, without what the listing says nothing about."""
    asked = [entry for entry in _facts(content) if entry[3]]
    return [CallQuestion(path, label, ask, lines, number) for number, (path, label, ask, lines) in enumerate(asked, 1)]


def _facts(content: Content) -> list[tuple[str, str, str, list[str]]]:
    """(path, name, question, what the listing says) of everything that can be asked."""
    service, place, listing = content["service"], content["location"], content["listing"]
    documents = _with_note("service.documents", service["documents"], service["documents_note"])
    cost = _with_note("service.cost", service["cost"], service["cost_note"])
    intake = _together("service.intake", service["intake"])
    languages = _together("service.languages", service["languages"])
    attributes = items("service.attributes", service.get("attributes", []))
    return [
        ("contacts", _("Phone"), _("Is this the number that clients call?"), _numbers(content)),
        ("listing.hours", _("Hours"), _("When can people come or call?"), hours_lines(listing["hours"])),
        ("location.address", _("Address"), _("Where exactly do people come?"), _address(place)),
        ("service.groups", _("For whom"), _("Whom do you take, whom not?"), for_whom_of(service)),
        ("service.documents", _("Documents"), _("What must a person bring?"), documents),
        ("service.cost", _("Cost"), _("What does it cost?"), cost),
        ("service.intake", _("How to get in"), _("How does one begin?"), intake),
        ("service.languages", _("Languages"), _("Which languages are spoken?"), languages),
        ("service.attributes", _("What else matters"), _("Is this still so?"), attributes),
    ]


def lines_to_call(content: Content) -> list[dict[str, object]]:
    """Contacts {value, url, label, channel, for_colleagues}: clients' first."""
    contacts = sorted(content["contacts"], key=lambda contact: contact["audience"] != ContactAudience.CLIENTS)
    return [
        {
            "value": contact["value"],
            "url": href(contact["channel"], contact["value"]),
            "label": " · ".join(filter(None, [contact["person"], localised(contact["label"])])),
            "hours": localised(contact["hours_note"]),
            "channel": contact["channel"],
            "for_colleagues": contact["audience"] == ContactAudience.COLLEAGUES,
        }
        for contact in contacts
    ]


def _numbers(content: Content) -> list[str]:
    return [c["value"] for c in content["contacts"] if c["audience"] == ContactAudience.CLIENTS]


def _address(place: LocationPart | None) -> list[str]:
    if place is None:
        return []
    parts = [localised(place["city"]), localised(place["address"])]
    return [", ".join(part for part in parts if part) or localised(place["name"])]


def _together(path: str, value: str | list[str]) -> list[str]:
    words = ", ".join(items(path, value))
    return [words] if words else []


def _with_note(path: str, value: str | list[str], text: Texts) -> list[str]:
    note = localised(text)
    return [*_together(path, value), *([note] if note else [])]
