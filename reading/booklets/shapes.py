"""What the layouts booklet.typ and leaflet.typ read; "" where there is nothing to say."""

from __future__ import annotations

from typing import TypedDict


class BookletLine(TypedDict):
    """A crisis line."""

    name: str
    lang: str
    organization: str
    phone: str
    checked: str


class BookletService(TypedDict):
    """`facts` are (name, text); `checked` says how long it may be trusted, too."""

    title: str
    lang: str
    facts: list[tuple[str, str]]
    note: str
    checked: str


class BookletEntry(TypedDict):
    """A place with its door, or, without `address`, whom to call. `city` stands where another one begins.

    What all its services have alike stands here and not with each: `hours`, `facts`, `checked`.
    """

    number: int
    city: str
    title: str
    lang: str
    organization: str
    address: str
    directions: str
    phones: list[str]
    contacts: list[str]
    hours: str
    facts: list[tuple[str, str]]
    services: list[BookletService]
    checked: str


class KindFound(TypedDict):
    """A kind of help with the numbers of those who give it."""

    name: str
    numbers: str


class BookletWords(TypedDict):
    """Words of the layout itself."""

    lines: str
    kinds: str
    places: str
    calls: str
    calls_note: str
    where: str
    way: str
    hours: str
    more: str
    bring: str


class BookletTold(TypedDict):
    """`cut` are places and calls that a sheet was not even given."""

    title: str
    network: str
    on: str
    until: str
    until_short: str
    asks: str
    marks: list[str]
    link: str
    qr: str
    qr_says: str
    qr_alt: str
    lines: list[BookletLine]
    kinds: list[KindFound]
    places: list[BookletEntry]
    calls: list[BookletEntry]
    cut: int
    words: BookletWords


class CityOnPaper(TypedDict):
    code: str
    name: str
    count: int
