"""What else services of some kinds are asked: attributes that administrators add, and the codes of their answers.

An answer is one code: “dogs-yes”, “dogs-no”, “queue-live”. Which attribute it answers is read from the code itself, so
that an array of codes says everything, here, in snapshots, in the directory and in the address of a question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.answers import NO, SEPARATOR, YES
from core.languages import column, columns, writing
from services.models.vocabulary import Attribute, HowAnswered, ServiceType, Term


@dataclass(frozen=True)
class AttributeWord:
    """An attribute or an answer as readers get it: `names` by language, `short` ones where the attribute stands by."""

    code: str
    parent: str
    names: Mapping[str, str]
    short: Mapping[str, str]
    synonyms: Mapping[str, list[str]]
    data: Mapping[str, object]
    is_retired: bool


@dataclass(frozen=True)
class AskedAttribute:
    """An attribute with its answers, each with its own term; yes and no have none.

    `leaves` are the kinds that it is asked of, none for every kind.
    """

    attribute: Attribute
    answers: Mapping[str, Term | None]
    leaves: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_choice(self) -> bool:
        return self.attribute.answers == HowAnswered.CHOICE

    @property
    def name(self) -> str:
        return _named(self.attribute)

    def is_of(self, types: Iterable[str]) -> bool:
        return not self.leaves or not self.leaves.isdisjoint(types)

    def is_retired(self, code: str) -> bool:
        """Whether the answer is offered to nobody anew."""
        term = self.answers[code]
        return self.attribute.is_retired or (term is not None and term.is_retired)

    def answer(self, code: str) -> str:
        """One answer, where the attribute stands beside it."""
        term = self.answers[code]
        return _named(term) if term else _("yes") if code.endswith(YES) else _("no")

    def worded(self) -> list[AttributeWord]:
        """The attribute, and then its answers, in every language."""
        row = self.attribute
        names = _names(row)
        data = {"answers": row.answers, "types": row.types, "is_filter": row.is_filter}
        return [
            AttributeWord(row.code, "", names, {}, {}, data, row.is_retired),
            *(self._worded(code, term, names) for code, term in self.answers.items()),
        ]

    def _worded(self, code: str, term: Term | None, names: Mapping[str, str]) -> AttributeWord:
        parent, is_retired = self.attribute.code, self.is_retired(code)
        if term is None and code.endswith(YES):  # what is so bears the name of the attribute, and its synonyms
            return AttributeWord(code, parent, names, {}, self.attribute.synonyms, {}, is_retired)
        short = _names(term) if term else {language: _in(language) for language in names}
        whole = {
            language: f"{name}: {said}"
            for language, name in names.items()
            if (said := short.get(language) or next(iter(short.values()), ""))
        }
        return AttributeWord(code, parent, whole, short, term.synonyms if term else {}, {}, is_retired)


def asked() -> list[AskedAttribute]:
    """Every attribute, retired ones too, in the order of the vocabulary."""
    leaves: dict[str, set[str]] = {}
    for code, parent in ServiceType.objects.order_by().values_list("code", "parent_id"):
        leaves.setdefault(parent or code, set()).add(code)
        leaves.setdefault(code, set()).add(code)
    rows: list[Attribute] = list(Attribute.objects.all())
    prefetch_related_objects(rows, "own_answers")
    return [
        AskedAttribute(row, _answers(row), frozenset(leaf for code in row.types for leaf in leaves.get(code, {code})))
        for row in rows
    ]


def still_asked(codes: Collection[str], types: Collection[str], *, kept: Collection[str]) -> list[str]:
    """Those of these answers that a service of these kinds may give, which gives the `kept` ones already."""
    return [
        code
        for one in asked()
        for code in one.answers
        if code in codes and (code in kept or (one.is_of(types) and not one.is_retired(code)))
    ]


def _answers(attribute: Attribute) -> dict[str, Term | None]:
    if attribute.answers == HowAnswered.CHOICE:
        return {term.code: term for term in attribute.own_answers.all()}
    return {f"{attribute.code}{SEPARATOR}{answer}": None for answer in (YES, NO)}


def _named(term: Term) -> str:
    return getattr(term, column("name", writing())) or term.name


def _names(term: Term) -> dict[str, str]:
    return {language: name for at, language in columns("name") if (name := getattr(term, at))}


def _in(language: str) -> str:
    with override(language):
        return _("no")


class AnswerCodes(Iterable[str]):
    """The codes that may be chosen anew, in the order of the vocabulary; read once, when they are asked for."""

    @cached_property
    def _asked(self) -> list[AskedAttribute]:
        return asked()

    def __iter__(self) -> Iterator[str]:
        return (code for one in self._asked for code in one.answers if not one.is_retired(code))

    def check(self, chosen: Collection[str], types: Collection[str], *, kept: Collection[str]) -> None:
        """Nobody says yes and no at once, or answers anew what kinds like these are not asked: ValidationError."""
        for one in self._asked:
            said = [code for code in one.answers if code in chosen]
            if len(said) > 1 and not one.is_choice:
                raise ValidationError({"attributes": _("%(attribute)s: yes and no at once.") % {"attribute": one.name}})
            if not (one.is_of(types) or set(said) <= set(kept)):
                message = _("%(attribute)s: this kind of service is not asked.") % {"attribute": one.name}
                raise ValidationError({"attributes": message})
