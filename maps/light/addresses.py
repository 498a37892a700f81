"""Where a light page leads: to addresses of this site, or to the files of a copy, from wherever it is put."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse

#: Stands for a need where everything is meant.
EVERYTHING = "all"


class Addresses(Protocol):
    """Countries are upper-case codes, needs are codes of `reading.needs`; pages count from one."""

    def start(self) -> str: ...

    def country(self, code: str) -> str: ...

    def listings(self, country: str, need: str, page: int = 1) -> str: ...

    def place(self, place_id: str) -> str: ...


class Served:
    """As this site answers, in the active language."""

    def start(self) -> str:
        return reverse("maps:light")

    def country(self, code: str) -> str:
        return reverse("maps:light_country", args=[code.lower()])

    def listings(self, country: str, need: str, page: int = 1) -> str:
        address = reverse("maps:light_listings", args=[country.lower(), need])
        return f"{address}?page={page}" if page > 1 else address

    def place(self, place_id: str) -> str:
        return reverse("maps:light_place", args=[place_id])


@dataclass(frozen=True)
class Filed:
    """As files lie beside each other: relative, so that a copy works under any name and any path, also from a disk.

    `here` is the file in which the addresses stand, from the root of the copy.
    """

    language: str
    here: str

    def start(self) -> str:
        return self.to(f"{self.language}/index.html")

    def country(self, code: str) -> str:
        return self.to(f"{self.language}/{code.lower()}/index.html")

    def listings(self, country: str, need: str, page: int = 1) -> str:
        name = f"{need}-{page}" if page > 1 else need
        return self.to(f"{self.language}/{country.lower()}/{name}.html")

    def place(self, place_id: str) -> str:
        return self.to(f"{self.language}/places/{place_id}.html")

    def to(self, file: str) -> str:
        return posixpath.relpath(file, posixpath.dirname(self.here) or ".")
