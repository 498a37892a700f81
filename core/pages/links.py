"""What a tap on a way to reach somebody opens, and how people read it.

A link is built only from parts that were checked; anything else has none. Whoever keeps a value asks here first, so
that nothing is ever shown that cannot be tapped.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumber, PhoneNumberFormat

_HANDLE = re.compile(r"^@[A-Za-z][A-Za-z0-9_]{3,31}$")
_WEB = re.compile(r"^https?://", re.IGNORECASE)
#: Numbers as they are dialled, without a code of a country: 112, 1505, *1414, *100#.
SHORT_NUMBER = re.compile(r"^(?:\d{2,6}|[*#][\d*#]{1,9})$")
_PHONE = re.compile(r"^\+?[\d\s()\-.–]{5,30}(?:\s?ext\. \d{1,7})?$")
#: Messengers whose links carry a phone number: the digits are put after the prefix.
_BY_NUMBER = {"whatsapp": "https://wa.me/", "viber": "viber://chat?number=%2B", "signal": "https://signal.me/#p/+"}


def href(channel: str, value: str, country: str = "") -> str:
    """The address behind a contact, "" when there is none that is safe to build; `country` of a local number."""
    if _WEB.match(value):
        return value if urlsplit(value).hostname else ""
    if channel == "email":
        return f"mailto:{quote(value, safe='@+')}"
    if channel == "telegram" and _HANDLE.match(value):
        return f"https://t.me/{value[1:]}"
    if channel == "phone" and SHORT_NUMBER.match(value):
        return f"tel:{quote(value, safe='*')}"
    number = _number(value, country)
    if number is None:
        return ""
    digits = _in_e164(number)
    if channel == "phone":
        return f"tel:{digits}" + (f";ext={number.extension}" if number.extension else "")
    if channel == "telegram":
        return f"https://t.me/{digits}"
    return _BY_NUMBER[channel] + digits[1:] if channel in _BY_NUMBER else ""


def display(value: str, country: str = "") -> str:
    """A phone number in groups of digits, a web address without its scheme, anything else as it is."""
    if _WEB.match(value):
        return value.split("://", 1)[1].rstrip("/")
    number = None if SHORT_NUMBER.match(value) else _number(value, country)
    if number is None:
        return value
    extension, number.extension = number.extension, None
    shown = str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))
    return _("%(number)s, ext. %(extension)s") % {"number": shown, "extension": extension} if extension else shown


def _number(value: str, country: str) -> PhoneNumber | None:
    if not _PHONE.match(value):
        return None
    try:
        return phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return None


def _in_e164(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
