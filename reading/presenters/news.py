"""What the network tells of itself, in words: digests by month, papers in force."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.languages import active, by_code, preferred
from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words, month_in_words, short_day
from directory.asking.digests import lines_shown
from directory.tables.news import NewsAbout, PublicDigest, PublicDigestLine, PublicPaper
from directory.tables.wording import in_further_languages
from directory.vocabulary import as_read
from reading.asked import Asked
from reading.presenters.cards import place_url

#: Words of an opening in a list; cut before its language is marked, so that no sign is left open.
_SHORT = 40


class NewsLine(TypedDict):
    """`url` is "" where nothing stands behind."""

    text: str
    url: str


class SectionTold(TypedDict):
    code: str
    name: str
    lines: list[NewsLine]


class DigestTold(TypedDict):
    """A digest in a list: `short` is how its opening begins, `sent` the day, `updated` the instant for a feed."""

    id: str
    month: str
    name: str
    url: str
    opening: str
    short: str
    sent: str
    updated: dt.datetime


class PaperTold(TypedDict):
    id: str
    title: str
    kind: str
    url: str
    version: str
    adopted: str
    until: str
    language: str
    language_name: str
    text: str
    file_url: str


def digests() -> list[DigestTold]:
    """The latest first."""
    return [_digest(row) for row in in_further_languages("digest", PublicDigest.objects.order_by("-month"))]


def digest_of(month: str) -> DigestTold | None:
    """By its month as it stands in the address, “2026-10”."""
    try:
        first = dt.datetime.strptime(month, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None
    rows = PublicDigest.objects.filter(month=first) if f"{first:%Y-%m}" == month else PublicDigest.objects.none()
    return next(map(_digest, in_further_languages("digest", rows)), None)


def sections_of(asked: Asked, *digests: str) -> dict[str, list[SectionTold]]:
    """By digest, in the order of the lines. A service that is hidden today is not among them."""
    told: dict[str, dict[str, SectionTold]] = {digest: {} for digest in digests}
    shown = lines_shown(digests, asked.at)
    in_further_languages("digestline", (line for line, _place in shown))
    for line, place in shown:
        found = told[line.digest]
        section = found.setdefault(
            line.section, {"code": line.section, "name": section_name(line.section), "lines": []}
        )
        section["lines"].append({"text": as_read(line.words), "url": _url(line, place)})
    return {digest: list(found.values()) for digest, found in told.items()}


def section_name(code: str) -> str:
    return {
        "new": pgettext("digest", "New on the map"),
        "closed": pgettext("digest", "Closed"),
        "notices": pgettext("digest", "Warnings and notices of countries"),
        "facts": pgettext("digest", "What the law allows: new and confirmed"),
        "papers": pgettext("digest", "Documents that came into force"),
        "calls": pgettext("digest", "Open calls"),
    }.get(code, pgettext("digest", "The map in figures"))


def papers(asked: Asked) -> list[PaperTold]:
    """What is in force, each in the language that the reader reads best; statements first."""
    found: dict[str, PublicPaper] = {}
    for row in sorted(PublicPaper.objects.in_force(asked.at.date()), key=lambda one: _rank(one.language)):
        found.setdefault(row.paper, row)
    told = [_paper(row) for row in found.values()]
    order = {row.paper: (row.kind != "statement", row.kind) for row in found.values()}
    return sorted(told, key=lambda one: (*order[one["id"]], one["title"]))


def declaration(asked: Asked) -> PaperTold | None:
    """The newest statement in force that can be read here, in the language that the reader reads best."""
    rows = [row for row in PublicPaper.objects.in_force(asked.at.date()).filter(kind="statement") if row.text]
    newest = max(rows, key=lambda row: (row.adopted_on, -_rank(row.language)), default=None)
    return _paper(newest) if newest else None


def paper_in(paper: str, asked: Asked) -> list[PaperTold]:
    """One paper in all its languages, the reader's first."""
    rows = list(PublicPaper.objects.in_force(asked.at.date()).filter(paper=paper))
    return [_paper(row) for row in sorted(rows, key=lambda one: (_rank(one.language), one.language))]


def _digest(row: PublicDigest) -> DigestTold:
    month = f"{row.month:%Y-%m}"
    return {
        "id": row.pk,
        "month": month,
        "name": month_in_words(row.month),
        "url": path_to(Page.DIGEST, month),
        "opening": as_read(row.opening),
        "short": as_read({code: Truncator(text).words(_SHORT, truncate=" …") for code, text in row.opening.items()}),
        "sent": day_in_words(row.sent_at.date()),
        "updated": row.sent_at,
    }


def _url(line: PublicDigestLine, place: str) -> str:
    if line.about == NewsAbout.LISTING and place:
        return f"{place_url(place, 'public')}?service={line.ref}"
    if line.about in (NewsAbout.FACT, NewsAbout.NOTICE) and line.country:
        return path_to(Page.COUNTRY, line.country.lower())
    if line.about == NewsAbout.PAPER:
        return path_to(Page.PAPER, line.ref)
    if line.about in (NewsAbout.CALL, NewsAbout.GRANT):
        return path_to(Page.JOIN if line.about == NewsAbout.CALL else Page.GRANTS)
    return ""


def _paper(row: PublicPaper) -> PaperTold:
    ground = _("by a vote") if row.ground == "vote" else _("at a meeting")
    values = {"day": day_in_words(row.adopted_on), "body": as_read(row.body), "ground": ground}
    return {
        "id": row.paper,
        "title": as_read(row.title),
        "kind": _kind(row.kind),
        "url": path_to(Page.PAPER, row.paper),
        "version": _("version %(number)d") % {"number": row.number},
        "adopted": _("Adopted on %(day)s %(ground)s: %(body)s") % values,
        "until": _("holds until %(date)s") % {"date": short_day(row.valid_until)} if row.valid_until else "",
        "language": row.language,
        "language_name": _language_name(row.language),
        "text": row.text,
        "file_url": path_to(Page.PAPER_FILE, row.pk) if row.has_file else "",
    }


def _kind(code: str) -> str:
    return {
        "statement": pgettext("document", "Statement"),
        "policy": pgettext("document", "Policy"),
        "procedure": pgettext("document", "Procedure"),
        "minutes": pgettext("document", "Minutes"),
        "report": pgettext("document", "Report"),
    }.get(code, pgettext("document", "Template"))


def _language_name(code: str) -> str:
    try:
        return by_code(code).name
    except KeyError:
        return code


def _rank(language: str) -> int:
    order = list(preferred(active()))
    return order.index(language) if language in order else len(order)
