"""Which words come first. A language is on when everything of tier 1 was checked: FIRST, VOCABULARY and READERS."""

from __future__ import annotations

from collections.abc import Sequence

#: What somebody reads who has to leave, to call, or finds nothing; words of the vocabulary; the other readers' pages;
#: texts of records; doors and letters; everything else.
FIRST, VOCABULARY, READERS, RECORDS_TIER, DOORS, LAST = range(1, 7)
#: These must be checked before a language is on.
NEEDED = (FIRST, VOCABULARY, READERS)

_FIRST = (
    "templates/components/exit.html", "templates/components/wipe.html", "templates/components/empty.html",
    "templates/kept.html", "templates/404.html", "templates/429.html", "templates/500.html",
    "templates/maps/_alternatives.html", "templates/maps/_way", "templates/maps/_notice.html",
    "templates/maps/_capacity.html", "templates/maps/_banner.html", "reading/alternatives.py", "reading/ways.py",
)  # fmt: skip
#: Beside the readers' own pages: read by colleagues, journalists, developers.
_NOT_READERS = (
    "templates/maps/about", "templates/maps/api_", "templates/maps/press", "templates/maps/data", "templates/maps/use",
    "templates/maps/embed_build", "templates/maps/_build_", "templates/maps/learning", "templates/maps/grants",
    "templates/maps/news", "templates/maps/_news", "templates/maps/digest", "templates/maps/paper",
    "templates/maps/_embed", "templates/maps/_picked", "templates/maps/picked", "templates/maps/_download",
    "templates/maps/_sum", "templates/maps/_follow", "templates/maps/_centre",
    "templates/components/workspace", "templates/components/learning", "templates/components/demo",
    "reading/exports/", "reading/api/", "reading/hsds/", "reading/picked/", "directory/learning", "directory/topics",
    "directory/numbers", "maps/embeds", "reading/presenters/learning", "reading/presenters/granted",
    "reading/presenters/news", "reading/presenters/reviews", "reading/presenters/lands",
)  # fmt: skip
_READERS = (
    "templates/maps/", "templates/components/", "templates/layout/public", "templates/base.html", "directory/", "maps/",
    "reading/", "core/languages.py",
)  # fmt: skip
_DOORS = ("templates/doors/", "doors/", "templates/verification/", "templates/maps/", "telegram/", "templates/404")


def tier_of(files: Sequence[str]) -> int:
    """The best one among the files in which a message stands."""
    return min((_tier(name) for name in files), default=LAST)


def _tier(name: str) -> int:
    if name.startswith(_FIRST):
        return FIRST
    if name.startswith(_READERS) and not name.startswith(_NOT_READERS):
        return READERS
    return DOORS if name.startswith((*_DOORS, *_NOT_READERS)) else LAST
