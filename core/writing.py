"""How services write: one transaction, one audit context, allow-listed fields, errors at the field.

Texts are localised by name: `title` is the source's, `title_en` its English twin (kept in the `i18n` column).
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import ParamSpec, Protocol, TypeVar, cast

import pghistory
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import ModelT as EditableT
from core.constraints import write_version
from core.database.bulk import change_rows, insert_rows
from core.languages import split_column
from core.spelling.folding import visible

P = ParamSpec("P")
R = TypeVar("R")
ModelT = TypeVar("ModelT", bound=models.Model)


class Actor(Protocol):
    """Whoever writes: a user, of whom this room knows the key."""

    @property
    def pk(self) -> int: ...


def one_write(function: Callable[P, R]) -> Callable[P, R]:
    """One transaction, with the actor's id beside every audit row that it leaves.

    For functions that take `actor=` (a user, or None for commands run by the operator).
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        actor = cast("Actor | None", kwargs.get("actor"))
        about = {"user": actor.pk} if actor is not None else {}
        with transaction.atomic(), pghistory.context(**about):
            return function(*args, **kwargs)

    return run


def clean_text(value: object, *, lines: bool = False) -> str:
    """The text as it is kept: composed, without invisible characters and spaces at the ends.

    With `lines`, line breaks stay (at most one empty line between paragraphs); otherwise all white space is one space.
    """
    text = visible(str(value or ""))
    if not lines:
        return " ".join(text.split())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def assign(instance: models.Model, values: Mapping[str, object], *, allowed: Collection[str]) -> None:
    """Set cleaned `values` on the instance. A name outside `allowed` is a programming error: TypeError.

    `<name>_en` is allowed for every allowed field that is translated; an empty translation is removed.
    """
    for name, value in values.items():
        base, _language = split_column(name)
        translated = base != name and _is_translated(instance, base)
        if name not in allowed and not (translated and base in allowed):
            raise TypeError(f"{type(instance).__name__} has no editable field {name!r}")
        kind = instance._meta.get_field(base if translated else name)
        if isinstance(kind, models.CharField | models.TextField):
            value = clean_text(value, lines=isinstance(kind, models.TextField))
        setattr(instance, name, (value or None) if translated else value)


def check(instance: models.Model, names: Iterable[str], *, fields_of: Mapping[str, str]) -> None:
    """Validate these columns, their translations and all constraints; raise one ValidationError with every fault.

    `fields_of` says beside which field of a form the message of a named constraint belongs.
    """
    faults = _field_faults(instance, names, with_others=True)
    for constraint in instance._meta.constraints:
        field = fields_of.get(constraint.name, "__all__")
        if field in faults:
            continue
        try:
            constraint.validate(type(instance), instance)
        except ValidationError as error:
            faults.setdefault(field, []).extend(error.error_list)
    if faults:
        raise ValidationError(faults)


def insert(instance: ModelT, *, fields_of: Mapping[str, str]) -> ModelT:
    """Check and write a new row.

    The database checks the constraints, each of which would cost a query of its own here; only when it refuses the
    row is everything checked, so that the error names every fault.
    """
    names = [field.name for field in instance._meta.concrete_fields]
    # Rows that it points at were just read, and a public id is random: the database would notice.
    own = [field.name for field in instance._meta.concrete_fields if not field.is_relation and field.editable]
    if _field_faults(instance, own):
        check(instance, names, fields_of=fields_of)
    try:
        with transaction.atomic():
            instance.save(force_insert=True)
    except IntegrityError as error:
        check(instance, names, fields_of=fields_of)
        raise explained(instance, error, fields_of) from error
    return instance


def update(instance: EditableT, *, expected: int, names: Iterable[str], fields_of: Mapping[str, str]) -> EditableT:
    """Check and write these columns of a row that still has version `expected`; else StaleWrite.

    As in `insert`, the database checks the constraints, and all of them are asked for only when it has refused.
    """
    names = list(dict.fromkeys(names))
    if _field_faults(instance, names):
        check(instance, names, fields_of=fields_of)
    try:
        with transaction.atomic():
            return write_version(instance, expected=expected, fields=names)
    except IntegrityError as error:
        check(instance, names, fields_of=fields_of)
        raise explained(instance, error, fields_of) from error


def check_edited(instance: EditableT, names: Iterable[str]) -> EditableT:
    """Check columns of a row that `update_all` will write; ValidationError with every fault."""
    if faults := _field_faults(instance, names):
        raise ValidationError(faults)
    return instance


