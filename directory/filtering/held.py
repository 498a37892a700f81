"""What a row of the directory holds of a filter, with two faces of one meaning.

`condition` asks whether a row holds any of the chosen values; `sql` gives all that it holds, for counting and for
packing. Both come from the same columns, so what is counted beside a value is what choosing it would find.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

from django.db.models import Q, QuerySet

from core.answers import SEPARATOR, by_attribute
from directory.tables.listings import AbstractListing

#: A condition for an instant, given the rows that an audience may see at that instant.
Condition = Callable[[QuerySet[AbstractListing], dt.datetime], Q]


class Held(ABC):
    #: Columns that `sql` reads.
    columns: tuple[str, ...]
    #: A row may name a value twice.
    may_repeat: bool = False
    #: A row without a value fits every value; `sql` says "" for it.
    empty_fits_all: bool = False

    @abstractmethod
    def condition(self, values: Sequence[str], current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
        """Rows that hold at least one of the values."""

    def apart(self, values: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """What a row has to fit one beside the other, where this is more than one question: by the name of each."""
        return {"": values}

    def part_sql(self, value: str) -> str:
        """An expression: of which of these questions the value is an answer."""
        return "''"

    @property
    @abstractmethod
    def sql(self) -> str:
        """An expression over `columns`: the values of a row as an array of texts."""


class Codes(Held):
    """Arrays of codes; a value in any of these columns counts. Two that `are_apart` never name the same value."""

    def __init__(self, *columns: str, are_apart: bool = False) -> None:
        self.columns = columns
        self.may_repeat = len(columns) > 1 and not are_apart

    def condition(self, values: Sequence[str], current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
        chosen = Q()
        for column in self.columns:
            chosen |= Q(**{f"{column}__overlap": list(values)})
        return chosen

    @property
    def sql(self) -> str:
        return " || ".join(self.columns)


class Answered(Codes):
    """An array of answers: any of those of one attribute, and that of each attribute that is asked for."""

    def condition(self, values: Sequence[str], current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
        chosen = Q()
        for some in self.apart(values).values():
            chosen &= super().condition(some, current, at)
        return chosen

    def apart(self, values: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return by_attribute(values)

    def part_sql(self, value: str) -> str:
        return f"split_part({value}, '{SEPARATOR}', 1)"


class CodesOrAll(Held):
    """An array of codes that is empty where the listing is for everybody."""

    empty_fits_all = True

    def __init__(self, column: str) -> None:
        self.column = column
        self.columns = (column,)

    def condition(self, values: Sequence[str], current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
        return Q(**{f"{self.column}__overlap": list(values)}) | Q(**{self.column: []})

    @property
    def sql(self) -> str:
        return f"CASE WHEN {self.column} = '{{}}' THEN '{{\"\"}}' ELSE {self.column} END"


class Code(Held):
    """One code. An empty column holds nothing, or the value `empty` where there is a word for it."""

    def __init__(self, column: str, *, empty: str = "") -> None:
        self.column = column
        self.columns = (column,)
        self.empty = empty

    def condition(self, values: Sequence[str], current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
        return Q(**{f"{self.column}__in": ["" if value == self.empty else value for value in values]})

    @property
    def sql(self) -> str:
        nothing = f"ARRAY['{self.empty}']" if self.empty else "'{}'"
        return f"CASE WHEN {self.column} = '' THEN {nothing} ELSE ARRAY[{self.column}] END"


class CodeAmong(Code):
    """One code of a few: a column with any other holds nothing that this filter knows."""

    def __init__(self, column: str, *codes: str) -> None:
        super().__init__(column)
        self.codes = codes

    @property
    def sql(self) -> str:
        known = ", ".join(f"'{code}'" for code in self.codes)
        return f"CASE WHEN {self.column} IN ({known}) THEN ARRAY[{self.column}::text] ELSE '{{}}' END"


class YesOrNo(Held):
    """A truth that may be unknown; what is not known is neither."""

    _MEANING = {"yes": True, "no": False}

    def __init__(self, column: str) -> None:
        self.column = column
        self.columns = (column,)

    def condition(self, values: Sequence[str], current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
        return Q(**{f"{self.column}__in": [self._MEANING[value] for value in values]})

    @property
    def sql(self) -> str:
        return f"CASE {self.column} WHEN true THEN '{{yes}}' WHEN false THEN '{{no}}' ELSE '{{}}' END::text[]"


class While(Held):
    """Values that are held while their condition is true at the instant of the question.

    Whoever counts puts each truth under its name in `told`, a column that no table has.
    """

    def __init__(self, **holds: Condition) -> None:
        self.told = {value: f"is_{value}" for value in holds}
        self.columns = tuple(self.told.values())
        self._holds = holds

    def condition(self, values: Sequence[str], current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
        chosen = Q()
        for value in values:
            chosen |= self._holds[value](current, at)
        return chosen

    @property
    def sql(self) -> str:
        cases = ", ".join(f"CASE WHEN {column} THEN '{value}' END" for value, column in self.told.items())
        return f"array_remove(ARRAY[{cases}], NULL)"
