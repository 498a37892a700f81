"""One way to write each kind of contact, and a clear word when it cannot be one.

Kept shapes: phone "+995 322 12 34 56", with "ext. 12" behind it where there is one (short numbers of a country as
people dial them: "112", "*1414"), e-mail with a lower-case domain, Telegram "@name" or a link that Telegram opens,
Signal and WhatsApp and Viber a phone (or the service's own link), web form an http or https address.
All raise ValidationError, and `Doubt` where the value may be right all the same: whoever is sure says so.
Rule: what is kept has a link (`core.pages.links`); nothing is ever shown that cannot be tapped.
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumber, PhoneNumberFormat

from core.pages.links import SHORT_NUMBER, href
from core.spelling.folding import bare
from organizations.models import Channel

_HANDLE = re.compile(r"^[A-Za-z][A-Za-z0-9_]{3,31}$")
_TELEGRAM_LINK = re.compile(r"^(?:https?://)?(?:www\.)?(?:t|telegram)\.(?:me|dog)/", re.IGNORECASE)
#: A message or a topic of a channel, and a bot that is told with what to begin.
_TELEGRAM_PLACE = re.compile(r"^[A-Za-z][A-Za-z0-9_]{3,31}(?:/\d{1,12}){1,2}$")
_TELEGRAM_START = re.compile(r"^(?:start|startgroup|startapp)=[\w-]{1,64}$")
_WHATSAPP_LINK = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?(\d+)", re.IGNORECASE
)
_VIBER_LINK = re.compile(r"^viber://(?:chat|add)/?\?number=(?:%2B|\+)?(\d+)", re.IGNORECASE)
_SIGNAL_NAME = re.compile(r"^@?[A-Za-z_][A-Za-z0-9_]{2,31}\.\d{2,9}$")
#: Hosts of a messenger's own links, and how their paths begin.
_OWN_LINKS = {
    Channel.SIGNAL: {"signal.me": "", "signal.group": ""},
    Channel.VIBER: {"invite.viber.com": "", "chats.viber.com": ""},
    Channel.WHATSAPP: {
        "chat.whatsapp.com": "/",
        "wa.me": "/(message|qr|c)/",
        "whatsapp.com": "/channel/",
        "www.whatsapp.com": "/channel/",
    },
}
#: What people put before an extension.
_EXTENSION = re.compile(
    r"[\s,;(]*(?:доб|доп|вн|внутр|внутренний|добавочный|дод|ішкі|қосымша|ext|extn|extension|int|[xх#;])"
    r"\.?\s*:?\s*(\d{1,7})\s*\)?\s*$",
    re.IGNORECASE,
)
#: Where 8 is dialled before the code of a city.
_LONG_DISTANCE_8 = {"RU", "KZ", "BY", "UZ", "TM"}
_HELP_LINE = re.compile(r"^116\d{3}$")
#: More digits than that are a second number.
_LONGEST_EXTENSION = 6
_is_web_address = URLValidator(schemes=["http", "https"])


class Doubt(ValidationError):
    """The value may be right. Whoever is sure of it says so, and it is kept."""


@lru_cache(maxsize=1024)  # a form, an import and what it finds alike ask for the same one after another
def normalise(channel: str, value: str, *, country: str = "", is_sure: bool = False) -> str:
    """The value as it is kept. `country` (ISO code) is where a phone without "+" belongs."""
    value = bare(value)
    if not value:
        raise ValidationError(_("Write the number, address or link."))
    kept = _normalise(channel, value, country, is_sure)
    if not href(channel, kept):
        raise ValidationError(_("Nobody could tap this. Write a number, an address or a link."))
    return kept


def _normalise(channel: str, value: str, country: str, is_sure: bool) -> str:
    if channel == Channel.PHONE:
        return phone(value, country=country, is_sure=is_sure)
    if channel == Channel.EMAIL:
        return email(value)
    if channel == Channel.TELEGRAM:
        return telegram(value, country=country)
    if channel == Channel.FORM:
        return web_address(value)
    return messenger(channel, value, country=country)


def is_short(value: str) -> bool:
    """Whether it cannot be the number of a city without its code: 1505, *1414, 116 006. Five digits may be one.

    116 and three more are the numbers of help lines that the countries of Europe agreed upon (decision 2007/116/EC);
    other countries took them over, and no city's number begins with a 1.
    """
    return bool(re.match(r"^(?:[*#][\d*#]{2,}|\d{3,4})$", value.strip()) or _HELP_LINE.match(_dialled(value)))


def phone(value: str, *, country: str = "", is_sure: bool = False) -> str:
    """International notation; emergency and other short numbers stay as people dial them."""
    region = country.upper() or None
    value = _EXTENSION.sub(r" ext. \1", value.removeprefix("tel:"))
    if SHORT_NUMBER.match(_dialled(value)):
        return _short(_dialled(value), region, is_sure)
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_phone_fault(error, region)) from error
    _refuse_length(phonenumbers.is_possible_number_with_reason(number))
    _refuse_code(value, number, region, is_sure)
    if len(number.extension or "") > _LONGEST_EXTENSION:
        raise ValidationError(_("Write one number in each contact."))
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _dialled(value: str) -> str:
    return re.sub(r"[\s()\-–.]", "", value)


def _short(digits: str, region: str | None, is_sure: bool) -> str:
    """A number that is dialled as it is. Lists of them are never complete, so an unknown one is only doubted."""
    if is_sure:
        return digits
    if region and digits.isdigit() and _is_short_number(digits, region):
        return digits
    raise Doubt(
        _(
            "We do not know this short number. If people dial exactly this, save once more. Otherwise write the "
            "number with the code of the country and of the city."
        ),
        code="doubt",
    )


def _refuse_length(reason: int) -> None:
    if reason == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise ValidationError(_("The code of the city is missing: without it the number rings nowhere."))
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise ValidationError(_("This phone number has too many digits."))
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise ValidationError(_("This phone number has too few digits."))


def _refuse_code(value: str, number: PhoneNumber, region: str | None, is_sure: bool) -> None:
    """«+8 495 …» is dialled as +84 95: the 8 of a long distance is no code of a country."""
    written = re.match(r"^\+\s*(\d+)", value)
    if not written:
        return
    code = str(number.country_code)
    if len(written[1]) < len(code):
        text = _("There is no country with the code +%(written)s: this would ring in +%(code)s. For Russia write +7.")
        raise ValidationError(text % {"written": written[1], "code": code})
    is_long_distance = re.match(r"^\+8\d{10}$", re.sub(r"[^+\d]", "", value.partition(" ext.")[0]))
    if is_long_distance and region in _LONG_DISTANCE_8 and not is_sure:
        text = _("This number is in another part of the world: +%(code)s. If it is right, save once more. Or write +7.")
        raise Doubt(text % {"code": code}, code="doubt")


def _is_short_number(digits: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:  # a single digit, or zeros
        return False
    return bool(phonenumbers.is_possible_short_number_for_region(number, region))


def email(value: str) -> str:
    value = re.sub(r"^mailto:", "", value, flags=re.IGNORECASE).partition("?")[0]
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValidationError(_("This is not an e-mail address. It looks like name@example.org.")) from error
    name, _at, domain = value.rpartition("@")
    return f"{name}@{domain.lower()}"


def telegram(value: str, *, country: str = "") -> str:
    """A handle "@name"; links that open more than that are kept whole; a phone number is a phone number."""
    if value.startswith("+") or re.fullmatch(r"[\d\s()\-]{7,}", value):
        return _without_extension(phone(value, country=country))
    is_link = bool(_TELEGRAM_LINK.match(value))
    path, _mark, query = _TELEGRAM_LINK.sub("", value).partition("?")
    path = path.strip("/")
    if is_link and re.fullmatch(r"(\+|joinchat/)[\w-]{8,40}", path):
        return f"https://t.me/{path}"
    if is_link and _TELEGRAM_PLACE.match(path):
        return f"https://t.me/{path}"
    if is_link and path.partition("/")[0] in ("c", "share", "addstickers", "addemoji", "proxy", "socks", "iv", "login"):
        raise ValidationError(_("This Telegram link does not lead to a person, a group or a channel for everybody."))
    handle = path.removeprefix("@").removeprefix("s/")
    if not _HANDLE.match(handle):
        raise ValidationError(_("Write the Telegram name as @name or paste its t.me link."))
    if is_link and _TELEGRAM_START.match(query):
        return f"https://t.me/{handle}?{query}"
    return f"@{handle}"


def messenger(channel: str, value: str, *, country: str = "") -> str:
    """Signal, WhatsApp, Viber: a phone number, or the service's own kind of link."""
    if found := _WHATSAPP_LINK.match(value) or _VIBER_LINK.match(value):
        return phone(f"+{found[1]}")
    if channel == Channel.SIGNAL and _SIGNAL_NAME.match(value):
        raise ValidationError(_("Signal opens a name only by its link. Copy the link in Signal and paste it here."))
    if "/" in value:
        address = web_address(value)
        parts, own = urlsplit(address), _OWN_LINKS[Channel(channel)]
        if parts.hostname in own and re.match(own[parts.hostname], parts.path):
            return address
        raise ValidationError(_("This link does not belong to that messenger. Write the phone number."))
    return _without_extension(phone(value, country=country))


def _without_extension(number: str) -> str:
    if "ext." in number or SHORT_NUMBER.match(number):
        raise ValidationError(_("A messenger needs a whole number of its own, without an extension."))
    return number


def web_address(value: str) -> str:
    """An http or https address of a named host, without a login in it; https is put before a bare host."""
    value = bare(value)
    if value and "://" not in value:
        value = f"https://{value}"
    fault = _("This is not a web address. It looks like https://example.org/page.")
    try:
        parts = urlsplit(value)
        # Scheme and host are the same in any case, and a link is known by a lower-case scheme.
        value = parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl()
        _is_web_address(value)
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
