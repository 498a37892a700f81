"""What somebody asks the directory: one frozen value, parsed from an address, a form or JSON.

Rule: repeated or comma-separated values are OR inside a filter, and AND between filters. Nonsense never reaches
SQL: every value is checked here against the vocabulary, and `FilterError` names the parameter and the value.
A question of whose filters nothing could be read `is_lost`: it finds nothing, never everything.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from core.errors import HouseError
from directory.filtering.declaration import Filter, Values
from directory.filtering.declared import FILTERS, Chosen
from directory.geometry import Box, Near, parse_box, parse_near
from directory.marks import RowMark, read_mark
from directory.numbers import as_integer
from directory.vocabulary import Vocabulary

MAX_VALUES = 60
#: Each of them is one bit of a mask (`facets`).
MAX_PARTS = 20
MAX_PAGE = 10_000
PAGE_SIZE = 20
MAX_PAGE_SIZE = 200
#: Where a question comes from: an address or a form, or the object of a JSON body.
Source = MultiValueDict[str, str] | Mapping[str, object]
SORTS = ("best", "distance", "checked")
#: How alike a word has to be to one of ours to be taken for a slip.
_LOOKS_LIKE = 0.75
_LONGEST_NAME = 40
#: These say how a list is shown, not what is in it.
_NEVER_NARROW = {"bbox", "sort", "page", "page_size", "after", "before"}


class FilterError(HouseError):
    """A parameter that cannot be understood; `field` is its name, `value` the part of it that is to blame.

    `beside` are the further errors of the same question.
    """

    code = "filter"

    def __init__(self, param: str, message: object, *, value: str = "") -> None:
        super().__init__(str(message), field=param)
        self.param = param
        self.value = value
        self.beside: Sequence[FilterError] = ()


@dataclass(frozen=True)
class Filters(Chosen):
    """A question: the chosen values, and where, in which order and how much of it."""

    bbox: Box | None = None
    near: Near | None = None
    sort: str = ""
    page: int = 1
    page_size: int = PAGE_SIZE
    #: Where in the list the page begins or ends; `page` is then its number for people alone.
    mark: RowMark | None = None
    #: Something that would have narrowed the question could not be read.
    has_unread: bool = dataclasses.field(default=False, compare=False)

    @property
    def is_lost(self) -> bool:
        """Whether nothing is left of what the question was narrowed by."""
        return self.has_unread and not self.active() and self.near is None

    def replace(self, **changes: object) -> Filters:
        """The same with these changes; another page by its number begins at no mark."""
        changes = {"mark": None, **changes} if "page" in changes else changes
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]  # names of fields, each with its type

    def chosen(self, param: str) -> Values:
        """The values of a filter by its name."""
        values: Values = getattr(self, param)
        return values

    def active(self) -> dict[str, Values]:
        """The filters that are set, by parameter."""
        return {name: values for name in FILTERS if (values := self.chosen(name))}

    def without(self, param: str, value: str | None = None) -> Filters:
        """The same question without one value of a filter, or without the whole filter; from its first page."""
        if param == "near":
            return self.replace(near=None, page=1)
        kept = tuple(v for v in self.chosen(param) if value is not None and v != value)
        return self.replace(**{param: kept, "page": 1})

    def with_only_filters(self) -> Filters:
        """The same filters without place in the list or on the map."""
        return self.replace(bbox=None, sort="", page=1, page_size=PAGE_SIZE)

    def to_query(self) -> str:
        """Canonical query string: equal questions give equal strings."""
        pairs = [(name, ",".join(values)) for name, values in self.active().items()]
        if self.near:
            pairs += self.near.to_pairs()
        if self.bbox:
            pairs.append(("bbox", str(self.bbox)))
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.page_size != PAGE_SIZE:
            pairs.append(("page_size", str(self.page_size)))
        if self.page != 1:
            pairs.append(("page", str(self.page)))
        if self.mark:
            pairs.append((self.mark.name, str(self.mark)))
        return urlencode(pairs, safe=",:")


def parse_filters(source: Source, vocabulary: Vocabulary) -> Filters:
    """The question in a QueryDict or a JSON object; raises the first FilterError. Unknown names are ignored."""
    filters, errors = _read(source, vocabulary)
    if errors:
        errors[0].beside = errors[1:]
        raise errors[0]
    return filters


def parse_leniently(source: Source, vocabulary: Vocabulary) -> tuple[Filters, list[FilterError]]:
    """As much of the question as can be understood, and what could not: values, and names that look like a filter's."""
    filters, errors = _read(source, vocabulary)
    errors += misspelled(source)
    has_unread = any(error.param not in _NEVER_NARROW for error in errors)
    return filters.replace(has_unread=has_unread), errors


def _read(source: Source, vocabulary: Vocabulary) -> tuple[Filters, list[FilterError]]:
    found: dict[str, object] = {}
    errors: list[FilterError] = []
    for name in FILTERS:
        try:
            found[name], unknown = _codes(source, name, vocabulary)
            errors += unknown
        except FilterError as error:
            errors.append(error)
    for name, parse in _OTHERS.items():
        try:
            found[name] = parse(source)
        except FilterError as error:
            errors.append(error)
        except ValueError as error:
            errors.append(FilterError(name, error))
    if found.get("sort") == "distance" and not found.get("near"):
        found["sort"] = ""
        errors.append(FilterError("sort", _("Sorting by distance needs a place: lat and lon, or near.")))
    marks = [mark for mark in (found.pop("after", None), found.pop("before", None)) if mark]
    if len(marks) > 1:
        errors.append(no_such_mark("before"))
    return Filters().replace(**found, mark=marks[0] if len(marks) == 1 else None), errors


