"""What a file for paper costs when nobody has asked for it before: Georgia as a booklet and as a leaflet, in every
language of the registry.

    bin/manage shell -c "from bench.papers import main; main()"

Over the demonstration network. *Whole* is the program that makes it, from its start to its end, as a page waits for it;
*set* is the layout alone in a process that has its typefaces open already. Milliseconds of the processor, the median of
the rounds; no pictures, and nothing kept.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import typst
from django.test import override_settings
from django.utils.translation import override

from core.geo.countries import country_name
from core.languages import LANGUAGES
from reading.asked import Asked
from reading.booklets.files import FORMS, SHEETS
from reading.booklets.told import booklet, gathered
from reading.typeset import making

ROUNDS = 7
COUNTRY, LINK = "GE", "https://map.example.org/"
FORM = {"booklet": "a6", "leaflet": "fold-a7"}
_FOLDER = Path(making.__file__).parent


def main() -> None:
    spoken = [row for row in LANGUAGES if row.state != "trial"]
    sys.stdout.write(f"milliseconds of the processor, median of {ROUNDS}\n{'':10}")
    sys.stdout.write("".join(f"{name + ' whole':>16}{'set':>8}" for name in FORM) + "\n")
    with override_settings(LANGUAGES=[(row.code, row.name) for row in spoken]):
        for row in spoken:
            with override(row.code):
                figures = [figure for form in FORM.values() for figure in _costs(form)]
            sys.stdout.write(f"{row.code:10}{figures[0]:16.0f}{figures[1]:8.0f}{figures[2]:16.0f}{figures[3]:8.0f}\n")


def _costs(form: str) -> tuple[float, float]:
    asked = Asked.now("public")
    is_sheet = form in SHEETS
    told = booklet(asked, gathered(asked, COUNTRY), country_name(COUNTRY), COUNTRY, LINK, is_sheet=is_sheet)
    data: dict[str, object] = {**told, **making.of_language(), "paper": form}
    return _median(lambda: making.printed(FORMS[form], data), _of_children), _median(_set(form, data), _own)


def _set(form: str, data: dict[str, object]) -> Callable[[], object]:
    """The words differ each time, so that nothing of the time before is used again."""
    number = 0

    def compile_it() -> object:
        nonlocal number
        number += 1
        words = json.dumps({**data, "link": f"{LINK}{number}"})
        layout = str(_FOLDER / FORMS[form])
        fonts = [str(_FOLDER / "fonts")]
        return typst.compile(
            layout, root=str(_FOLDER), font_paths=fonts, ignore_system_fonts=True, sys_inputs={"data": words},
            pdf_standards=["ua-1"],
        )  # fmt: skip

    return compile_it


def _median(make: Callable[[], object], spent: Callable[[], float]) -> float:
    make()
    found = []
    for _round in range(ROUNDS):
        before = spent()
        make()
        found.append(1000 * (spent() - before))
    return statistics.median(found)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _own() -> float:
    return time.process_time()
