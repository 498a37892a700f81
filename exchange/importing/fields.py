"""Which of our fields a mapping may fill, and how values become what the services take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.countries import country_codes
from core.languages import split_column
from core.writing import clean_text
from exchange.importing.expressions import Expression, Remarks
from exchange.importing.sources import Row
from organizations.models import Contact, Location, Organization
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
        ("name", "type", "country", "region", "city", "district", "address", "postal_code", "directions", "transit",
         "timezone", "step_free", "accessible_toilet", "lift", "accessibility_note"),
    ),
    "service": (
        Service,
        ("title", "summary", "text", "types", "delivery", "groups", "statuses", "insurance", "age_from", "age_to",
         "gender", "eligibility_note", "documents", "documents_note", "cost", "cost_note", "intake", "waiting",
         "languages", "interpreter_languages", "anonymous", "confidentiality_note", "legal_risk_note", "starts_on",
         "ends_on"),
    ),
    "listing": (ServiceAtLocation, ("note", "remote_country")),
    "contact": (Contact, ("channel", "value", "label", "languages", "hours_note")),
}  # fmt: skip
#: Without these a row is refused.
REQUIRED = {
    "organization": ("name", "registration_country"),
    "location": ("name", "country"),
    "service": ("title", "types"),
}
_YES = {"yes", "true", "1", "да", "y", "+"}
_NO = {"no", "false", "0", "нет", "n", "-"}


def model_field(part: str, name: str) -> models.Field[Any, Any] | None:
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


def known_codes(part: str, name: str) -> Iterable[str] | None:
    """The codes of ours that the field takes; None for free values."""
    terms = {
        ("service", "types"): ServiceType.objects.current().leaves(),
        ("service", "statuses"): MigrationStatus.objects.current(),
        ("service", "documents"): DocumentKind.objects.current(),
        ("service", "groups"): TargetGroup.objects.current(),
    }
    if (part, name) in terms:
        return set(terms[part, name].values_list("code", flat=True))
    if name in ("languages", "interpreter_languages", "working_languages"):
        return set(DeliveryLanguage.objects.current().values_list("code", flat=True))
    if name in ACCESS_CHOICES:
        return set(ACCESS_CHOICES[name].values)
    if name in ("countries", "country", "registration_country", "remote_country"):
        return country_codes()
    field = model_field(part, name)
    return [str(value) for value, _label in field.choices] if field is not None and field.choices else None


def convert(part: str, name: str, expression: Expression, row: Row, remarks: Remarks) -> Any:
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


def is_code(part: str, name: str, outcome: Any, known: Iterable[str]) -> bool:
    """Whether a value that a mapping names is one of the known codes."""
    if name == "groups" and isinstance(outcome, dict):
        return set(outcome) <= set(known) and set(outcome.values()) <= set(Welcome.values)
    return outcome in known


def _groups(values: list[Any]) -> dict[str, str]:
    """`[{"plhiv": "only"}, "msm"]` → `{"plhiv": "only", "msm": "all"}`."""
    groups: dict[str, str] = {}
    for value in values:
        groups |= value if isinstance(value, dict) else {str(value): Welcome.ALL.value}
    return groups


def _one(values: list[Any], convert_one: Callable[[Any], Any]) -> Any:
    if not values:
        return None
    if len(values) > 1:
        raise ValidationError(_("One value was expected, these are several: %(values)s") % {"values": values})
    return convert_one(values[0])


def _boolean(value: Any) -> bool:
    text = str(value).strip().lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise ValidationError(_("Yes or no was expected, not “%(value)s”.") % {"value": value})


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    for shape in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(str(value), shape).date()  # noqa: DTZ007  (a date has no zone)
        except ValueError:
            continue
    raise ValidationError(_("A date was expected, like 2026-12-31, not “%(value)s”.") % {"value": value})


def _whole(value: Any) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        raise ValidationError(_("A whole number was expected, not “%(value)s”.") % {"value": value}) from error


_SINGLE: dict[type[models.Field[Any, Any]], Callable[[Any], Any]] = {
    models.BooleanField: _boolean,
    models.DateField: _date,
    models.IntegerField: _whole,
}
