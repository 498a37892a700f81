"""What is one network's own, read from its file: NETWORK_FILE names it, else it is `fixtures/networks/partner.toml`.

The code knows no network: its name, countries, source language, clocks, kinds of help, colour and addresses stand in
this file. A key that is missing, misspelt or not possible is told with what to write. Settings, `core.languages` and
`bin/serve` read it before there is a framework, so it is read by the standard library alone.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
FIRST = ROOT / "fixtures" / "networks" / "partner.toml"
#: What a database without a code in its name belongs to.
FIRST_CODE = FIRST.stem
#: What the product is called where a network does not say it otherwise.
PRODUCT = "Service map"
#: Colours that are drawn, each with its twin for dark screens (static/css/tokens.css, dark.css).
BRANDS = ("teal", "indigo", "plum")
#: Languages that texts of records are written in; one of them is the source.
WRITTEN = ("ru", "en")
CLOCK = ("recheck_months", "notice_days", "escalate_days", "hide_days", "archive_days")
_PLACES = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
_KEYS = frozenset({
    *("code", "name", "wordmark", "source", "countries", "high_risk", "vocabulary", "demonstration"),
    *("brand", "address", "email", "clocks", "words"),
})  # fmt: skip


class NetworkFileError(Exception):
    """A file that no network can be run by: a sentence for each fault, each with its key and what to write."""

    def __init__(self, path: Path, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(f"{path} is not a network's file yet:\n" + "\n".join(f"- {fault}" for fault in faults))


@dataclass(frozen=True)
class NetworkFile:
    """`vocabulary` and `demonstration` are folders, None where the common one serves. `clocks`: class → its windows.

    `words`: message of the product → what the network says instead, by language; the name of the product among them.
    """

    path: Path
    code: str
    name: Mapping[str, str]
    source: str
    countries: tuple[str, ...]
    high_risk: tuple[str, ...] = ()
    wordmark: Mapping[str, str] = field(default_factory=dict)
    vocabulary: Path | None = None
    demonstration: Path | None = None
    brand: str = BRANDS[0]
    address: str = ""
    email: str = "map@example.org"
    clocks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_first(self) -> bool:
        return self.code == FIRST_CODE

    @property
    def database(self) -> str:
        """Every network has a database of its own in the cluster."""
        return "servicemap" if self.is_first else f"servicemap_{self.code}"

    @property
    def login(self) -> str:
        """Who owns that database, and may enter no other."""
        return self.database

    @property
    def place(self) -> Path:
        """Where, from the root of the checkout, its processes write: media, logs, letters, files of everything."""
        return Path("var") if self.is_first else Path("var", "networks", self.code)

    def cookie(self, name: str) -> str:
        """Two networks on one host do not sign each other's people out."""
        return name if self.is_first else f"{self.code}-{name}"

    def vocabulary_file(self, name: str) -> Path:
        """The network's own list of terms, else the common one."""
        own = self.vocabulary / name if self.vocabulary else None
        return own if own is not None and own.exists() else ROOT / "fixtures" / "vocabulary" / name


def current() -> NetworkFile:
    return read(chosen(os.environ))


def chosen(environment: Mapping[str, str]) -> Path:
    """Where NETWORK_FILE leads, from the checkout's root; the first network's where it says nothing."""
    given = environment.get("NETWORK_FILE", "").strip()
    return (ROOT / given).resolve() if given else FIRST


