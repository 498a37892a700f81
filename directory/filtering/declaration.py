"""What there is to say of a filter, and how an attribute of a dataclass says it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.filtering.held import Held
from directory.filtering.known import Known

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: Values of one filter: codes, sorted and free of repetitions; an empty tuple does not filter.
Values = tuple[str, ...]
_YES, _NO = {"yes", "true", "1", "on"}, {"no", "false", "0"}


@dataclass(frozen=True)
class Filter:
    """What there is to know of one filter.

    `about` describes it to programmers. `ticked` and `unticked` are the values that yes and no stand for, where a box
    of a form may send those. `offered` are the values that a form offers (None: all that there are). A filter that
    `is_place` means another part of the world; only those `in_address` may stand in the fragment of an address.
    """

    known: Known
    held: Held
    about: str = ""
    ticked: str = ""
    unticked: str = ""
    offered: Values | None = None
    is_counted: bool = True
    is_place: bool = False
    in_address: bool = True

    @property
    def other_spellings(self) -> set[str]:
        """What else stands for one of its values."""
        return (_YES if self.ticked else set()) | (_NO if self.unticked else set())

    def spelled(self, text: str) -> str:
        """The value that a text of an address, a form or JSON stands for."""
        low = text.lower()
        if self.ticked and low in _YES:
            return self.ticked
        if self.unticked and low in _NO:
            return self.unticked
        return self.known.spelled(text)


_KEY = "filter"


def declare(declared: Filter) -> Values:
    """An attribute of `Chosen`: no value is chosen unless somebody says so."""
    return dataclasses.field(default=(), metadata={_KEY: declared})


def declarations(chosen: type[DataclassInstance]) -> dict[str, Filter]:
    """The filters that the attributes of a class declare, in their order."""
    return {field.name: field.metadata[_KEY] for field in dataclasses.fields(chosen)}
