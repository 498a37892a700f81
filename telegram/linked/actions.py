"""What buttons for linked people carry: `a1|step|codes…`. Each is done again with the rights of whoever presses.

Rule: a button gives no right. The chat says who presses, the domain asks what they may; so one that was forged or sent
on does what that person could do anyway, and nothing else. The handle of a confirmation opens no page.
"""

from __future__ import annotations

from enum import StrEnum

from telegram.screens import Button

VERSION = "a1"


class Act(StrEnum):
    #: What is due; all of a handle is right; one by one; one of them is right; take it back.
    DUE = "d"
    ALL_RIGHT = "y"
    EACH = "e"
    ONE_RIGHT = "o"
    UNDO = "u"
    #: Listings with places; the levels of one; a level is said.
    PLACES = "p"
    LEVELS = "l"
    LEVEL = "v"
    #: Requests that wait; one of them; it has arrived; why it cannot be.
    REQUESTS = "r"
    REQUEST = "q"
    RECEIVED = "g"
    DECLINED = "n"
    #: What was chosen here; countries on and off; the chat is forgotten.
    SETTINGS = "s"
    COUNTRY = "c"
    STOP = "x"


def act(label: str, step: Act, *codes: str) -> Button:
    return Button(label, "|".join((VERSION, step, *codes)))


def is_act(data: str) -> bool:
    return data.partition("|")[0] == VERSION


def read(data: str) -> tuple[Act, list[str]] | None:
    """Step and codes of a press; None for what is none of ours."""
    version, _bar, rest = data.partition("|")
    step, *codes = rest.split("|")
    if version != VERSION or step not in Act._value2member_map_:
        return None
    return Act(step), codes
