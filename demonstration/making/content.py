"""The hand-written content of the demonstration network: `fixtures/demo/**.yml` read into plain shapes.

Everything in it is fictional but the cities. Texts are `{"ru": …, "en": …}`; a text without "en" was left without a
translation on purpose: about half of a real network's texts are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from core.languages import codes, columns

FOLDER = settings.BASE_DIR / "fixtures" / "demo"
Text = dict[str, str]


@dataclass(frozen=True)
class Variant:
    """One way to tell of a leaf of the vocabulary. `fields` are values of a service, defaults of the leaf included."""

    leaf: str
    number: int
    text: dict[str, Text]
    fields: dict[str, Any]


@dataclass(frozen=True)
class OfferedService:
    """A line of a place: which leaf is given there, and what is special about it."""

    leaf: str
    operation: str = ""
    note: Text = field(default_factory=dict)
    ends_in_days: int = 0
    variant: int | None = None


@dataclass(frozen=True)
class Spot:
    """A place of an organisation, or (without a city) services that are given remotely."""

    key: str
    hours: str
    offers: tuple[OfferedService, ...]
    city: str = ""
    country: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.data.get("type", "remote")

    @property
    def area(self) -> str:
        """Within it no two services may read alike."""
        return self.city or f"remote {self.country}"


@dataclass(frozen=True)
class House:
    """An organisation with its places."""

    slug: str
    data: dict[str, Any]
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Script:
    houses: tuple[House, ...]
    variants: dict[str, tuple[Variant, ...]]
    cities: dict[str, dict[str, Any]]
    hours: dict[str, dict[str, Any]]
    words: dict[str, Any]
    notices: list[dict[str, Any]]
    stories: dict[str, dict[str, Any]]
    voices: dict[str, Any]
    capacity: dict[str, dict[str, Any]]
    attributes: list[dict[str, Any]]
    lands: dict[str, Any]


@cache
def read_content(folder: Path = FOLDER) -> Script:
    """All files of the folder."""
    leaves: dict[str, Any] = {}
    for path in sorted((folder / "services").glob("*.yml")):
        leaves |= _yaml(path)
    return Script(
        houses=tuple(_house(_yaml(path)) for path in sorted((folder / "organizations").glob("*.yml"))),
        variants={leaf: _variants(leaf, entry) for leaf, entry in leaves.items()},
        cities=_yaml(folder / "cities.yml"),
        hours=_yaml(folder / "hours.yml"),
        words=_yaml(folder / "words.yml"),
        notices=_yaml(folder / "notices.yml"),
        stories=_yaml(folder / "stories.yml"),
        voices=_yaml(folder / "voices.yml"),
        capacity=_yaml(folder / "capacity.yml"),
        attributes=_yaml(folder / "attributes.yml"),
        lands=_yaml(folder / "lands.yml"),
    )


def localised(name: str, text: Text) -> dict[str, str]:
    """A translated field as services take it: `{"title": Russian, "title_en": English}`, without absent languages."""
    found = {at: text.get(language, "") for at, language in columns(name)}
    return {key: value for key, value in found.items() if value}


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _variants(leaf: str, entry: dict[str, Any]) -> tuple[Variant, ...]:
    defaults = entry["defaults"]
    return tuple(
        Variant(
            leaf=leaf,
            number=number,
            text={language: item[language] for language in codes() if language in item},
            fields=defaults | item.get("set", {}),
        )
        for number, item in enumerate(entry["variants"])
    )


def _house(data: dict[str, Any]) -> House:
    places = [
        Spot(key=item["key"], hours=item["hours"], city=item["city"], offers=_offers(item), data=item)
        for item in data["places"]
    ]
    remote = [
        Spot(key=f"remote-{number}", hours=item["hours"], country=item["country"], offers=_offers(item), data=item)
        for number, item in enumerate(data["remote"])
    ]
    return House(slug=data["slug"], data=data, spots=(*places, *remote))


def _offers(item: dict[str, Any]) -> tuple[OfferedService, ...]:
    return tuple(
        OfferedService(leaf=line) if isinstance(line, str) else OfferedService(**line) for line in item["services"]
    )
