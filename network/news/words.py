"""What a digest says, for its page, its preview and its letters: sections with lines, in the reader's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from directory.asking.digests import nameable
from directory.crossing.records import Audience
from directory.tables.news import NewsAbout
from directory.vocabulary import localised
from network.news.models import Digest, DigestLine, Section
from verification.snapshots import texts


@dataclass(frozen=True)
class SectionWorded:
    """A section and its lines. A letter says how many there are, and of the figures what they are."""

    code: str
    name: str
    lines: tuple[tuple[DigestLine, str], ...]

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def figures(self) -> str:
        return "; ".join(text for _line, text in self.lines) if self.code == Section.FIGURES else ""


def standing(digest: Digest, at: dt.datetime) -> list[DigestLine]:
    """The lines that are told: not left out, not taken off, and of a service that its readers may see today."""
    audience: Audience = "public" if digest.is_public else "members"
    lines = list(digest.lines.filter(is_out=False, taken_off_at__isnull=True))
    there = nameable(audience, [line.ref for line in lines if line.about == NewsAbout.LISTING], at)
    return [line for line in lines if line.about != NewsAbout.LISTING or line.ref in there]


def told(digest: Digest, at: dt.datetime) -> list[SectionWorded]:
    """Sections in their order, those that have a line."""
    lines, found = standing(digest, at), []
    for section in Section:
        mine = tuple((line, localised(line.words)) for line in lines if line.section == section)
        if mine:
            found.append(SectionWorded(section.value, str(section.label), mine))
    return found


def opening_of(digest: Digest) -> str:
    return localised(texts(digest, "opening"))