def no_such_mark(name: str) -> FilterError:
    return FilterError(name, _("This is no place in this list. Please begin at its first page."))


def misspelled(source: Iterable[str]) -> list[FilterError]:
    """Names that look like the name of a filter. Others are none of ours: people's links carry all kinds of marks."""
    names = (name for name in source if name not in PARAMETERS)
    likely = ((name, nearest(name, FILTERS, least=_LOOKS_LIKE)) for name in names)
    return [FilterError(printable(name), unknown_name(FILTERS, found), value=name) for name, found in likely if found]


def nearest(text: str, known: Iterable[str], *, least: float = 0.5) -> str:
    """The known word that looks most like the text; "" when none does."""
    by_fold = {word.casefold(): word for word in known}
    found = difflib.get_close_matches(text[:_LONGEST_NAME].casefold(), by_fold, 1, least)
    return by_fold[found[0]] if found else ""


def unknown_name(known: Iterable[str], likely: str) -> str:
    """What to say of a parameter that nobody knows: the one that was meant, or all that there are."""
    if likely:
        return _("This parameter is unknown. The nearest that is known: %(name)s") % {"name": likely}
    return _("This parameter is unknown. Known are: %(names)s") % {"names": ", ".join(sorted(known))}


def values_of(source: Source, name: str) -> list[str]:
    """The raw values of a parameter as texts; refuses objects, NUL and endless lists."""
    raw = source.getlist(name) if isinstance(source, MultiValueDict) else source.get(name, [])
    items: Sequence[object] = raw if isinstance(raw, list | tuple) else [raw]
    if any(item is not None and not isinstance(item, str | int | float) for item in items):
        raise FilterError(name, _("A text or a list of texts was expected."))
    texts = [("yes" if item else "no") if isinstance(item, bool) else str(item) for item in items if item is not None]
    values = [part.strip() for text in texts for part in text.split(",") if part.strip()]
    if len(values) > MAX_VALUES:
        raise FilterError(name, _("Too many values."))
    return values


def one_of(source: Source, name: str) -> str:
    """The only value of a parameter, "" when it is absent."""
    raw: Sequence[object] = source.getlist(name) if isinstance(source, MultiValueDict) else [source.get(name)]
    given = [item for item in raw if item not in (None, "")]
    if len(given) > 1 or any(isinstance(item, bool | list | dict) for item in given):
        raise FilterError(name, _("One value was expected."))
    if given and isinstance(given[0], float) and given[0].is_integer():
        return str(int(given[0]))  # JSON knows one kind of number: 22.0 is 22
    return str(given[0]).strip() if given else ""


def _codes(source: Source, name: str, vocabulary: Vocabulary) -> tuple[Values, list[FilterError]]:
    """The values that are known, and an error for each other one."""
    declared = FILTERS[name]
    given = values_of(source, name)
    known = {value: declared.known.understands(declared.spelled(value), vocabulary) for value in given}
    values = tuple(sorted({declared.spelled(value) for value in given if known[value]}))
    if len(declared.held.apart(values)) > MAX_PARTS:
        raise FilterError(name, _("Too many values."))
    unknown = [value for value, is_known in known.items() if not is_known]
    return values, [FilterError(name, _unknown(value, declared, vocabulary), value=value) for value in unknown]


def _unknown(value: str, declared: Filter, vocabulary: Vocabulary) -> str:
    likely = nearest(value, declared.known.values(vocabulary), least=_LOOKS_LIKE)
    if likely:
        return _("Unknown value: %(value)s. The nearest that is known: %(nearest)s") % {
            "value": printable(value),
            "nearest": likely,
        }
    return _("Unknown value: %(value)s") % {"value": printable(value)}


def printable(value: str) -> str:
    """A short form of what was sent, fit for a message."""
    return "".join(c if c.isprintable() else "�" for c in value[:40])


def _sort(source: Source) -> str:
    value = one_of(source, "sort")
    if value and value not in SORTS:
        raise FilterError("sort", _("Unknown value: %(value)s") % {"value": printable(value)})
    return "" if value == "best" else value


def _page(source: Source) -> int:
    return as_integer(one_of(source, "page") or "1", 1, MAX_PAGE)


def _page_size(source: Source) -> int:
    return as_integer(one_of(source, "page_size") or str(PAGE_SIZE), 1, MAX_PAGE_SIZE)


def _mark(name: str, source: Source) -> RowMark | None:
    value = one_of(source, name)
    try:
        return read_mark(value, is_before=name == "before") if value else None
    except ValueError as error:
        raise no_such_mark(name) from error


def _bbox(source: Source) -> Box | None:
    raw = source.get("bbox")
    if isinstance(raw, list | tuple):
        return parse_box(",".join(str(number) for number in raw))
    value = one_of(source, "bbox")
    return parse_box(value) if value else None


def _near(source: Source) -> Near | None:
    if not isinstance(source.get("near", ""), str | None):  # also beside lat and lon, which it stands aside for
        raise FilterError("near", _("A text was expected."))
    given = {name: one_of(source, name) for name in ("lat", "lon", "radius", "near")}
    for name in ("lat", "lon"):
        if bool(given["lat"]) != bool(given["lon"]) and not given[name]:
            raise FilterError(name, _("lat and lon belong together."))
    return parse_near(**given, error=FilterError)


_OTHERS: Mapping[str, Callable[[Source], object]] = {
    "bbox": _bbox,
    "near": _near,
    "sort": _sort,
    "page": _page,
    "page_size": _page_size,
    "after": partial(_mark, "after"),
    "before": partial(_mark, "before"),
}
#: Every name that a question may have.
PARAMETERS = frozenset(FILTERS) | frozenset(_OTHERS) | {"lat", "lon", "radius"}
