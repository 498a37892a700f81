"""What a digest says, for its page, its preview and its letters: sections with lines, in the reader's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from directory.digests import nameable
from directory.news import About
from directory.records import Audience
from directory.vocabulary import localised
from network.news.models import Digest, DigestLine, Section
from verification.snapshots import texts


@dataclass(frozen=True)
class Told:
    """A section: its lines, and how many more there are that only members read, behind the login."""

    code: str
    name: str
    lines: tuple[tuple[DigestLine, str], ...]
    inside: int = 0


def standing(digest: Digest, at: dt.datetime) -> list[DigestLine]:
    """The lines that are told: not left out, not taken off, and of a service that its readers may see today."""
    audience: Audience = "public" if digest.is_public else "members"
    lines = list(digest.lines.filter(is_out=False, taken_off_at__isnull=True))
    there = nameable(audience, [line.ref for line in lines if line.about == About.LISTING], at)
    return [line for line in lines if line.about != About.LISTING or line.ref in there]


def told(digest: Digest, at: dt.datetime, *, by_letter: bool = False) -> list[Told]:
    """Sections in their order. By letter, what only members read is counted and not said: mail lies in other hands."""
    lines = standing(digest, at)
    hidden = set[int]()
    if by_letter:
        listings = [line.ref for line in lines if line.about == About.LISTING]
        there = nameable("public", listings, at)
        hidden = {
            line.pk
            for line in lines
            if not (line.is_public or line.about == About.FIGURE)
            or (line.about == About.LISTING and line.ref not in there)
        }
    found = []
    for section in Section:
        mine = [line for line in lines if line.section == section]
        said = tuple((line, localised(line.words)) for line in mine if line.pk not in hidden)
        if mine:
            found.append(Told(section.value, str(section.label), said, len(mine) - len(said)))
    return found


def opening_of(digest: Digest) -> str:
    return localised(texts(digest, "opening"))
