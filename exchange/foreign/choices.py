"""What somebody chose about a list: column → field, value → ours; and the mapping that this is.

Rule: what is chosen here is written as a mapping of the command line (`exchange.importing.translating`), in that
language and in no other. Where no column numbers the rows, the title does; then the command line takes one row
of each title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from exchange.foreign.guessing import guess_columns, guess_values, separator_of, values_of
from exchange.foreign.targets import BY_CODE, CODED, words_for
from exchange.importing.reading.rows import MAIN, Source
from exchange.importing.translating.mapping import MappingFile, mapping_of
from organizations.models import Organization

Data = dict[str, Any]
_PLACE = ("location.name", "location.address", "location.city", "location.lat")
_CHANNELS = ("phone", "email", "telegram", "whatsapp", "form")


@dataclass
class ListChoices:
    """`values` by target; `kind` is for rows without one, `country` for those that name none. `ticked` are columns that
    were put together of so many answers: nobody chooses them, the page says so."""

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    separators: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    country: str = ""
    ticked: dict[str, int] = field(default_factory=dict)

    def kept(self) -> Data:
        return asdict(self)

    def of(self, code: str) -> list[str]:
        """The columns that go there."""
        return [column for column, target in self.columns.items() if target == code]


def guessed(source: Source, organization: Organization, remembered: Mapping[str, Mapping[str, str]]) -> ListChoices:
    """The first proposal; `remembered` are values that were matched before."""
    rows = [row.parts[MAIN] for row in source.rows]
    words = {code: words_for(code) for code in CODED}
    columns = guess_columns(source.columns, rows, words)  # type: ignore[arg-type]
    choices = ListChoices(columns, country=organization.registration_country)
    fill_values(choices, source, words, remembered)
    return choices


def fill_values(
    choices: ListChoices,
    source: Source,
    words: Mapping[str, Mapping[str, list[str]]],
    remembered: Mapping[str, Mapping[str, str]],
) -> None:
    """Guess the values of columns for which nobody has chosen yet."""
    rows: list[Any] = [row.parts[MAIN] for row in source.rows]
    for code in CODED:
        columns = choices.of(code)
        if not columns:
            choices.values.pop(code, None)
            choices.separators.pop(code, None)
            continue
        known = {word: list(found) for word, found in words[code].items()}
        texts = [row.get(column, "") for row in rows for column in columns]
        choices.separators[code] = separator = separator_of(texts, known)
        found = values_of(rows, columns, separator)
        old = {**(remembered.get(code) or {}), **choices.values.get(code, {})}
        choices.values[code] = {**guess_values(found, known), **{value: old[value] for value in found if value in old}}


def mapping_for(choices: ListChoices, title: str, organization: Organization) -> MappingFile:
    """The mapping, checked as one out of a file is. Raises MappingFault."""
    return mapping_of(written(choices, title, organization))


def written(choices: ListChoices, title: str, organization: Organization) -> Data:
    """What stands in the mapping's file."""
    number = choices.of("id") or choices.of("service.title")
    data: Data = {"source": title[:60] or "list", "id": [[column] for column in number[:1]]}
    owner = choices.of("organization.name")
    data["organization"] = {
        "id": [[column] for column in owner or number[:1]],
        "name": [owner[0]] if owner else {"value": organization.name},
        "registration_country": {"value": organization.registration_country},
    }
    if place := _location(choices):
        data["location"] = place
    data["service"] = _service(choices)
    if listing := _listing(choices):
        data["listing"] = listing
    data["contacts"] = [
        {"channel": {"value": channel}, "value": [column], "may_be_none": True}
        for channel in _CHANNELS
        for column in choices.of(f"contact.{channel}")
    ]
    return data


def _location(choices: ListChoices) -> Data:
    if not any(choices.of(code) for code in _PLACE):
        return {}
    columns = [column for code in ("location.name", "location.address", "location.city") for column in choices.of(code)]
    points = choices.of("location.lat")[:1] + choices.of("location.lon")[:1]
    if len(points) == 2:
        columns += choices.of("service.title")
    place: Data = {"name": {"first": [[column] for column in columns]}, "country": _country(choices)}
    place["id"] = [[column] for column in (*choices.of("id")[:1], *columns)][:1]
    for name in ("address", "city", "district", "region", "directions"):
        place |= _of(choices, "location", name)
    if len(points) == 2:
        place["point"] = {"lat": [points[0]], "lon": [points[1]]}
    return place


def _service(choices: ListChoices) -> Data:
    service: Data = {"types": _coded(choices, "service.types", choices.kind)}
    service |= _of(choices, "service", "title")
    service |= _of(choices, "service", "summary")
    texts = choices.of("service.text")
    if len(texts) == 1:
        service["text"] = [texts[0]]
    elif texts:
        service["text"] = {"lines": [{"from": [column], "label": column} for column in texts]}
    for name in ("groups", "languages", "cost"):
        if choices.of(f"service.{name}"):
            service[name] = _coded(choices, f"service.{name}")
    return service


def _of(choices: ListChoices, part: str, name: str) -> Data:
    columns = choices.of(f"{part}.{name}")
    return {name: [columns[0]]} if columns else {}


def _listing(choices: ListChoices) -> Data:
    hours = choices.of("listing.hours")[:1]
    words = {"days": {"value": []}, "periods": {"value": []}, "note": hours}
    listing: Data = {"hours": words} if hours else {}
    return listing if _location(choices) else listing | {"remote_country": _country(choices)}


def _country(choices: ListChoices) -> Data:
    return _coded(choices, "location.country", choices.country)


def _coded(choices: ListChoices, code: str, otherwise: str = "") -> Data:
    """Values by ours; what nobody matched is told by the report."""
    several = code not in ("location.country", "service.cost")
    rest: Data = {"value": [otherwise] if several else otherwise}
    columns = choices.of(code)
    if not columns:
        return rest if otherwise else {"value": []}
    table = {value: ours for value, ours in choices.values.get(code, {}).items() if ours}
    data: Data = {"from": [columns[0]], "map": table}
    if separator := choices.separators.get(code):
        data["split"] = separator
    return data | ({"otherwise": rest} if otherwise else {})


def label_of(code: str) -> str:
    return BY_CODE[code].said
