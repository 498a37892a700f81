"""Nobody can write a name, a phone or a diagnosis into a referral: no column of this room takes a free text."""

from __future__ import annotations

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models

#: Columns of letters without choices, each with the fixed alphabet or vocabulary that fills it.
FIXED = {
    "Referral.public_id": "core.ids", "Referral.code": "referrals.codes", "Leg.public_id": "core.ids",
    "Offer.public_id": "core.ids",
}  # fmt: skip
#: Arrays of codes of the network's vocabulary: the form offers its terms alone.
VOCABULARY = {"Referral.languages", "Referral.groups"}
_PLAIN = (
    models.BooleanField, models.DateField, models.DateTimeField, models.PositiveIntegerField,
    models.PositiveSmallIntegerField, models.ForeignKey, models.OneToOneField, models.BigAutoField,
)  # fmt: skip


def free_texts() -> set[str]:
    found = set()
    for model in apps.get_app_config("referrals").get_models():
        for field in model._meta.concrete_fields:
            name = f"{model.__name__}.{field.name}"
            inner = field.base_field if isinstance(field, ArrayField) else field
            if isinstance(inner, _PLAIN) or name in FIXED or name in VOCABULARY or inner.choices:
                continue
            if isinstance(inner, models.CharField) and any(_is_narrow(one) for one in inner.validators):
                continue
            found.add(name)
    return found


def _is_narrow(validator: object) -> bool:
    """A pattern of lower-case codes or two capitals: no space, no digit of a phone beside words."""
    pattern = validator.regex.pattern if isinstance(validator, RegexValidator) else ""
    return pattern.startswith("^[") and pattern.endswith("}$") and " " not in pattern and "." not in pattern


def test_no_column_takes_a_free_text():
    assert free_texts() == set()
    kinds = {type(f) for m in apps.get_app_config("referrals").get_models() for f in m._meta.concrete_fields}
    assert not kinds & {models.TextField, models.JSONField, models.FileField, models.EmailField, models.URLField}


def test_no_column_is_named_after_what_says_who_somebody_is():
    names = {f.name for m in apps.get_app_config("referrals").get_models() for f in m._meta.concrete_fields}
    for word in (
        "name",
        "birth",
        "phone",
        "document",
        "passport",
        "diagnosis",
        "note",
        "comment",
        "text",
        "file",
        "age",
    ):
        assert not [name for name in names if word in name.split("_")], word


def test_no_history_outlives_the_rows():
    """Triggers of an audit would keep what is to be forgotten."""
    models_of_room = set(apps.get_app_config("referrals").get_models())
    tracked = {getattr(model, "pgh_tracked_model", None) for model in apps.get_models()}
    assert not tracked & models_of_room
