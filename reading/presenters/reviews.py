"""What the yearly review says beside a service, in words: for members what and why, for the public when."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from core.phrasing.sentences import joined
from directory.crossing.records import Audience
from directory.shown.rows import ListingRow
from directory.tables.spectrum import MISSING, AbstractReviewed, Barrier, MemberReviewed, PublicReviewed, SpectrumAnswer
from directory.vocabulary import Vocabulary
from reading.shapes import ReviewTold


def reviews_of(rows: Collection[ListingRow], vocabulary: Vocabulary, audience: Audience) -> dict[str, ReviewTold]:
    """By listing; one question for all of them."""
    ids = [row.id for row in rows]
    if not ids:
        return {}
    if audience == "public":
        found: Any = PublicReviewed.objects.filter(pk__in=ids).with_standing()
        return {row.pk: _told(row, _("Not always available") if row.not_always else "") for row in found}
    known: Any = MemberReviewed.objects.filter(pk__in=ids).with_standing()
    kinds = {row.id: row.types for row in rows}
    return {row.pk: _told(row, _lines(row, kinds[row.pk], vocabulary), day=True) for row in known}


def _told(row: AbstractReviewed, words: str, *, day: bool = False) -> ReviewTold:
    on = f"{row.reviewed_on:%d.%m.%Y}" if day else f"{row.reviewed_on:%m.%Y}"
    text = _("Review passed %(month)s") % {"month": on}
    if row.is_overdue:
        text = _("%(review)s, time for a new one") % {"review": text}
    return {"text": text, "words": words, "is_overdue": row.is_overdue}


def _lines(row: MemberReviewed, kinds: Collection[str], vocabulary: Vocabulary) -> str:
    """«In part: no medicines or tests»; of several kinds of service each by its name. A kind that the listing does not
    name any more is not told: the row is made anew with the next morning."""
    lines = [line for line in row.lines if line["type"] in kinds]
    said = [_line(line, vocabulary.name("service", line["type"]) if len(lines) > 1 else "") for line in lines]
    return " · ".join(said)


def _line(line: dict[str, object], name: str) -> str:
    answer = str(SpectrumAnswer(str(line["answer"])).label)
    barriers = line["barriers"] if isinstance(line["barriers"], list) else []
    why = joined(str(MISSING[Barrier(code)]) for code in barriers)
    words = f"{answer[:1].lower()}{answer[1:]}" if name else answer
    told = f"{words}: {why}" if why else words
    return f"{name} – {told}" if name else told
