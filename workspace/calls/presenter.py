"""What stands on the page of a call: whom to dial, what to ask in the language of the call, and of which listing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.languages import by_code, offered
from core.phrasing.dates import day_and_month
from core.phrasing.plurals import numbered
from core.phrasing.scripts import of_scripts
from directory.crossing.content import Content
from facts.discretion import Reader, content_for, where_of
from services.models import ServiceAtLocation
from verification.coordination.calls import Callee
from workspace.coordination.presenters.script import CallQuestion, lines_to_call, questions

#: When somebody may ask to be called back, by the clock at the place.
AFTERNOON, MORNING = 15, 10


@dataclass(frozen=True)
class CallCard:
    """One listing of a call: what only it says, and the facts that may have changed as (path, name)."""

    listing: ServiceAtLocation
    title: str
    where: str
    due: dt.date | None
    own: list[CallQuestion]
    changes: list[tuple[str, str]]
    is_late: bool


@dataclass(frozen=True)
class CallSheet:
    """A whole call in the language in which it is spoken."""

    greeting: str
    shared: list[CallQuestion]
    cards: list[CallCard]
    lines: list[dict[str, object]]

    @property
    def first(self) -> list[dict[str, object]]:
        """What is dialled first; the others are folded away."""
        return self.lines[:1]

    @property
    def others(self) -> list[dict[str, object]]:
        return self.lines[1:]


@dataclass(frozen=True)
class CallBack:
    """A time that is offered: `at` for the form, `words` for the button."""

    at: str
    words: str


def sheet_of(one: Callee, reader: Reader, language: str) -> CallSheet:
    """Facts that all listings say alike are asked once, the others under their listing."""
    with translation.override(by_code(language).tag):
        said = [(row, content_for(reader, _said_of(row))) for row in one.listings]
        asked = {row.pk: questions(content) for row, content in said}
        shared = _shared(list(asked.values()))
        paths = {question.path for question in shared}
        cards = [_card(row, content, asked[row.pk], paths, reader) for row, content in said]
        greeting = _("Good afternoon. %(network)s: our map shows your services. May I compare what stands there?") % {
            "network": settings.NETWORK_NAME
        }
    return CallSheet(greeting, shared, cards, _numbers([content for _row, content in said]))


def asked_paths(row: ServiceAtLocation, reader: Reader) -> list[str]:
    """The critical facts that a call asks about."""
    return [question.path for question in questions(content_for(reader, _said_of(row)))]


def languages_of_calls() -> list[tuple[str, str]]:
    """Every language in which the vocabulary and the questions have words, by its own name."""
    return offered()


def zone_of(one: Callee) -> str:
    """Where the clock hangs by which they ask to be called back."""
    return one.listings[0].timezone


def times_to_call_back(zone: str) -> list[CallBack]:
    """In an hour, this afternoon, tomorrow morning: by the clock at the place."""
    now = clock.now().astimezone(clock.zone(zone))
    hour = (now + dt.timedelta(hours=1)).replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
    afternoon = now.replace(hour=AFTERNOON, minute=0, second=0, microsecond=0)
    tomorrow = (now + dt.timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    found = [CallBack(hour.isoformat(), clock_words(hour, zone))]
    if afternoon > hour:
        found.append(CallBack(afternoon.isoformat(), clock_words(afternoon, zone)))
    return [*found, CallBack(tomorrow.isoformat(), _("tomorrow at %(time)s") % {"time": f"{tomorrow:%H:%M}"})]


def clock_words(moment: dt.datetime, zone: str) -> str:
    """«15:00», on another day with the day."""
    there = moment.astimezone(clock.zone(zone))
    if there.date() == clock.today(zone):
        return f"{there:%H:%M}"
    return f"{day_and_month(there.date())}, {there:%H:%M}"


def _card(
    row: ServiceAtLocation, content: Content, asked: list[CallQuestion], shared: set[str], reader: Reader
) -> CallCard:
    due = row.state.due_on
    return CallCard(
        listing=row,
        title=str(row.service.title_i18n),  # type: ignore[attr-defined]  # added by modeltrans
        where=where_of(reader, row),
        due=due,
        own=[question for question in asked if question.path not in shared],
        changes=[*((question.path, question.label) for question in asked), ("", _("Something else"))],
        is_late=due is not None and due <= clock.today(row.timezone),
    )


def _shared(asked: list[list[CallQuestion]]) -> list[CallQuestion]:
    """Questions that every listing asks with the very same facts; none where there is one listing only."""
    if len(asked) < 2:
        return []
    told = [{question.path: question.lines for question in one} for one in asked]
    return [q for q in asked[0] if all(one.get(q.path) == q.lines for one in told)]


def _numbers(contents: list[Content]) -> list[dict[str, object]]:
    """Every way to reach them, each once, phones first."""
    lines = {str(line["value"]): line for content in contents for line in lines_to_call(content)}
    return sorted(lines.values(), key=lambda line: (line["channel"] != "phone", bool(line["for_colleagues"])))


def _said_of(row: ServiceAtLocation) -> Content:
    """What is on the map of it; what waits for a call always is."""
    published = row.state.published
    assert published is not None  # noqa: S101  (checkable listings are on the map)
    content: Content = published.content
    return content


def texts_of_page() -> dict[str, str | dict[str, str]]:
    """Words of the script that keeps the presses."""
    texts: dict[str, str | dict[str, str]] = {
        "undo": _("Undo"),
        "kept": _("%(words)s: kept on this phone"),
        "waiting": numbered(
            lambda n: ngettext(
                "%(n)s answer waits for the connection. It is kept on this phone.",
                "%(n)s answers wait for the connection. They are kept on this phone.",
                n,
            )
        ),
        "signed_out": _("You are signed out: sign in again, and they are sent."),
        "too_old": _("This answer waited for more than a day and was not sent. Please ask once more."),
        "refused": _("This was not taken. Please look at the page anew."),
        "away": _("No connection: try once more."),
    }
    return of_scripts(texts)
