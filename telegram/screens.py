"""What a dialogue is made of: what somebody said, and the screen that answers it. Plain values, no library.

Rule: the state of a dialogue travels in its buttons, so nobody has to keep anything of whoever talks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: Telegram takes no more characters in a message, and no more bytes in what a button sends back.
LONGEST_TEXT, LONGEST_DATA = 4096, 64


@dataclass(frozen=True)
class Said:
    """All that is read of an update: words, the data of a pressed button, or a position (latitude, longitude).

    The chat is for what was linked (`telegram.linked.desk`); it stands in no line and goes on to nobody else.
    """

    language: str
    words: str = ""
    press: str = ""
    place: tuple[float, float] | None = None
    is_live: bool = False
    chat: int = field(default=0, repr=False)


@dataclass(frozen=True)
class Button:
    """What a press sends back; ValueError where Telegram would refuse it."""

    label: str
    data: str

    def __post_init__(self) -> None:
        if not 0 < len(self.data.encode()) <= LONGEST_DATA:
            raise ValueError(f"data of {len(self.data.encode())} bytes")


@dataclass(frozen=True)
class Screen:
    """One message: plain text and its buttons, row by row. `asks_place` offers a key that sends the own position."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    asks_place: bool = False

    def __post_init__(self) -> None:
        if not 0 < _units(self.text) <= LONGEST_TEXT:
            raise ValueError(f"a text of {_units(self.text)} characters")


def shorten(text: str, most: int) -> str:
    """The text, cut to what Telegram counts as `most` characters."""
    if _units(text) <= most:
        return text
    cut = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", errors="ignore")
    return f"{cut.rstrip()}…"


def _units(text: str) -> int:
    """Telegram counts units of UTF-16: most pictures are two."""
    return len(text.encode("utf-16-le")) // 2
