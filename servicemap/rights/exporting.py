"""All that is kept about a person, or of an organisation, as JSON. Follows the models: a new table is in it unasked.

What belongs to somebody is what would be deleted with them. Hashes and keys are told to nobody, nor is what
administrators weigh (class «secret», and the notes on safety and due diligence).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CASCADE, ForeignKey, Model
from django.db.models.fields.files import FieldFile

from accounts.models import User
from organizations.models import Organization
from servicemap.processing.record import lines, models
from servicemap.processing.shapes import Class

Row = dict[str, object]
Rows = dict[str, list[Row]]

SECRETS = {(line.model, line.column) for line in lines() if line.kind == Class.SECRET}
ADMINISTRATORS = frozenset({"due_diligence_note", "safety_note"})
#: Other people's: the organisation gets the fact, not the person.
OTHERS = frozenset({User._meta.label})


class Encoder(DjangoJSONEncoder):
    """Points as text, files by their name."""

    def default(self, o: object) -> object:
        if isinstance(o, FieldFile):
            return o.name
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def of_person(user: User) -> dict[str, Rows]:
    """`own`: rows that are theirs; `named`: rows of others that say what they did, without the contents."""
    own = _owned({User: {user.pk}})
    named: Rows = {}
    for model in models():
        for field in _keys_to(User, model):
            if field.remote_field.on_delete is not CASCADE:
                found = model._default_manager.filter(**{field.name: user}).order_by("pk")
                named.setdefault(model._meta.label, []).extend({"row": row.pk, "as": field.name} for row in found)
    return {"own": own, "named": {label: rows for label, rows in named.items() if rows}}


def of_organization(organization: Organization) -> dict[str, Rows]:
    return {"own": _owned({Organization: {organization.pk}})}


def _owned(begin: dict[type[Model], set[object]]) -> Rows:
    """What hangs on these rows by keys that would take it along when they are deleted."""
    known = {model: set(ids) for model, ids in begin.items()}
    queue = list(known)
    while queue:
        above = queue.pop(0)
        for model in models():
            fresh = set(_below(above, model, known[above])) - known.get(model, set())
            if fresh and model._meta.label not in OTHERS:
                known.setdefault(model, set()).update(fresh)
                queue.append(model)
    return {
        model._meta.label: [_told(row) for row in model._default_manager.filter(pk__in=ids).order_by("pk")]
        for model, ids in sorted(known.items(), key=lambda pair: pair[0]._meta.label)
    }


def _below(above: type[Model], model: type[Model], ids: set[object]) -> Iterator[object]:
    for field in _keys_to(above, model):
        if field.remote_field.on_delete is CASCADE:
            yield from model._default_manager.filter(**{f"{field.name}__in": ids}).values_list("pk", flat=True)


def _keys_to(target: type[Model], model: type[Model]) -> list[ForeignKey]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is target
    ]


def _told(row: Model) -> Row:
    label = row._meta.label
    return {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if (label, field.name) not in SECRETS and field.name not in ADMINISTRATORS
    }
