"""Contacts that work by a tap; `core.pages.links` says what it opens."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.pages.links import display, href
from core.phrasing.direction import left_to_right
from directory.crossing.content import ContactShown
from directory.shown import labels
from directory.vocabulary import Vocabulary, as_read
from reading.shapes import ContactTold


def contacts(items: Iterable[ContactShown], vocabulary: Vocabulary, country: str = "") -> list[ContactTold]:
    """Crisis lines first, otherwise in the order of the organisation."""
    shown = [contact(item, vocabulary, country) for item in items]
    return sorted(shown, key=lambda one: not one["is_crisis"])


def contact(item: ContactShown, vocabulary: Vocabulary, country: str = "") -> ContactTold:
    """One contact; `value` is what was kept, `display` how people read it, `text` names the channel too."""
    channel, value = str(item.get("channel", "")), str(item.get("value", ""))
    return {
        "channel": channel,
        "value": value,
        "href": href(channel, value, country),
        "display": display(value, country),
        "text": _text(channel, display(value, country)),
        "label": as_read(item.get("label")),
        "languages": vocabulary.names("language", item.get("languages") or []),
        "hours_note": as_read(item.get("hours_note")),
        "is_crisis": bool(item.get("is_crisis")),
        "audience": item.get("audience", "clients"),
        "person": str(item.get("person") or ""),
    }


def _text(channel: str, shown: str) -> str:
    """What the link says: the action, or the messenger."""
    if channel == "phone":
        return _("Call %(number)s") % {"number": left_to_right(shown)}
    if channel == "email":
        return _("Write to %(address)s") % {"address": left_to_right(shown)}
    return f"{labels.label(labels.CHANNEL, channel)}: {shown}"


def client_phone(items: Iterable[ContactShown], country: str = "") -> dict[str, str] | None:
    """The first phone for clients as {display, href}."""
    for item in items:
        if item.get("channel") == "phone" and item.get("audience") != "colleagues":
            value = str(item["value"])
            return {"display": display(value, country), "href": href("phone", value, country)}
    return None
