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
KINDS: Final = (*PAGES, EMBED, DOWNLOAD, CHOSEN, NOTHING, HOST)

_HOST = re.compile(r"(?=.{4,100}$)([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z][-a-z0-9]*[a-z0-9]")


def host_of(text: str) -> str:
    """The name of a site as it is counted; "" for whatever is none, addresses of numbers among it."""
    name = text.strip().lower().rstrip(".")
    return name if _HOST.fullmatch(name) else ""
