"""What buttons carry: `s1|step|codes…`. The codes are those of the directory; nothing in them is about a person."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from telegram.screens import LONGEST_DATA, Button

#: A button of another version answers "begin anew", never an error.
VERSION = "s1"
#: A keyboard longer than this is not read.
MOST_BUTTONS = 24


class Turn(StrEnum):
    START = "0"
    #: Group of services; kind in a group; country for a kind; city in a country; what was found.
    GROUPS = "g"
    KINDS = "k"
    COUNTRIES = "c"
    CITIES = "t"
    FOUND = "f"
    NEAR = "n"
    PRIVACY = "p"


def button(label: str, step: Turn, *codes: str) -> Button:
    return Button(label, "|".join((VERSION, step, *codes)))


def fits(step: Turn, *codes: str) -> bool:
    """Whether a button can carry these codes."""
    return len("|".join((VERSION, step, *codes)).encode()) <= LONGEST_DATA


def read(data: str) -> tuple[Turn, list[str]] | None:
    """Turn and codes of a press; None for a button of another version, or for what is none of ours."""
    version, _bar, rest = data.partition("|")
    step, *codes = rest.split("|")
    if version != VERSION or step not in Turn._value2member_map_:
        return None
    return Turn(step), codes


def in_rows(buttons: Sequence[Button], wide: int = 1) -> tuple[tuple[Button, ...], ...]:
    shown = buttons[:MOST_BUTTONS]
    return tuple(tuple(shown[at : at + wide]) for at in range(0, len(shown), wide))
