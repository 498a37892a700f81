"""Contacts that work by a tap. A link is built only from parts that were checked; anything else stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

import phonenumbers
from django.utils.translation import gettext as _

from directory import labels
from directory.content import ContactShown
from directory.vocabulary import Vocabulary, localised
from reading.shapes import ContactTold

_HANDLE = re.compile(r"^@[A-Za-z][A-Za-z0-9_]{3,31}$")
_SHORT_NUMBER = re.compile(r"^\d{2,6}$")
#: Messengers whose links carry a phone number: the digits are put after the prefix.
_BY_NUMBER = {"whatsapp": "https://wa.me/", "viber": "viber://chat?number=%2B", "signal": "https://signal.me/#p/+"}


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
        "label": localised(item.get("label")),
        "languages": vocabulary.names("language", item.get("languages") or []),
        "hours_note": localised(item.get("hours_note")),
        "is_crisis": bool(item.get("is_crisis")),
        "audience": item.get("audience", "clients"),
        "person": str(item.get("person") or ""),
    }


def _text(channel: str, shown: str) -> str:
    """What the link says: the action, or the messenger."""
    if channel == "phone":
        return _("Call %(number)s") % {"number": shown}
    if channel == "email":
        return _("Write to %(address)s") % {"address": shown}
    return f"{labels.label(labels.CHANNEL, channel)}: {shown}"


def href(channel: str, value: str, country: str = "") -> str:
    """The address behind the contact, "" when there is none that is safe to build."""
    if value.startswith(("https://", "http://")):
        return value if urlsplit(value).hostname else ""
    if channel == "email":
        return f"mailto:{quote(value, safe='@+')}"
    if channel == "telegram" and _HANDLE.match(value):
        return f"https://t.me/{value[1:]}"
    number = _number(value, country)
    if channel == "phone":
        return f"tel:{number}" if number else ""
    if channel == "telegram" and number.startswith("+"):
        return f"https://t.me/{number}"
    if channel in _BY_NUMBER and number.startswith("+"):
        return _BY_NUMBER[channel] + number[1:]
    return ""


def display(value: str, country: str = "") -> str:
    """A phone number in groups of digits, a web address without its scheme, anything else as it is."""
    if value.startswith(("https://", "http://")):
        return value.split("://", 1)[1].rstrip("/")
    number = _number(value, country)
    if not number.startswith("+"):
        return value
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def client_phone(items: Iterable[ContactShown], country: str = "") -> dict[str, str] | None:
    """The first phone for clients as {display, href}."""
    for item in items:
        if item.get("channel") == "phone" and item.get("audience") != "colleagues":
            value = str(item["value"])
            return {"display": display(value, country), "href": href("phone", value, country)}
    return None


def _number(value: str, country: str) -> str:
    """“+” and digits, a short number as it is dialled, or "" for what is no number."""
    if _SHORT_NUMBER.match(value):
        return value
    if not re.fullmatch(r"\+?[\d\s()\-.–]{5,30}", value):
        return ""
    try:
        parsed = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
