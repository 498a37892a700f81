"""Which of our fields a mapping may fill, and how values become what the services take."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.geo.countries import country_codes
from core.languages import column, columns, split_column, writing
from core.types import Words
from core.writing import clean_text
from exchange.importing.notes import Remarks
from exchange.importing.reading.rows import Row
from exchange.importing.translating.expressions import Expression
from organizations.models import Contact, Location, Organization
from services.attributes import asked
from services.models import (
    ACCESS_CHOICES,
    DeliveryLanguage,
    DocumentKind,
    MigrationStatus,
    Service,
    ServiceAtLocation,
    ServiceType,
    TargetGroup,
    Welcome,
)

#: part of a mapping: (model, fields that it may fill; translated ones in every language)
PARTS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "organization": (
        Organization,
        ("name", "name_local", "short_name", "description", "legal_form", "registration_country", "countries",
         "working_languages", "website", "community_led"),
    ),
    "location": (
        Location,
        ("name", "type", "country", "region", "city", "place_code", "district", "address", "postal_code", "directions",
         "transit", "timezone", "step_free", "accessible_toilet", "lift", "accessibility_note"),
    ),
    "service": (
        Service,
        ("title", "summary", "text", "types", "delivery", "groups", "statuses", "insurance", "age_from", "age_to",
         "gender", "eligibility_note", "documents", "documents_note", "cost", "cost_note", "intake", "waiting",
         "languages", "interpreter_languages", "anonymous", "confidentiality_note", "legal_risk_note", "starts_on",
         "ends_on", "attributes"),
    ),
    "listing": (ServiceAtLocation, ("note", "remote_country")),
    "contact": (Contact, ("channel", "value", "label", "languages", "hours_note")),
}  # fmt: skip
#: Fields whose codes are terms of the vocabulary; so are languages.
_TERMS: dict[str, Any] = {
    "types": ServiceType,
    "statuses": MigrationStatus,
    "documents": DocumentKind,
    "groups": TargetGroup,
}
#: Fields whose codes are countries of ISO 3166.
COUNTRIES = ("countries", "country", "registration_country", "remote_country")
#: Without these a row is refused.
REQUIRED = {
    "organization": ("name", "registration_country"),
    "location": ("name", "country"),
    "service": ("title", "types"),
}
_YES = {"yes", "true", "1", "да", "y", "+"}
_NO = {"no", "false", "0", "нет", "n", "-"}


def model_field(part: str, name: str) -> models.Field[object, object] | None:
    """The model's field for a name of ours (in any language); None for a name that cannot be filled."""
    model, names = PARTS[part]
    if name in names:
        return model._meta.get_field(name)  # type: ignore[return-value]
    base, _language = split_column(name)
    try:
        translated = model._meta.get_field("i18n").fields  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return None
    return model._meta.get_field(base) if base != name and base in names and base in translated else None  # type: ignore[return-value]


def twins(part: str, name: str) -> dict[str, str]:
    """The columns of the same text in other languages, with the language of each; {} for what is not translated."""
    every = dict(columns(split_column(name)[0]))
    is_translated = all(model_field(part, at) is not None for at in every)
    return {at: code for at, code in every.items() if at != name} if is_translated else {}


def known_codes(part: str, name: str) -> Mapping[str, Words] | None:
    """The codes of ours that the field takes, with their names in the order of the vocabulary; None for free values."""
    if name in _TERMS or name.endswith("languages"):
        terms = _TERMS.get(name, DeliveryLanguage).objects.current()
        if name == "types":
            terms = terms.leaves().order_by("parent__position", "position")
        return {term.code: getattr(term, column("name", writing())) or term.name for term in terms}
    if name == "attributes":
        every = ((one, code) for one in asked() for code in one.answers if not one.is_retired(code))
        return {code: f"{one.name}: {one.answer(code)}" for one, code in every}
    if name in ACCESS_CHOICES:
        return {str(value): label for value, label in ACCESS_CHOICES[name].choices}
    if name in COUNTRIES:
        return dict.fromkeys(sorted(country_codes()), "")
    field = model_field(part, name)
    return {str(value): str(label) for value, label in field.choices} if field is not None and field.choices else None


def convert(part: str, name: str, expression: Expression, row: Row, remarks: Remarks) -> object:
    """Our value out of what the row gives. ValidationError when it cannot be one."""
    field = model_field(part, name)
    single = next((convert_one for kind, convert_one in _SINGLE.items() if isinstance(field, kind)), None)
    if name == "groups":
        return _groups(expression.values(row, remarks))
    if isinstance(field, ArrayField):
        return list(dict.fromkeys(str(value) for value in expression.values(row, remarks)))
    if single:
        return _one(expression.values(row, remarks), single)
    text = clean_text(expression.text(row, remarks), lines=isinstance(field, models.TextField))
    return text.upper() if name in ("country", "registration_country", "remote_country") else text


def is_code(part: str, name: str, outcome: object, known: Collection[str]) -> bool:
    """Whether a value that a mapping names is one of the known codes."""
    if name == "groups" and isinstance(outcome, dict):
        return set(outcome) <= set(known) and set(outcome.values()) <= set(Welcome.values)
    return outcome in known


def _groups(values: list[object]) -> dict[str, str]:
    """`[{"plhiv": "only"}, "msm"]` → `{"plhiv": "only", "msm": "all"}`."""
    groups: dict[str, str] = {}
    for value in values:
        groups |= value if isinstance(value, dict) else {str(value): Welcome.ALL.value}
    return groups


def _one(values: list[object], convert_one: Callable[[object], object]) -> object:
    if not values:
        return None
    if len(values) > 1:
        raise ValidationError(_("One value was expected, these are several: %(values)s") % {"values": values})
    return convert_one(values[0])


def _boolean(value: object) -> bool:
    text = str(value).strip().lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise ValidationError(_("Yes or no was expected, not “%(value)s”.") % {"value": value})


def _date(value: object) -> dt.date:
    text = re.sub(r"[T ]00:00(:00(\.0+)?)?Z?$", "", str(value))
    for shape in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, shape).date()  # noqa: DTZ007  (a date has no zone)
        except ValueError:
            continue
    raise ValidationError(_("A date was expected, like 2026-12-31, not “%(value)s”.") % {"value": value})


def _whole(value: object) -> int:
    text = str(value).strip().removesuffix(".0")
    if not re.fullmatch(r"[+-]?\d{1,9}", text):
        raise ValidationError(_("A whole number was expected, not “%(value)s”.") % {"value": value})
    return int(text)


_SINGLE: dict[type[models.Field[object, object]], Callable[[object], object]] = {
    models.BooleanField: _boolean,
    models.DateField: _date,
    models.IntegerField: _whole,
}


def read_one(field: models.Field[object, object], text: str) -> object:
    """A yes or no, a date or a whole number as people write it. ValidationError for what is none."""
    return next(convert_one for kind, convert_one in _SINGLE.items() if isinstance(field, kind))(text)
