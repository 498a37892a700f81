"""Scripts and styles use nothing that the oldest browsers of ADR 0059 do not know.

Versions are those of MDN's compatibility data. What stands here is what is younger than the floor and what somebody
would write by habit; syntax that no row names is caught where the page is tried in those browsers.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
#: What import maps need, without which no module of ours is found.
FLOOR = {"chrome": 89, "firefox": 108, "safari": 16.4}

#: Pattern → (Chrome, Firefox, Safari) that know it first.
SCRIPTS = {
    r"\.at\(": (92, 90, 15.4),
    r"\bstructuredClone\(": (98, 94, 15.4),
    r"\bObject\.hasOwn\(": (93, 92, 15.4),
    r"\bObject\.groupBy\(|\bMap\.groupBy\(": (117, 119, 17.4),
    r"\.findLast(?:Index)?\(": (97, 104, 15.4),
    r"\.(?:toSorted|toReversed|toSpliced|with)\(": (110, 115, 16),
    r"\.inert\b": (102, 112, 15.5),
    r"\bcrypto\.randomUUID\(": (92, 95, 15.4),
    r"\bAbortSignal\.(?:timeout|any)\(": (103, 100, 16),
    r"\bPromise\.(?:withResolvers|try)\(": (119, 121, 17.4),
    r"\bArray\.fromAsync\(": (121, 115, 16.4),
    r"\bURL\.canParse\(": (120, 115, 17),
    r"\.(?:isSubsetOf|intersection|difference|union)\(": (122, 127, 17),
    r"\.checkVisibility\(|\.showPopover\(": (105, 106, 17.4),
    r"\bIntl\.(?:DurationFormat|Segmenter)\b": (129, 136, 18.4),
    r"(?m)^\s*static \{": (94, 93, 16.4),
    r"\bimport\s.*\bwith \{": (123, 138, 17.2),
    r"\bscheduler\.|\brequestIdleCallback\(|\bstartViewTransition\(": (94, 142, 99),
    r"/v[gimsuy]*[;,)]": (112, 116, 17),
}
STYLES = {
    r"color-mix\(": (111, 113, 16.2),
    r":has\(": (105, 121, 15.4),
    r"\b\d[\d.]*[dsl]v[hwi]\b": (108, 101, 15.4),
    r"@container|\bcq[iwhb]\b|container-type": (105, 110, 16),
    r"@layer": (99, 97, 15.4),
    r"@scope|@starting-style|@property": (118, 128, 17.4),
    r"\b(?:oklch|oklab|lch|lab|light-dark)\(": (111, 113, 15.4),
    r"\bsubgrid\b": (117, 71, 16),
    r"(?m)^\s*(?:rotate|scale|translate):": (104, 72, 14.1),
    r"text-wrap": (114, 121, 17.5),
    r"(?m)^\s*&": (112, 117, 16.5),
    r"field-sizing|interpolate-size|anchor-name|position-anchor": (123, 999, 26),
    r"scrollbar-(?:width|color)": (121, 64, 18.2),
    r"overscroll-behavior": (63, 59, 16),
    r"content-visibility|contain-intrinsic": (85, 125, 18),
}
#: Younger than the floor, and only better where it is known; each with what stands there where it is not.
BETTER_WITH = {
    r":has\(": "a mark of what is chosen, which its own box or chip says too",
    r"\b\d[\d.]*[dsl]v[hwi]\b": "the same height in vh, in the line before",
    r"(?m)^\s*(?:rotate|scale|translate):": "an arrow that does not turn",
    r"text-wrap": "lines that break anywhere",
    r"scrollbar-(?:width|color)": "the browser's own scroll bar",
    r"content-visibility|contain-intrinsic": "all cards laid out at once",
}


def files(folder: str, ending: str) -> list[Path]:
    found = sorted((STATIC / folder).rglob(f"*{ending}"))
    assert found
    return [path for path in found if "tests" not in path.parts]


def code(path: Path) -> str:
    """Without comments, which may name anything."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"(?m)(^|\s)//.*$", r"\1", text) if path.suffix == ".js" else text


def is_young(versions: tuple[float, ...]) -> bool:
    return any(known > floor for known, floor in zip(versions, FLOOR.values(), strict=True))


def young(text: str, known: dict[str, tuple[float, ...]]) -> list[str]:
    return [pattern for pattern, versions in known.items() if is_young(versions) and re.search(pattern, text)]


def test_scripts_use_nothing_younger_than_the_floor():
    assert {path.name: found for path in files("js", ".js") if (found := young(code(path), SCRIPTS))} == {}


def test_styles_use_what_is_younger_only_to_be_better():
    found = {(path.name, one) for path in files("css", ".css") for one in young(code(path), STYLES)}
    assert {(name, one) for name, one in found if one not in BETTER_WITH} == set()


def test_a_height_that_old_browsers_do_not_know_stands_after_one_that_they_do():
    for path in files("css", ".css"):
        lines = code(path).splitlines()
        for before, line in pairwise(lines):
            if re.search(r"\d[dsl]v[hwi]\b", line):
                assert line.split(":")[0] == before.split(":")[0] and "vh" in before, f"{path.name}: {line}"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("const last = all.at(-1);", SCRIPTS),
        ("structuredClone(state)", SCRIPTS),
        ("panel.inert = true", SCRIPTS),
        ("  background: color-mix(in srgb, red 1%, blue);", STYLES),
    ],
)
def test_what_is_younger_is_seen(text, known):
    assert young(text, known)


def test_the_script_that_makes_a_page_plain_is_read_by_every_browser():
    """It speaks of browsers below the floor, so it may use nothing that came after 2015."""
    text = code(STATIC / "js" / "plain.js")
    assert not re.search(r"\?\.|\?\?|\*\*|async |await |\.\.\.|#\w+\(|import |export |\.includes\(|\.append\(", text)