def update_all(rows: Sequence[EditableT], *, expected: Sequence[int], names: Iterable[str]) -> list[EditableT]:
    """Write these columns of rows of one model that still have the versions of `expected`; returns those written.

    In few statements, after `check_edited`. The database checks the constraints: an IntegrityError means that one of
    the rows breaks one, and leaves nothing behind.
    """
    at = clock.now()
    for row, version in zip(rows, expected, strict=True):
        row.version, row.updated_at = version + 1, at
    with transaction.atomic():
        written = change_rows(rows, [*dict.fromkeys(names), "version", "updated_at"], expected)
    return [row for row in rows if row.pk in written]


def check_new(instance: ModelT) -> ModelT:
    """Check the columns of a row that `insert_all` will write; ValidationError with every fault."""
    own = [field.name for field in instance._meta.concrete_fields if not field.is_relation and field.editable]
    if faults := _field_faults(instance, own):
        raise ValidationError(faults)
    return instance


def insert_all(rows: Sequence[ModelT]) -> None:
    """Write new rows of one model in few statements; what they point at was written before them.

    The database checks the constraints: an IntegrityError means that one of the rows breaks one.
    """
    for row in rows:
        for field in row._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.is_cached(row):
                setattr(row, field.name, getattr(row, field.name))  # its key was not known yet
    insert_rows(rows)


def not_inserted(rows: Iterable[models.Model]) -> None:
    """After the statement of `insert_all` was taken back: the rows are new again."""
    for row in rows:
        row.pk = None
        row._state.adding = True


def would_change(row: ModelT, fill: Callable[[ModelT], object]) -> bool:
    """Whether `fill` gives the row other values than it has. The row stays as it is."""
    filled = copy.copy(row)
    if getattr(row, "i18n", None) is not None:
        filled.i18n = dict(row.i18n)  # type: ignore[attr-defined]  # added by modeltrans
    fill(filled)
    return any(_kept(filled, field.attname) != _kept(row, field.attname) for field in row._meta.concrete_fields)


def _kept(row: models.Model, column: str) -> object:
    value = getattr(row, column)
    return {name: text for name, text in (value or {}).items() if text} if column == "i18n" else value


def _field_faults(
    instance: models.Model, names: Iterable[str], *, with_others: bool = False
) -> dict[str, list[ValidationError]]:
    """Faults of the columns and their translations, by field; what another row has already only `with_others`: that
    costs queries, and the database notices it."""
    faults: dict[str, list[ValidationError]] = {}
    wanted = set(names)
    # Translated texts are fields without a column: cleaning them would copy a lone English text into the Russian one.
    others = {field.name for field in instance._meta.fields if field.name not in wanted}
    try:
        instance.full_clean(exclude=others, validate_unique=with_others, validate_constraints=False)
    except ValidationError as error:
        faults = {name: list(found) for name, found in error.error_dict.items()}
    for name, fault in _long_translations(instance):
        faults.setdefault(name, []).append(fault)
    return faults


def choose_codes(field: str, given: Iterable[str], known: Iterable[str], *, kept: Collection[str] = ()) -> list[str]:
    """The given codes, once each and in the order of the vocabulary; `kept` may stay though they are retired."""
    wanted = {str(code) for code in given}
    order = [*known]
    order += [code for code in kept if code not in set(order)]
    unknown = wanted - set(order)
    if unknown:
        message = _("Unknown value: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
        raise ValidationError({field: message})
    return [code for code in order if code in wanted]


def _is_translated(instance: models.Model, name: str) -> bool:
    try:
        return name in cast(TranslationField, instance._meta.get_field("i18n")).fields
    except FieldDoesNotExist:
        return False


def _long_translations(instance: models.Model) -> Iterable[tuple[str, ValidationError]]:
    for name, value in (getattr(instance, "i18n", None) or {}).items():
        limit = getattr(instance._meta.get_field(split_column(name)[0]), "max_length", None)
        if limit and len(value) > limit:
            message = _("At most %(limit)d characters; there are %(length)d now.")
            yield name, ValidationError(message, params={"limit": limit, "length": len(value)})


def explained(instance: models.Model, error: DatabaseError, fields_of: Mapping[str, str]) -> Exception:
    """A ValidationError in the words of the constraint, when one of the instance's was broken; else the error."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for constraint in instance._meta.constraints:
        if constraint.name == name:
            return ValidationError({fields_of.get(name, "__all__"): constraint.get_violation_error_message()})
    return error
