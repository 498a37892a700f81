"""An answer as it goes out: packed once for each way of packing; whoever has it already is told so in no time."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

try:
    import brotli
except ImportError:  # answers are gzipped then
    brotli = None

Headers = list[tuple[str, str]]
#: Smaller ones do not get smaller.
SHORTEST = 600
_PACKABLE = re.compile(r"text/|application/(json|geo\+json|xml|vnd\.oai)|image/svg")
_OF_THE_BODY = frozenset({"content-type", "content-length", "content-encoding", "content-language"})
_PACK: dict[str, Callable[[bytes], bytes]] = {"gzip": lambda body: gzip.compress(body, 6, mtime=0), "": bytes}
if brotli is not None:
    _PACK["br"] = lambda body: brotli.compress(body, quality=5)


@dataclass
class Made:
    """What the application answered."""

    status: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    @property
    def may_be_kept(self) -> bool:
        """Only what says so itself, sets nothing, and differs by nothing but packing and language."""
        caching = {word.strip() for word in self.header("cache-control").split(",")}
        differs_by = {word.strip().lower() for word in self.header("vary").split(",")} - {""}
        return (
            self.status.startswith("200")
            and "public" in caching
            and not caching & {"no-store", "private", "no-cache"}
            and differs_by <= {"accept-encoding", "accept-language"}
            and not self.header("set-cookie")
            and "'nonce-" not in self.header("content-security-policy")
        )


@dataclass
class Packed:
    """A kept answer. `size` is what it takes of the memory, with every way of packing that anybody asked for."""

    made: Made
    mark: int
    minute: int
    etag: str = ""
    unchanged: Headers = field(default_factory=list)
    _bodies: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        made = self.made
        own = made.header("etag")
        etag = own if own.startswith("W/") else f"W/{own}" if own else f'W/"{_digest(made.body)}"'
        self.is_packable = len(made.body) >= SHORTEST and bool(_PACKABLE.match(made.header("content-type")))
        vary = {word.strip() for word in made.header("vary").split(",")} - {""}
        vary |= {"Accept-Encoding"} if self.is_packable else set()
        replaced = {"etag", "vary", "content-length"}
        self.etag, self._same = etag, [pair for pair in made.headers if pair[0].lower() not in replaced]
        self._same += [("ETag", etag), *([("Vary", ", ".join(sorted(vary)))] if vary else [])]
        self.unchanged = [pair for pair in self._same if pair[0].lower() not in _OF_THE_BODY]

    def packed(self, way: str) -> tuple[Headers, bytes]:
        way = way if self.is_packable else ""
        if (found := self._bodies.get(way)) is None:
            body = _PACK[way](self.made.body)
            more = [("Content-Encoding", way)] if way else []
            found = self._bodies[way] = ([*self._same, *more, ("Content-Length", str(len(body)))], body)
        return found

    @property
    def size(self) -> int:
        return len(self.made.body) + sum(len(body) for way, (_head, body) in self._bodies.items() if way) + 4096

    def is_known_to(self, asked: str) -> bool:
        """Whether `If-None-Match` names what we have; compared weakly, as RFC 9110 asks of a GET."""
        if not asked:
            return False
        bare = self.etag.removeprefix("W/")
        return asked.strip() == "*" or bare in {one.strip().removeprefix("W/") for one in asked.split(",")}


def packed_once(made: Made, way: str) -> Made:
    """For one asker, without a mark by which it could be kept."""
    if not way or len(made.body) < SHORTEST or not _PACKABLE.match(made.header("content-type")):
        return made
    body = _PACK[way](made.body)
    headers = [pair for pair in made.headers if pair[0].lower() not in ("content-length", "vary")]
    vary = {word.strip() for word in made.header("vary").split(",")} - {""} | {"Accept-Encoding"}
    more = [("Vary", ", ".join(sorted(vary))), ("Content-Encoding", way), ("Content-Length", str(len(body)))]
    return Made(made.status, [*headers, *more], body)


@lru_cache(512)
def way_of(accepted: str) -> str:
    """How to pack for an `Accept-Encoding`: the smallest that is understood."""
    given: dict[str, float] = {}
    for part in accepted.split(","):
        name, *rest = (word.strip() for word in part.lower().split(";"))
        weight = next((word[2:] for word in rest if word.startswith("q=")), "1")
        try:
            given[name] = float(weight)
        except ValueError:
            given[name] = 0
    return next((way for way in ("br", "gzip") if way in _PACK and given.get(way, given.get("*", 0)) > 0), "")


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:24]
