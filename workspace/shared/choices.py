"""What can be chosen in the forms, in the language of the page and in the order of the vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypedDict

from django.utils.translation import gettext as _

from core.geo.countries import countries, country_codes, country_name
from core.languages import column_names
from core.spelling.collation import reading_key
from services.models import ServiceType
from services.models.vocabulary import Term
from workspace.shared.texts import worded

#: Pairs (value, words), or (name of a group, its pairs).
FieldChoices = list[tuple[str, str | list[tuple[str, str]]]]
#: The same without groups.
PlainChoices = list[tuple[str, str]]


class TypeLeaf(TypedDict):
    """A kind of service that can be ticked; `words` is what a search looks into."""

    code: str
    name: str
    hint: str
    family: str
    words: str
    chosen: bool


class TypeGroup(TypedDict):
    """Kinds of service under one head; `chosen` counts the ticked ones."""

    code: str
    name: str
    hint: str
    family: str
    leaves: list[TypeLeaf]
    chosen: int


def by_words(choices: Iterable[tuple[str, str]]) -> PlainChoices:
    """In the order in which a reader looks for the words; of equal words the value decides."""
    return sorted(choices, key=lambda pair: (reading_key(pair[1]), pair[0]))


def country_choices(*, empty: str = "") -> FieldChoices:
    """The network's countries first, then all others by name. With `empty`, a first line of that wording."""
    network = [(code, country_name(code)) for code in countries()]
    others = by_words((code, country_name(code)) for code in country_codes() - countries().keys())
    first: FieldChoices = [("", empty)] if empty else []
    return [*first, (_("Where the network works"), network), (_("Other countries"), others)]


def country_ticks() -> PlainChoices:
    """Countries as ticks: the list of the network only."""
    return [(code, country_name(code)) for code in countries()]


def term_choices(model: type[Term], *, kept: Collection[str] = ()) -> PlainChoices:
    """Terms that may be chosen, and retired ones that a row holds already."""
    terms = model.objects.all()
    return [(term.code, worded(term, "name")) for term in terms if not term.is_retired or term.code in kept]


def type_choices(*, kept: Collection[str] = ()) -> FieldChoices:
    """Leaves of the service types, grouped."""
    return [(group["name"], [(leaf["code"], leaf["name"]) for leaf in group["leaves"]]) for group in type_tree(kept)]


def type_tree(kept: Collection[str] = (), *, chosen: Collection[str] = ()) -> list[TypeGroup]:
    """The groups that have kinds to choose, in the order of the vocabulary; `chosen` are ticked."""
    every: Iterable[ServiceType] = ServiceType.objects.all()  # type: ignore[assignment]  # the manager is Term's
    terms = [t for t in every if not t.is_retired or t.code in kept]
    tree = {t.code: _group(t) for t in terms if t.parent_id is None}
    for term in terms:
        if term.parent_id in tree:
            group = tree[term.parent_id]
            group["leaves"].append(_leaf(term, term.code in chosen))
            group["chosen"] += term.code in chosen
    return [group for group in tree.values() if group["leaves"]]


def _group(term: ServiceType) -> TypeGroup:
    name, hint = worded(term, "name"), worded(term, "hint")
    return {"code": term.code, "name": name, "hint": hint, "family": term.family, "leaves": [], "chosen": 0}


def _leaf(term: ServiceType, chosen: bool) -> TypeLeaf:
    name, hint = worded(term, "name"), worded(term, "hint")
    words = _words(term)
    return {"code": term.code, "name": name, "hint": hint, "family": term.family, "words": words, "chosen": chosen}


def _words(term: ServiceType) -> str:
    synonyms = [word for words in (term.synonyms or {}).values() for word in words]
    names = [getattr(term, name) or "" for name in column_names("name")]
    return " ".join([*names, worded(term, "hint"), *synonyms]).lower()
