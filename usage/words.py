"""What is counted, by codes."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Used(NamedTuple):
    """What was used (one of `KINDS`), for which country ("" where none was chosen), and a code of that kind."""

    what: str
    country: str = ""
    code: str = ""


#: Pages that tell that somebody opened them; a map inside another site is an embed.
PAGES: Final = ("map", "place", "organization")
EMBED: Final = "embed"
DOWNLOAD: Final = "download"
#: A condition that somebody chose, and one with which nothing was found: `param:code`.
CHOSEN: Final = "chosen"
NOTHING: Final = "nothing"
#: A question of words with which nothing was found: that there was one, and never which.
WORDS: Final = "q"
#: The site in which an embed stands.
HOST: Final = "host"
#: How the house answered; no page says it of itself, so it is none of the kinds that come from outside.
ANSWER: Final = "answer"
#: From here on an answer is a refusal; from there on a fault of ours.
REFUSED, FAULT = 400, 500
KINDS: Final = (*PAGES, EMBED, DOWNLOAD, CHOSEN, NOTHING, HOST)

_HOST = re.compile(r"(?=.{4,100}$)([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z][-a-z0-9]*[a-z0-9]")


def is_fault(cell: Used) -> bool:
    """An answer that the house failed to give; its code is `hour status route`."""
    status = cell.code.split(" ")[1:2] if cell.what == ANSWER else []
    return bool(status) and status[0].isdigit() and int(status[0]) >= FAULT


def host_of(text: str) -> str:
    """The name of a site as it is counted; "" for whatever is none, addresses of numbers among it."""
    name = text.strip().lower().rstrip(".")
    return name if _HOST.fullmatch(name) else ""
