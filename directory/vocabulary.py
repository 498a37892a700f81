"""The vocabulary as the directory holds it: names, the tree of service types, synonyms.

Read once and kept until the directory's revision moves.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from django.db import connection

from core.languages import active, language_name, preferred
from core.phrasing.marks import mark
from core.spelling.alphabets import in_other_alphabets
from directory.crossing.records import Audience
from directory.tables import wording
from directory.tables.listings import AbstractTerm, DirectoryRevision, DirectoryTerm, MemberTerm

#: The scheme of attributes: those that have a parent are their answers.
ATTRIBUTE = "attribute"
LANGUAGE = "language"
#: The columns of the directory's revision that each audience may read; the first one is its number.
_REVISION: dict[Audience, str] = {
    "public": "coalesce(max(public_number), 0), max(public_changed_at)",
    "members": "coalesce(max(number), 0), max(changed_at), max(public_number)",
}
#: Where the words of each audience stand. The public's process may not even count those of members.
_TERMS: dict[Audience, tuple[type[AbstractTerm], ...]] = {
    "public": (DirectoryTerm,),
    "members": (DirectoryTerm, MemberTerm),
}
#: How many words there are and the newest of them, as one value.
_STATE = "ARRAY[(SELECT count(*) FROM {table}), (SELECT coalesce(max(id), 0) FROM {table})]"


@dataclass(frozen=True)
class KnownTerm:
    """One word of the vocabulary. `names` and the texts in `data` are by language."""

    scheme: str
    code: str
    parent: str = ""
    family: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, list[str]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    is_retired: bool = False

    def name(self, language: str | None = None) -> str:
        """Of a language CLDR's name, where we have no words of our own."""
        code = language or active()
        if self.scheme == LANGUAGE and not self.names.get(code) and (known := language_name(self.code, code)):
            return known
        return as_read(self.names, language) or self.code

    def short(self, language: str | None = None) -> str:
        """The short name where there is one."""
        return as_read(self.data.get("short"), language) or self.name(language)


class Vocabulary:
    """All terms of one revision; `revision` is the directory's, as far as the audience may know of changes."""

    def __init__(self, audience: Audience, revision: int, terms: Iterable[KnownTerm]) -> None:
        self.audience, self.revision = audience, revision
        self._schemes: dict[str, dict[str, KnownTerm]] = {}
        for term in terms:
            self._schemes.setdefault(term.scheme, {})[term.code] = term

    def scheme(self, scheme: str) -> Mapping[str, KnownTerm]:
        """The terms of a scheme by code, in the order of the vocabulary."""
        return self._schemes.get(scheme, {})

    @cached_property
    def told(self) -> str:
        """Everything that it says, shortly: another one where any word of it is another."""
        terms = [repr(term) for terms in self._schemes.values() for term in terms.values()]
        return hashlib.sha256("\n".join(terms).encode()).hexdigest()

    def name(self, scheme: str, code: str, language: str | None = None) -> str:
        """The name of a term; the code itself for an unknown one."""
        term = self.scheme(scheme).get(code)
        return term.name(language) if term else code

    def names(self, scheme: str, codes: Iterable[str]) -> list[str]:
        return [self.name(scheme, code) for code in codes]

    @cached_property
    def tree(self) -> dict[str, list[str]]:
        """The leaves of each group of service types, both in the order of the vocabulary."""
        services = self.scheme("service").values()
        tree: dict[str, list[str]] = {term.code: [] for term in services if not term.parent}
        for term in services:
            if term.parent in tree:
                tree[term.parent].append(term.code)
        return tree

    @cached_property
    def answers(self) -> dict[str, list[str]]:
        """The answers of each attribute, both in the order of the vocabulary."""
        terms = self.scheme(ATTRIBUTE)
        found: dict[str, list[str]] = {code: [] for code, term in terms.items() if not term.parent}
        for code, term in terms.items():
            if term.parent in found:
                found[term.parent].append(code)
        return found

    def answered(self, codes: Collection[str]) -> list[tuple[KnownTerm, list[KnownTerm]]]:
        """Each attribute that these codes answer, with its answers; codes that nobody knows answer nothing."""
        terms = self.scheme(ATTRIBUTE)
        said = ((terms[one], [terms[code] for code in every if code in codes]) for one, every in self.answers.items())
        return [(term, answers) for term, answers in said if answers]

    @cached_property
    def families(self) -> list[str]:
        """Codes of the families, the most important first."""
        return list(self.scheme("family"))

    def tops_of(self, types: Iterable[str]) -> list[str]:
        """The groups of these leaves, once each."""
        services = self.scheme("service")
        return list(dict.fromkeys(services[c].parent or c for c in types if c in services))

    def family_of(self, types: Iterable[str]) -> str:
        """The family that most of the leaves belong to; the more important one when two are equal."""
        services = self.scheme("service")
        found = Counter(services[code].family for code in types if code in services)
        order = self.families or list(found)
        ranked = sorted(found, key=lambda f: (-found[f], order.index(f) if f in order else len(order)))
        return ranked[0] if ranked else ""

    def unshown(self, types: Iterable[str]) -> list[str]:
        """Those of the types, or of the leaves of these groups, whose addresses are not shown to anybody."""
        services = self.scheme("service")
        leaves = dict.fromkeys(leaf for code in types for leaf in self.tree.get(code, (code,)))
        return [code for code in leaves if code in services and services[code].data.get("way_in")]

    def ways_in(self, types: Iterable[str]) -> list[str]:
        """The types whose phones lead to types with addresses that are not shown."""
        services = self.scheme("service")
        return list(dict.fromkeys(way for code in self.unshown(types) for way in services[code].data["way_in"]))

    def words_of(self, types: Iterable[str]) -> tuple[list[str], list[str]]:
        """Names of these types of service, and what people type instead, in every language."""
        services = self.scheme("service")
        known = [services[code] for code in types if code in services]
        names = [name for term in known for name in term.names.values()]
        return names, [word for term in known for words in term.synonyms.values() for word in words]


