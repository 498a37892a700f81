"""What it costs to mark words of another language: pages of a preview that borrows nearly all of its words, beside the
same pages without marks.

    bin/manage shell -c "from bench.borrowed import main; main()"

Over the demonstration network. Rounds take turns; processor time, the median of the rounds, and the ratio of the two.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.conf import settings
from django.test import Client, override_settings

from bench.languages import time_of
from core.languages import by_code
from core.phrasing import marks

ROUNDS = 41
#: Of right-to-left writing, with few words of its own; its pages are in English.
BORROWER = "ar"
_PAGES = ("/", "/?country=GE", "/light/ge/", "/about/")


def main() -> None:
    spoken = [pair for pair in settings.LANGUAGES if pair[0] != BORROWER]
    with override_settings(
        LANGUAGES=[*spoken, (BORROWER, by_code(BORROWER).name)], PREVIEWS_FOR_ALL=(BORROWER,), ALLOWED_HOSTS=["*"]
    ):
        spent = _spent(Client(headers={"host": "localhost"}))
    sys.stdout.write(f"processor time in milliseconds, median of {ROUNDS} rounds: without marks, with marks, ratio\n")
    for page, (bare, marked) in spent.items():
        pair = [1000 * statistics.median(times) for times in (bare, marked)]
        sys.stdout.write(f"{page:24}{pair[0]:8.1f}{pair[1]:8.1f}{pair[1] / pair[0]:7.2f}\n")


def _spent(client: Client) -> dict[str, tuple[list[float], list[float]]]:
    spent: dict[str, tuple[list[float], list[float]]] = {page: ([], []) for page in _PAGES}
    for number in range(ROUNDS + 1):
        for page, taken in spent.items():
            for is_marked in (False, True):
                with _marks(on=is_marked):
                    seconds = time_of(lambda page=page: client.get(f"/{BORROWER}{page}"))  # type: ignore[misc]
                if number:  # the first round warms up
                    taken[is_marked].append(seconds)
    return spent


@contextmanager
def _marks(*, on: bool) -> Iterator[None]:
    """Without them nothing is marked, so nothing is looked for either."""
    with patch.object(marks, "_is_on", marks._is_on if on else _Never()):
        yield


class _Never:
    """Stands where a page says that its words are marked."""

    def set(self, value: bool) -> None:
        """It is not."""

    def reset(self, token: object) -> None:
        """Nothing was set."""

    def get(self) -> bool:
        return False
