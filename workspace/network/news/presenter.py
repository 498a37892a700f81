"""A digest in words, for whoever edits it and for whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.languages import by_code, codes
from core.pages.addresses import Page, path_to
from core.phrasing.dates import moment_in_words, month_in_words
from directory.asking.digests import nameable
from directory.tables.news import NewsAbout
from directory.vocabulary import localised
from messaging.letters import Letter
from network.news.letters import digest_letter
from network.news.models import Digest, DigestLine, Section
from network.news.words import told


def rows_of(digests: Iterable[Digest]) -> list[dict[str, object]]:
    return [
        {
            "digest": one,
            "name": month_in_words(one.month),
            "sent": f"{moment_in_words(one.sent_at)} UTC" if one.sent_at else "",
        }
        for one in digests
    ]


def draft_of(digest: Digest) -> list[dict[str, object]]:
    """Sections with every line, those that are left out last; a service that hides today says so."""
    lines = list(digest.lines.all())
    refs = [line.ref for line in lines if line.about == NewsAbout.LISTING]
    there = nameable("public" if digest.is_public else "members", refs, clock.now())
    found = []
    for section in Section:
        mine = [line for line in lines if line.section == section]
        kept = [line for line in mine if not line.is_out]
        if mine:
            rows = [_row(line, kept, there) for line in [*kept, *(line for line in mine if line.is_out)]]
            found.append({"name": section.label, "lines": rows})
    return found


def _row(line: DigestLine, kept: list[DigestLine], there: dict[str, str]) -> dict[str, object]:
    at = kept.index(line) if line in kept else -1
    return {
        "line": line,
        "text": localised(line.words),
        "may_go_up": at > 0,
        "may_go_down": 0 <= at < len(kept) - 1,
        "is_gone": line.about == NewsAbout.LISTING and line.ref not in there,
    }


def page_of(digest: Digest) -> list[dict[str, object]]:
    """What its readers see, with the way to each thing."""
    there = nameable("members", [line.ref for line in digest.lines.filter(about=NewsAbout.LISTING)], clock.now())
    return [
        {
            "name": section.name,
            "lines": [{"line": line, "text": text, "url": _url(line, there)} for line, text in section.lines],
        }
        for section in told(digest, clock.now())
    ]


def _url(line: DigestLine, there: dict[str, str]) -> str:
    match line.about:
        case NewsAbout.LISTING if there.get(line.ref):
            return f"{path_to(Page.MEMBERS_PLACE, there[line.ref])}?service={line.ref}"
        case NewsAbout.FACT | NewsAbout.NOTICE if line.country:
            return path_to(Page.MEMBERS_COUNTRY, line.country.lower())
        case NewsAbout.DECISION:
            return path_to(Page.DECISION, line.ref)
        case NewsAbout.CALL:
            return path_to(Page.JOIN)
        case NewsAbout.GRANT:
            return path_to(Page.GRANT_CALL, line.ref)
        case _:
            return ""


def letters_of(digest: Digest) -> list[dict[str, object]]:
    """The very letter, in each language, with a link of its own in the place of the reader's."""
    found = []
    for code in codes():
        with translation.override(code):
            letter: Letter = digest_letter(digest, end=_("(each reader's own link)"), warnings=[])
        found.append({"language": by_code(code).name, "tag": by_code(code).tag, "letter": letter})
    return found
