"""`manage.py write_filter_names`: tell the map's scripts which filters there are. A test compares."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from directory.asking.filters import SORTS
from directory.filtering.declared import FILTERS
from directory.filtering.known import CODE

PATH = Path(settings.BASE_DIR) / "static" / "js" / "map" / "filter-names.js"


def script() -> str:
    """The module as it has to be."""
    in_address = _lines(name for name, declared in FILTERS.items() if declared.in_address)
    places = ", ".join(f'"{name}"' for name, declared in FILTERS.items() if declared.is_place)
    sorts = ", ".join(f'"{name}"' for name in SORTS)
    return f"""\
// Written by `bin/manage write_filter_names` from what `directory` declares; change it there.

// Filters that an address may carry, in its order.
export const FILTERS = [
{in_address}
];

// Those that mean another part of the world.
export const PLACES = [{places}];

// Orders of the list, the usual one first.
export const SORTS = [{sorts}];

// How any value is written.
export const CODE = /^{CODE}$/;
"""


def _lines(names: Iterable[str]) -> str:
    return "\n".join(f'  "{name}",' for name in names)


class Command(BaseCommand):
    help = "Writes the names of the declared filters for the map's scripts."

    def handle(self, *args: Any, **options: Any) -> None:
        PATH.write_text(script(), encoding="utf-8")
