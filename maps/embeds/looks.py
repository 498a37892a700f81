"""How an embed looks, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from maps.embeds import colours
from reading.picked.ids import Ids, read_ids, written

VIEWS = ("split", "map", "list", "cards")
THEMES = ("", "light", "dark")
#: What an embed reads beside the conditions of the map. It stays in every address of the page and in its forms, for
#: readers without scripts.
PARAMETERS = ("lock", "view", "theme", "accent", "header", "place", "picked")


@dataclass(frozen=True)
class Looks:
    """`view` is map, list, both, or cards alone; `accent` is `#rrggbb` or ""; `locked` names conditions; `place` is
    the id of the one place that cards are of, `picked` are services that somebody has put together: as cards, in
    their order.
    """

    view: str = VIEWS[0]
    theme: str = ""
    accent: str = ""
    has_header: bool = False
    locked: tuple[str, ...] = ()
    place: str = ""
    picked: Ids = ()

    @classmethod
    def read(cls, given: QueryDict) -> Looks:
        """Unknown values are the defaults: a typo in a snippet must not empty a page."""
        said = {name: str(given.get(name, "")) for name in PARAMETERS}
        picked = read_ids(said["picked"])
        return cls(
            view="cards" if picked else one_of(said["view"], VIEWS),
            theme=one_of(said["theme"], THEMES),
            accent=colours.parsed(said["accent"]),
            has_header=said["header"] in ("1", "yes"),
            locked=tuple(name.strip() for name in said["lock"].split(",") if name.strip()),
            place=said["place"][:80],
            picked=picked,
        )

    def to_pairs(self) -> list[tuple[str, str]]:
        """Only what differs from the defaults; the view is said always."""
        pairs = [("lock", ",".join(self.locked)), ("theme", self.theme), ("accent", self.accent.removeprefix("#"))]
        pairs += [("header", "1" if self.has_header else ""), ("place", self.place), ("picked", written(self.picked))]
        return [("view", self.view), *((name, value) for name, value in pairs if value)]


def one_of(value: str, known: tuple[str, ...]) -> str:
    """The value when it is known, else the default, which is the first one."""
    return value if value in known else known[0]