def localised(texts: object, language: str | None = None) -> str:
    """The text in `language` (the active one, unless given) or its fallbacks, else in the language that there is."""
    if not isinstance(texts, Mapping):
        return str(texts or "")
    found = next((texts[code] for code in preferred(language or active()) if texts.get(code)), None)
    return str(found or next(iter(texts.values()), ""))


def as_read(texts: object, language: str | None = None) -> str:
    """As `localised`, for people: on a page of a preview, words of another language are marked as such."""
    found = localised(texts, language)
    if language or not isinstance(texts, Mapping) or texts.get(active()):
        return found
    return mark(found, next((code for code in (*preferred(active()), *texts) if texts.get(code) == found), active()))


_kept: dict[Audience, tuple[Any, Vocabulary]] = {}
#: The terms themselves, which change far less often than the directory does; by database, number and newest row.
_kept_terms: dict[Audience, tuple[Any, list[KnownTerm]]] = {}


def vocabulary(audience: Audience = "public") -> Vocabulary:
    """The vocabulary of the directory's present revision, which is another one for each audience: what is kept of it
    for the public does not become old, nor slow, by what only members see."""
    with connection.cursor() as cursor:
        cursor.execute(_key_sql(audience))
        key = cursor.fetchone()
    kept = _kept.get(audience)
    if kept is None or kept[0] != key:
        kept = _kept[audience] = (key, Vocabulary(audience, key[0], _terms(audience, key[-1])))
    return kept[1]


@cache
def _key_sql(audience: Audience) -> str:
    state = " || ".join(_STATE.format(table=model._meta.db_table) for model in _TERMS[audience])
    return f"SELECT {_REVISION[audience]}, {state} FROM {DirectoryRevision._meta.db_table} WHERE id = 1"  # noqa: S608


def _terms(audience: Audience, state: Sequence[int]) -> list[KnownTerm]:
    """All terms, read again when there are others: a changed term is a new row (`store.replace_terms`)."""
    key = (connection.settings_dict["NAME"], *state, *wording.state_of_terms())
    kept = _kept_terms.get(audience)
    if kept is None or kept[0] != key:
        kept = _kept_terms[audience] = (key, _read_terms(audience))
    return kept[1]


def _read_terms(audience: Audience) -> list[KnownTerm]:
    """Of a scheme that stands in two tables, the words of both in their order."""
    names = ("scheme", "code", "parent", "family", "name", "synonyms", "data", "is_retired")
    order = ("scheme", "position", "code")
    rows = [row for model in _TERMS[audience] for row in model._default_manager.values_list(*order, *names)]
    known = [KnownTerm(*row[len(order) :]) for row in sorted(rows, key=lambda row: row[: len(order)])]
    for words in (wording.terms_of_product(), wording.terms()):
        known = [_worded(term, found) if (found := words.get(f"{term.scheme}:{term.code}")) else term for term in known]
    return [_in_every_alphabet(term) for term in known]


def _in_every_alphabet(term: KnownTerm) -> KnownTerm:
    """What is known of it in a language of two alphabets is found in both."""
    said = [(name, code) for code, name in term.names.items()]
    said += [(word, code) for code, words in term.synonyms.items() for word in words]
    spelt = [word for text, code in said for word in in_other_alphabets(text, code)]
    return replace(term, synonyms={**term.synonyms, "spelt": spelt}) if spelt else term


def _worded(term: KnownTerm, found: Mapping[str, Mapping[str, tuple[str, str]]]) -> KnownTerm:
    """The term with what people wrote of it in further languages."""
    said = {
        name: wording.worded(term.data[name], found.get(name, {})) for name in ("short", "hint") if name in term.data
    }
    return replace(term, names=wording.worded(term.names, found.get("name", {})), data={**term.data, **said})
