"""Terms of a foreign taxonomy and what they are here: a kind of service, a group of people, or nothing.

Rule: what somebody has chosen is remembered and counts for the next reading, and as the first guess at every other
directory with this term. Else a term is guessed by its code or its name, and shown as a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.spelling.folding import folded
from exchange.foreign.targets import words_for
from exchange.importing.translating.fields import known_codes

Told = Mapping[str, Any]
#: Where the versions keep what a service is.
_HOLDERS = ("attributes", "service_taxonomies", "service_taxonomys", "service_taxonomy", "taxonomies", "taxonomy",
            "categories", "eligibilities", "eligibilitys")  # fmt: skip
_BETWEEN = "|"
#: A term that is nothing here; fields that terms may fill.
NOTHING, FIELDS = "-", ("types", "groups")
LONGEST = 150


@dataclass(frozen=True)
class ForeignTerm:
    """`key` is scheme and code, `ours` a field and a code (“types.art”), `NOTHING`, or "" where nobody knows."""

    key: str
    name: str
    scheme: str
    count: int
    ours: str = ""
    is_guessed: bool = False


def terms_in(service: Told) -> list[str]:
    """Each as “scheme|code|name”."""
    found = [term for name in _HOLDERS for one in _list(service.get(name)) if (term := _term(one))]
    return list(dict.fromkeys(found))


def _term(one: Told) -> str:
    inner = next((one[name] for name in ("taxonomy_term", "taxonomy") if isinstance(one.get(name), Mapping)), one)
    scheme = inner.get("taxonomy") if isinstance(inner.get("taxonomy"), str) else inner.get("vocabulary")
    detail = inner.get("taxonomy_detail")
    scheme = scheme or (detail.get("name") if isinstance(detail, Mapping) else "") or ""
    name = str(inner.get("name") or inner.get("label") or one.get("label") or inner.get("eligibility") or "").strip()
    code = str(inner.get("code") or inner.get("id") or "").strip() or name
    parts = (str(scheme), code, name or code)
    return _BETWEEN.join(part.replace(_BETWEEN, "/")[:LONGEST] for part in parts) if code else ""


class Matching:
    """What terms are here. `chosen` by the key of a term; `elsewhere` what was chosen at other directories."""

    def __init__(self, chosen: Mapping[str, str], elsewhere: Mapping[str, str]) -> None:
        self._chosen, self._elsewhere = chosen, elsewhere

    @cached_property
    def _words(self) -> dict[str, dict[str, list[str]]]:
        return {name: words_for(f"service.{name}") for name in FIELDS}

    @cached_property
    def known(self) -> dict[str, Mapping[str, Any]]:
        return {name: known_codes("service", name) or {} for name in FIELDS}

    def of(self, term: str) -> tuple[str, bool]:
        """(what it is here, whether that is a guess)."""
        key, _sign, _name = term.rpartition(_BETWEEN)
        for known, is_guess in ((self._chosen, False), (self._elsewhere, True)):
            if key in known and self.is_ours(known[key]):
                return known[key], is_guess
        return self._guess(*term.split(_BETWEEN)[1:]), True

    def is_ours(self, value: str) -> bool:
        field, _dot, code = value.partition(".")
        return value == NOTHING or (field in FIELDS and code in self.known[field])

    def _guess(self, code: str, name: str) -> str:
        for field in FIELDS:
            for word in (code, name):
                if word in self.known[field]:
                    return f"{field}.{word}"
                if found := self._words[field].get(folded(word)):
                    return f"{field}.{found[0]}"
        return ""

    def codes(self, terms: Iterable[str]) -> dict[str, list[str]]:
        """Codes of ours by field."""
        found: dict[str, list[str]] = {name: [] for name in FIELDS}
        for term in terms:
            field, _dot, code = self.of(term)[0].partition(".")
            if code and code not in found[field]:
                found[field].append(code)
        return found

    def every(self, rows: Iterable[Sequence[str]]) -> Iterator[ForeignTerm]:
        """The terms of all rows, the most frequent first."""
        counted = Counter(term for terms in rows for term in terms)
        for term, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            key, _sign, name = term.rpartition(_BETWEEN)
            ours, is_guess = self.of(term)
            yield ForeignTerm(key, name, key.partition(_BETWEEN)[0], count, ours, is_guess and bool(ours))


def _list(value: object) -> Iterator[Told]:
    items = value if isinstance(value, list) else [value]
    yield from (one for one in items if isinstance(one, Mapping))
