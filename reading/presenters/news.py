"""What the network tells of itself, in words: digests by month, papers in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TypedDict

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.languages import SOURCE, active, by_code, codes, preferred
from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words, month_in_words, short_day
from core.phrasing.marks import mark
from directory.asking.digests import lines_shown
from directory.tables.news import NewsAbout, PublicDigest, PublicDigestLine, PublicPaper
from directory.tables.wording import in_further_languages, of_papers, paragraph_key, paragraphs, worded
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
    """`direction` is that of its text. `of` names the language of the text that was adopted, where this is only its
    translation; "" for what was adopted itself."""

    id: str
    title: str
    kind: str
    url: str
    version: str
    adopted: str
    until: str
    language: str
    language_name: str
    direction: str
    of: str
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
    words = of_papers(list(found))
    told = [_paper(row, words) for row in found.values()]
    order = {row.paper: (row.kind != "statement", row.kind) for row in found.values()}
    return sorted(told, key=lambda one: (*order[one["id"]], one["title"]))


def declaration(asked: Asked) -> PaperTold | None:
    """The newest statement in force that can be read here, in the language that the reader reads best."""
    rows = [row for row in PublicPaper.objects.in_force(asked.at.date()).filter(kind="statement") if row.text]
    newest = max(rows, key=lambda row: (row.adopted_on, -_rank(row.language)), default=None)
    if newest is None:
        return None
    words = of_papers([newest.paper])
    return _in_other_words(newest, words) or _paper(newest, words)


def paper_in(paper: str, asked: Asked) -> list[PaperTold]:
    """One paper in all its languages, the reader's first: as it was adopted, else as people have translated it."""
    rows = list(PublicPaper.objects.in_force(asked.at.date()).filter(paper=paper))
    rows.sort(key=lambda one: (_rank(one.language), one.language))
    words = of_papers([paper])
    known = any(row.language == active() for row in rows)
    translated = [] if known else [told for row in rows if (told := _in_other_words(row, words))]
    return [*translated, *(_paper(row, words) for row in rows)]


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


#: Key of a title or a paragraph → language → (hash of its source, text).
_Words = Mapping[str, Mapping[str, tuple[str, str]]]


def _in_other_words(row: PublicPaper, words: _Words) -> PaperTold | None:
    """Its Russian version in the page's language, as far as somebody has checked it; the rest says its own language."""
    if row.language != SOURCE or active() in codes():
        return None
    told = [worded({SOURCE: part}, words.get(paragraph_key(row.paper, part), {})) for part in paragraphs(row.text)]
    if not any(active() in one for one in told):
        return None
    here = by_code(active())
    text = "\n\n".join(one.get(active()) or mark(one[SOURCE], SOURCE) for one in told)
    found = _paper(row, words)
    found["language"], found["language_name"], found["direction"] = here.code, here.name, here.direction
    found["text"], found["of"] = text, _language_name(row.language)
    return found


def _paper(row: PublicPaper, words: _Words) -> PaperTold:
    ground = _("by a vote") if row.ground == "vote" else _("at a meeting")
    values = {"day": day_in_words(row.adopted_on), "body": as_read(row.body), "ground": ground}
    return {
        "id": row.paper,
        "title": as_read(worded(row.title, words.get(row.paper, {}))),
        "kind": _kind(row.kind),
        "url": path_to(Page.PAPER, row.paper),
        "version": _("version %(number)d") % {"number": row.number},
        "adopted": _("Adopted on %(day)s %(ground)s: %(body)s") % values,
        "until": _("holds until %(date)s") % {"date": short_day(row.valid_until)} if row.valid_until else "",
        "language": row.language,
        "language_name": _language_name(row.language),
        "direction": _direction(row.language),
        "of": "",
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


def _direction(code: str) -> str:
    try:
        return by_code(code).direction
    except KeyError:
        return "auto"


def _rank(language: str) -> int:
    order = list(preferred(active()))
    return order.index(language) if language in order else len(order)
