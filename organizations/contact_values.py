"""One way to write each kind of contact, and a clear word when it cannot be one.

Kept shapes: phone "+995 322 12 34 56" (short numbers of a country as digits: "112"), e-mail with a lower-case
domain, Telegram "@name" or the invitation's link, Signal and WhatsApp and Viber a phone (or the service's own
link), web form an https or http address. All raise ValidationError.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberFormat

from core.writing import clean_text
from organizations.models import Channel

_HANDLE = re.compile(r"^[A-Za-z][A-Za-z0-9_]{3,31}$")
_TELEGRAM_LINK = re.compile(r"^(?:https?://)?(?:www\.)?(?:t|telegram)\.me/", re.IGNORECASE)
_WHATSAPP_LINK = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:wa\.me/|api\.whatsapp\.com/send\?phone=)\+?(\d+)", re.IGNORECASE
)
_SIGNAL_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_]{2,31}\.\d{2,9}$")
_OWN_LINKS = {
    Channel.SIGNAL: ("signal.me", "signal.group"),
    Channel.VIBER: ("invite.viber.com", "chats.viber.com"),
    Channel.WHATSAPP: ("chat.whatsapp.com",),
}
_is_web_address = URLValidator(schemes=["http", "https"])


def normalise(channel: str, value: str, *, country: str = "") -> str:
    """The value as it is kept. `country` (ISO code) is where a phone without "+" belongs."""
    value = clean_text(value)
    if not value:
        raise ValidationError(_("Write the number, address or link."))
    if channel == Channel.PHONE:
        return phone(value, country=country)
    if channel == Channel.EMAIL:
        return email(value)
    if channel == Channel.TELEGRAM:
        return telegram(value, country=country)
    if channel == Channel.FORM:
        return web_address(value)
    return messenger(channel, value, country=country)


def phone(value: str, *, country: str = "") -> str:
    """International notation; emergency and other short numbers stay as people dial them."""
    region = country.upper() or None
    digits = re.sub(r"[\s()\-–.]", "", value)
    if region and digits.isdigit() and len(digits) <= 6:
        if _is_short_number(digits, region):
            return digits
        raise ValidationError(_("This short number does not exist in the country of the place."))
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_phone_fault(error, region)) from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise ValidationError(_("This phone number has too many digits."))
    if reason not in (phonenumbers.ValidationResult.IS_POSSIBLE, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        raise ValidationError(_("This phone number has too few digits."))
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _is_short_number(digits: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:  # a single digit, or zeros
        return False
    return bool(phonenumbers.is_possible_short_number_for_region(number, region))


def email(value: str) -> str:
    value = value.removeprefix("mailto:")
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValidationError(_("This is not an e-mail address. It looks like name@example.org.")) from error
    name, _at, domain = value.rpartition("@")
    return f"{name}@{domain.lower()}"


def telegram(value: str, *, country: str = "") -> str:
    """A handle "@name"; the link of an invitation (t.me/+…) is kept whole; a phone number is a phone number."""
    if value.startswith("+") or re.fullmatch(r"[\d\s()\-]{7,}", value):
        return phone(value, country=country)
    path = _TELEGRAM_LINK.sub("", value).split("?")[0].strip("/")
    if _TELEGRAM_LINK.match(value) and re.fullmatch(r"(\+|joinchat/)[\w-]{8,40}", path):
        return f"https://t.me/{path}"
    handle = path.removeprefix("@").removeprefix("s/")
    if not _HANDLE.match(handle):
        raise ValidationError(_("Write the Telegram name as @name or paste its t.me link."))
    return f"@{handle}"


def messenger(channel: str, value: str, *, country: str = "") -> str:
    """Signal, WhatsApp, Viber: a phone number, or the service's own kind of link or name."""
    if found := _WHATSAPP_LINK.match(value):
        return phone(f"+{found[1]}")
    if channel == Channel.SIGNAL and _SIGNAL_NAME.match(value):
        return value
    if "/" in value:
        address = web_address(value)
        if urlsplit(address).hostname in _OWN_LINKS[Channel(channel)]:
            return address
        raise ValidationError(_("This link does not belong to that messenger. Write the phone number."))
    return phone(value, country=country)


def web_address(value: str) -> str:
    """An http or https address of a named host, without a login in it; https is put before a bare host."""
    value = clean_text(value)
    if value and "://" not in value:
        value = f"https://{value}"
    fault = _("This is not a web address. It looks like https://example.org/page.")
    try:
        _is_web_address(value)
        parts = urlsplit(value)
    except (ValidationError, ValueError) as error:
        raise ValidationError(fault) from error
    host = parts.hostname or ""
    if parts.username or parts.password or "." not in host or _is_number(host):
        raise ValidationError(fault)
    return value


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _phone_fault(error: phonenumbers.NumberParseException, region: str | None) -> str:
    if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
        if region is None:
            return str(_("Begin the number with + and the code of the country."))
        return str(_("The code of the country after + does not exist."))
    return str(_("This is not a phone number. Write it with the code of the country: +995 32 212 34 56."))
