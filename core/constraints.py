"""Pieces of models and constraints that several apps share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import StaleWrite
from core.ids import LENGTH, new_public_id
from core.types import Words

ModelT = TypeVar("ModelT", bound="Editable")


class Editable(models.Model):
    """A row that people edit: random public id, integer version for conditional writes, two timestamps.

    `updated_at` says when somebody edited. It never means that somebody checked.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


def codes_field(verbose_name: Words, help_text: Words = "", **more: Any) -> ArrayField[Sequence[str], list[str]]:
    """A set of stable vocabulary codes, kept as an array: one row, one version, one audit diff."""
    inner: models.CharField[str, str] = models.CharField(max_length=48)
    return ArrayField(inner, default=list, blank=True, verbose_name=verbose_name, help_text=help_text, **more)


@transaction.atomic
def save_version(instance: ModelT, *, expected: int, fields: Iterable[str]) -> ModelT:
    """Write `fields` of `instance` when its row still has version `expected`, else raise StaleWrite.

    One conditional UPDATE, so two people who edit the same row cannot overwrite each other silently. Constraints
    are checked first and raise ValidationError with their own messages.
    """
    names = list(dict.fromkeys(fields))
    # Translated texts are fields without a column: cleaning them would copy a lone English text into the Russian one.
    instance.full_clean(exclude={f.name for f in type(instance)._meta.fields if f.name not in names})
    return write_version(instance, expected=expected, fields=names)


def write_version(instance: ModelT, *, expected: int, fields: Iterable[str]) -> ModelT:
    """The write alone, of what the caller has checked; the database still checks its constraints."""
    names, model = list(fields), type(instance)
    values = {name: getattr(instance, name) for name in names}
    values |= {"version": expected + 1, "updated_at": clock.now()}
    changed = model._default_manager.filter(pk=instance.pk, version=expected).update(**values)
    if not changed:
        current = model._default_manager.get(pk=instance.pk)
        differing = {n: (getattr(instance, n), getattr(current, n)) for n in names}
        raise StaleWrite(
            _("Somebody else saved this meanwhile. Their changes are shown beside yours."),
            current=current,
            changed={n: pair for n, pair in differing.items() if pair[0] != pair[1]},
        )
    instance.version = expected + 1
    instance.updated_at = values["updated_at"]
    return instance
