"""What can be chosen in the forms, in the language of the page and in the order of the vocabulary."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from core.countries import countries, country_codes, country_name
from services.models import ServiceType
from services.models.vocabulary import Term

FieldChoices = list[tuple[str, Any]]


def country_choices(*, empty: str = "") -> FieldChoices:
    """The network's countries first, then all others by name. With `empty`, a first line of that wording."""
    network = [(code, country_name(code)) for code in countries()]
    others = sorted(((c, country_name(c)) for c in country_codes() - countries().keys()), key=lambda pair: pair[1])
    first: FieldChoices = [("", empty)] if empty else []
    return [*first, (_("Where the network works"), network), (_("Other countries"), others)]


def country_ticks() -> FieldChoices:
    """Countries as ticks: the list of the network only."""
    return [(code, country_name(code)) for code in countries()]


def term_choices(model: type[Term], *, kept: Collection[str] = ()) -> FieldChoices:
    """Terms that may be chosen, and retired ones that a row holds already."""
    terms = model.objects.all()
    return [(term.code, term.name_i18n) for term in terms if not term.is_retired or term.code in kept]


def type_choices(*, kept: Collection[str] = ()) -> FieldChoices:
    """Leaves of the service types, grouped."""
    return [(group["name"], [(leaf["code"], leaf["name"]) for leaf in group["leaves"]]) for group in type_tree(kept)]


def type_tree(kept: Collection[str] = ()) -> list[dict[str, Any]]:
    """Groups {code, name, hint, family, leaves: [{code, name, hint, words}]}; `words` is what a search looks into."""
    terms = [t for t in ServiceType.objects.all() if not t.is_retired or t.code in kept]
    tree = {t.code: _type(t) | {"leaves": []} for t in terms if t.parent_id is None}
    for term in terms:
        if term.parent_id in tree:
            tree[term.parent_id]["leaves"].append(_type(term) | {"words": _words(term)})
    return [group for group in tree.values() if group["leaves"]]


def _type(term: ServiceType) -> dict[str, Any]:
    return {"code": term.code, "name": term.name_i18n, "hint": term.hint_i18n, "family": term.family}


def _words(term: ServiceType) -> str:
    synonyms = [word for words in (term.synonyms or {}).values() for word in words]
    return " ".join([term.name, term.name_en or "", term.hint_i18n or "", *synonyms]).lower()
