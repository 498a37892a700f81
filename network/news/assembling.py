"""What happened in a month, as lines. Dates are those of the read model; words are written in every language at once.

Rule: lines for everybody come from the public's tables and from pages that are open to all, so whatever stands in a
digest for everybody, everybody could read already; of services that hide their door nothing is told on, as in the feed
of changes. What only members read comes from theirs and from the network's own rooms, and goes into members' digests
alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.geo.countries import country_name
from core.geo.gazetteer import region_in_words
from core.languages import codes
from core.phrasing.dates import day_in_words
from directory.asking.queries import current_listings, read_rows
from directory.crossing.records import Audience
from directory.shown.sums import sums
from directory.tables.grants import PublicGrantCall
from directory.tables.lands import MemberCountryFact, MemberCountryNotice, PublicCountryFact, PublicCountryNotice
from directory.tables.listings import AbstractListing, PublicListing
from directory.tables.news import NewsAbout, PublicPaper
from directory.tables.topics import FactAnswer, Topic
from directory.vocabulary import localised
from network.decisions.models import Decision, DocumentVersion
from network.joining.models import Call
from network.news.models import Digest, DigestLine, Section
from services.models import NoticeLevel
from verification.models import Review, ReviewState
from verification.snapshots import texts

#: Lines of one section: who wants more reads the map.
MOST = 40
_FACTS: dict[Audience, Any] = {"public": PublicCountryFact, "members": MemberCountryFact}
_NOTICES: dict[Audience, Any] = {"public": PublicCountryNotice, "members": MemberCountryNotice}


@dataclass(frozen=True)
class Span:
    """A month: its first day, the first one after it, and the instant at which things are looked at."""

    first: dt.date
    after: dt.date
    at: dt.datetime

    @property
    def bounds(self) -> tuple[dt.datetime, dt.datetime]:
        return _midnight(self.first), _midnight(self.after)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


def span_of(month: dt.date, at: dt.datetime) -> Span:
    after = (month + dt.timedelta(days=31)).replace(day=1)
    return Span(first=month, after=after, at=min(at, _midnight(after)))


def lines(digest: Digest, at: dt.datetime) -> list[DigestLine]:
    """The lines of a new draft, in order. Nothing is written."""
    audience: Audience = "public" if digest.is_public else "members"
    span, told = span_of(digest.month, at), _told_before(digest)
    found = [
        *_listings(audience, span, told),
        *_notices(audience, span),
        *_facts(audience, span),
        *(_public_papers(span) if digest.is_public else _papers(span)),
        *([] if digest.is_public else _decisions(span)),
        *_calls(span, told),
        *_figures(audience, span),
    ]
    for position, line in enumerate(found, start=1):
        line.digest, line.position = digest, position
    return found


def _told_before(digest: Digest) -> set[tuple[str, str]]:
    """(section, ref) of what was told in a digest for the same readers."""
    rows = DigestLine.objects.filter(digest__audience=digest.audience, digest__state="sent", is_out=False)
    return set(rows.exclude(ref="").order_by().values_list("section", "ref"))


def _line(section: Section, about: NewsAbout, say: Callable[[], str], *, public: bool, **where: str) -> DigestLine:
    """`say` is asked once in each language."""
    words = {}
    for code in codes():
        with translation.override(code):
            words[code] = say()
    return DigestLine(section=section, about=about, words=words, is_public=public, **where)


# --- services -----------------------------------------------------------------------------------------------------


def _listings(audience: Audience, span: Span, told: Collection[tuple[str, str]]) -> Iterator[DigestLine]:
    """What came on the map in the month for the first time, and what has closed."""
    first, after = span.bounds
    rows = current_listings(audience, span.at).filter(published_at__gte=first, published_at__lt=after)
    if audience == "public":
        rows = rows.filter(precision="exact") | rows.filter(location_type="")
    found = list(rows.order_by("country", "published_at", "id"))
    known = _known_before(found, first)
    everybody = set(PublicListing.objects.filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
    for section, chosen in (
        (Section.NEW, [row for row in found if row.operation != "closed" and row.pk not in known]),
        (Section.CLOSED, [row for row in found if row.operation == "closed"]),
    ):
        for row in [one for one in chosen if (section, one.pk) not in told][:MOST]:
            yield _line(
                section, NewsAbout.LISTING, lambda row=row: _named(row), public=row.pk in everybody,  # type: ignore[misc]
                ref=row.pk, country=row.country,
            )  # fmt: skip


def _known_before(rows: Collection[AbstractListing], first: dt.datetime) -> set[str]:
    """Of these, those that were approved before: an edit makes nothing new. It takes lines away and adds none."""
    ids = [row.pk for row in rows]
    before = Review.objects.filter(listing__public_id__in=ids, state=ReviewState.APPROVED, decided_at__lt=first)
    return set(before.order_by().values_list("listing__public_id", flat=True))


def _named(row: AbstractListing) -> str:
    def part(name: str) -> str:
        return localised({language: said.get(name, "") for language, said in row.content.items() if said.get(name)})

    where = part("city") or country_name(row.country)
    return ", ".join(word for word in (part("title"), part("organization"), where) if word)


# --- countries ----------------------------------------------------------------------------------------------------


def _notices(audience: Audience, span: Span) -> Iterator[DigestLine]:
    rows = _NOTICES[audience].objects.filter(starts_on__gte=span.first, starts_on__lt=span.after)
    everybody = set(PublicCountryNotice.objects.values_list("pk", flat=True))
    for row in rows.order_by("country", "starts_on", "id")[:MOST]:
        level = "warning" if row.level == "danger" and row.falls_at and row.falls_at <= span.at else row.level
        yield _line(
            Section.NOTICES,
            NewsAbout.NOTICE,
            lambda row=row, level=level: _noticed(row, level),  # type: ignore[misc]  # bound now
            public=row.pk in everybody,
            ref=row.pk,
            country=row.country,
        )


def _noticed(row: Any, level: str) -> str:
    where = ", ".join(word for word in (country_name(row.country), region_in_words(row.region)) if word)
    return f"{where}. {NoticeLevel(level).label}: {localised(row.text)}"


def _facts(audience: Audience, span: Span) -> Iterator[DigestLine]:
    rows = _FACTS[audience].objects.filter(checked_on__gte=span.first, checked_on__lt=span.after)
    everybody = set(PublicCountryFact.objects.values_list("pk", flat=True))
    for row in rows.order_by("country", "topic", "id")[:MOST]:
        yield _line(
            Section.FACTS, NewsAbout.FACT, lambda row=row: _answered(row), public=row.pk in everybody,  # type: ignore[misc]
            ref=row.pk, country=row.country,
        )  # fmt: skip


def _answered(row: Any) -> str:
    answer = localised(row.brief) or str(FactAnswer(row.answer).label).lower()
    return f"{country_name(row.country)}. {Topic(row.topic).label}: {answer}"


# --- the network --------------------------------------------------------------------------------------------------


def _public_papers(span: Span) -> Iterator[DigestLine]:
    rows = PublicPaper.objects.in_force(span.at.date()).filter(adopted_on__gte=span.first, adopted_on__lt=span.after)
    titles: dict[str, Mapping[str, str]] = {row.paper: row.title for row in rows.order_by("paper", "language")}
    for paper, title in titles.items():
        yield _line(Section.PAPERS, NewsAbout.PAPER, lambda title=title: localised(title), public=True, ref=paper)  # type: ignore[misc]


def _papers(span: Span) -> Iterator[DigestLine]:
    first, after = span.bounds
    rows = DocumentVersion.objects.in_force().filter(
        adopted_by__decided_at__gte=first, adopted_by__decided_at__lt=after
    )
    everybody = set(PublicPaper.objects.values_list("paper", flat=True))
    papers = {row.document.public_id: row.document for row in rows.select_related("document").order_by("pk")}
    for key, paper in papers.items():
        title = texts(paper, "title")
        yield _line(
            Section.PAPERS, NewsAbout.PAPER, lambda title=title: localised(title), public=key in everybody, ref=key  # type: ignore[misc]
        )  # fmt: skip


def _decisions(span: Span) -> Iterator[DigestLine]:
    first, after = span.bounds
    rows = Decision.objects.filter(decided_at__gte=first, decided_at__lt=after).order_by("decided_at", "pk")
    for row in rows[:MOST]:
        yield _line(Section.DECISIONS, NewsAbout.DECISION, lambda row=row: row.text, public=False, ref=row.public_id)  # type: ignore[misc]


def _calls(span: Span, told: Collection[tuple[str, str]]) -> Iterator[DigestLine]:
    """Open at the end of the month: to join, and small grants. One without a last day is told once.

    Both are everybody's: grants from the public's table, calls to join from what their open door shows.
    """
    for row in Call.objects.open(span.at.date()).order_by("closes_on", "pk"):
        if row.closes_on is None and (Section.CALLS, row.public_id) in told:
            continue
        yield _line(
            Section.CALLS, NewsAbout.CALL, lambda row=row: _called(texts(row, "title"), row.closes_on),  # type: ignore[misc]
            public=True, ref=row.public_id,
        )  # fmt: skip
    for grant in PublicGrantCall.objects.filter(opens_at__lte=span.at, closes_at__gt=span.at).order_by(
        "closes_at", "id"
    ):
        yield _line(
            Section.CALLS, NewsAbout.GRANT, lambda grant=grant: _called(grant.title, grant.closes_on),  # type: ignore[misc]
            public=True, ref=grant.pk,
        )  # fmt: skip


def _called(title: Mapping[str, str], last: dt.date | None) -> str:
    said = localised(title)
    return f"{said}, {_('until %(date)s') % {'date': day_in_words(last)}}" if last else said


def _figures(audience: Audience, span: Span) -> Iterator[DigestLine]:
    rows = current_listings(audience, span.at).exclude(operation="closed").order_by("id")
    found = sums(read_rows(rows, span.at), span.at)

    def say() -> str:
        services = ngettext("%(n)d service", "%(n)d services", found.total) % {"n": found.total}
        number = len(found.by_country)
        where = ngettext("in %(n)d country", "in %(n)d countries", number) % {"n": number}
        share = _("checked in time: %(share)d%%") % {"share": found.share()}
        return f"{services} {where}, {share}"

    if found.total:
        yield _line(Section.FIGURES, NewsAbout.FIGURE, say, public=audience == "public")
