"""Whether there are places, said in the chat: the listings that say such things, their levels, one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import WrongState
from facts.capacity import CapacityQuestion, asked_of
from organizations.models import Organization
from services.models import ServiceAtLocation
from telegram.linked.actions import Act, act
from telegram.linked.confirming import public_cards
from telegram.screens import Button, Screen, shorten
from verification.models import CapacityReport, CheckMethod
from verification.services import report_capacity

if TYPE_CHECKING:
    from accounts.models import User

#: Listings of one keyboard; whoever keeps more says the others on the site.
MOST = 20


def listings(user: User) -> Screen:
    """Those of the person's own organisations that say whether there are places, and that everybody may read."""
    found = [(row, question) for row in _own(user) if (question := _question(row)) is not None and question.is_recent]
    cards = public_cards([row.public_id for row, _question in found])
    rows = [
        (act(_label(cards[row.public_id]["title"], question), Act.LEVELS, row.public_id),)
        for row, question in found
        if row.public_id in cards
    ][:MOST]
    if not rows:
        return Screen(_("None of your services says whether there are places. Say it once on the site."), (_home(),))
    return Screen(_("Where has something changed?"), (*rows, _home()))


def levels(user: User, listing: str) -> Screen:
    """What may be said of one listing; the answer that counts now is marked."""
    row = _find(user, listing)
    question, cards = _question(row), public_cards([row.public_id])
    if question is None or row.public_id not in cards:
        raise WrongState(_("Please say this one on the site."))
    rows = [
        (act(f"{'● ' if one['chosen'] else ''}{one['text']}", Act.LEVEL, listing, one["level"]),)
        for one in question.answers
    ]
    return Screen(f"{shorten(cards[row.public_id]['title'], 200)}\n{question.question}", (*rows, _back()))


def said(user: User, listing: str, level: str) -> Screen:
    """One press, on the map at once."""
    row = _find(user, listing)
    question = _question(row)
    if question is None or level not in [one["level"] for one in question.answers]:
        raise WrongState(_("Please say this one on the site."))
    report_capacity(listing=row, actor=user, level=level, method=CheckMethod.TELEGRAM)
    now = _question(row)
    until = now.on_the_map["reported_text"] if now is not None else ""
    word = next(one["text"] for one in question.answers if one["level"] == level)
    return Screen("\n".join(filter(None, (_("Said: %(word)s") % {"word": word}, until))), (_back(), _home()))


def _own(user: User) -> list[ServiceAtLocation]:
    own = Organization.objects.in_network().kept_by(user)
    rows = ServiceAtLocation.objects.filter(service__organization__in=own, state__publication="published")
    return list(rows.select_related("service__organization", "location").order_by("pk")[:200])


def _find(user: User, listing: str) -> ServiceAtLocation:
    for row in _own(user):
        if row.public_id == listing:
            return row
    raise WrongState(_("This is none of your services."))


def _question(row: ServiceAtLocation) -> CapacityQuestion | None:
    return asked_of(row, CapacityReport.objects.newest().filter(listing=row).first())


def _label(title: str, question: CapacityQuestion) -> str:
    return shorten(f"{title} · {question.text}" if question.text else title, 60)


def _back() -> tuple[Button, ...]:
    return (act(_("Other services"), Act.PLACES),)


def _home() -> tuple[Button, ...]:
    return (act(_("What is due"), Act.DUE),)