@cache
def read(path: Path) -> NetworkFile:
    """The network of a file; NetworkFileError with every fault of it at once."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise NetworkFileError(path, ["There is no such file; see docs/second-network.md."]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NetworkFileError(path, [f"This is not TOML: {error}."]) from None
    if faults := [*_faults(told), *_folder_faults(told, path.parent)]:
        raise NetworkFileError(path, faults)
    return _made(told, path)


def _made(told: dict[str, Any], path: Path) -> NetworkFile:
    values: dict[str, Any] = {key: said for key, said in told.items() if said}
    for key in ("vocabulary", "demonstration"):
        if key in values:
            values[key] = _folder(path.parent, values[key])
    for key in ("countries", "high_risk"):
        values[key] = tuple(values.get(key, ()))
    values["words"] = {_message_of(row): _but_message(row) for row in told.get("words", [])}
    if told.get("wordmark"):
        values["words"][PRODUCT] = told["wordmark"]
    return NetworkFile(path=path, **values)


def _faults(told: Mapping[str, Any]) -> list[str]:
    """What is wrong in the file itself."""
    strange = sorted(told.keys() - _KEYS)
    found = [f"{key}: there is no such key. Known are {', '.join(sorted(_KEYS))}." for key in strange]
    if not _is(told.get("code"), r"(?!(?:reader|public)$)[a-z][a-z0-9_]{1,19}"):
        found.append('code: write 2 to 20 small Latin letters, digits or "_", as "harbour".')
    found += _name_faults(told.get("name"))
    if "wordmark" in told and not _by_language(told["wordmark"]):
        found.append('wordmark: write a table of language = words, as {en = "Harbour map"}.')
    if told.get("source") not in WRITTEN:
        found.append(f"source: write the language in which texts are written first: {' or '.join(WRITTEN)}.")
    found += _country_faults(told)
    if told.get("brand", BRANDS[0]) not in BRANDS:
        found.append(f"brand: write one of {', '.join(BRANDS)}.")
    if told.get("address") and not _is(told["address"], r"https?://[^/\s]+"):
        found.append('address: write "https://…" without a slash at the end, or leave the key out.')
    if "email" in told and not _is(told["email"], r"[^@\s]+@[^@\s]+"):
        found.append('email: write an address of letters, as "map@example.org".')
    return [*found, *_word_faults(told.get("words", [])), *_clock_faults(told.get("clocks", {}))]


def _word_faults(words: object) -> list[str]:
    """Of [[words]]: every place for a value that a message has is in what is said instead."""
    if not isinstance(words, list) or not all(_by_language(_but_message(row)) for row in words):
        return [
            'words: write [[words]], then message = "…" as the product says it, and en = "…" with words of your own.'
        ]
    return [
        f"words, {row['message']!r}: in {code} write the same places for values as there: {' '.join(sorted(wanted))}."
        for row in words
        for code, said in _but_message(row).items()
        if (wanted := set(_PLACES.findall(row["message"]))) != set(_PLACES.findall(said))
    ]


def _but_message(row: object) -> dict[str, Any]:
    if not isinstance(row, dict) or not isinstance(row.get("message"), str):
        return {}
    return {key: said for key, said in row.items() if key not in ("message", "context")}


def _message_of(row: Mapping[str, str]) -> str:
    """As catalogues name it: one of a context has that before it."""
    return f"{row['context']}\x04{row['message']}" if row.get("context") else row["message"]


def _name_faults(name: object) -> list[str]:
    if not _by_language(name):
        return [f"name: write the network's name in each language, as a table [name] with {' and '.join(WRITTEN)}."]
    assert isinstance(name, dict)  # noqa: S101  (it was asked just now)
    return [f"name.{code}: write the network's name in this language." for code in WRITTEN if not name.get(code)]


def _country_faults(told: Mapping[str, Any]) -> list[str]:
    countries, risky = told.get("countries"), told.get("high_risk", [])
    if not _are_countries(countries) or not countries:
        return ['countries: write ISO codes of the network\'s countries, as ["IT", "GR"].']
    if not _are_countries(risky):
        return ['high_risk: write ISO codes of countries, as ["TR"], or leave the key out.']
    twice = sorted({code for code in countries if countries.count(code) > 1})
    return [f"countries: {code} stands there twice." for code in twice]


def _clock_faults(clocks: object) -> list[str]:
    """Of [clocks.A] and its sisters; the database's own rules are told where the rows are written."""
    if not isinstance(clocks, dict) or not all(isinstance(row, dict) for row in clocks.values()):
        return ["clocks: write a table for each class, as [clocks.A]."]
    found = [f"clocks.{name}: there is no such class; write A, B or C." for name in sorted(clocks.keys() - set("ABC"))]
    for name in sorted(clocks.keys() & set("ABC")):
        for key in sorted(clocks[name].keys() ^ set(CLOCK)):
            missing = key in CLOCK
            words = "write this number too." if missing else f"there is no such key; known are {', '.join(CLOCK)}."
            found.append(f"clocks.{name}.{key}: {words}")
        for key in sorted(clocks[name].keys() & set(CLOCK)):
            value = clocks[name][key]
            numbers = value if key == "notice_days" and isinstance(value, list) else [value]
            if (key == "notice_days" and not isinstance(value, list)) or not all(_is_number(one) for one in numbers):
                wanted = "numbers in brackets, as [21, 7]" if key == "notice_days" else "a whole number"
                found.append(f"clocks.{name}.{key}: write {wanted}.")
    return found


def _folder_faults(told: Mapping[str, Any], beside: Path) -> list[str]:
    return [
        f"{key}: there is no folder {told[key]} beside the file. Write one that is there, or leave the key out."
        for key in ("vocabulary", "demonstration")
        if told.get(key) and (not isinstance(told[key], str) or not _folder(beside, told[key]).is_dir())
    ]


def _folder(beside: Path, name: str) -> Path:
    return (beside / name).resolve()


def _is(value: object, pattern: str) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_countries(value: object) -> bool:
    return isinstance(value, list) and all(_is(code, "[A-Z]{2}") for code in value)


def _by_language(value: object) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    return all(_is(code, r"[a-z-]{2,8}") and isinstance(words, str) for code, words in value.items())
