"""The voice of clients: a sheet for a desk, and three answers that become sums."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed
from network.reviews.models import SHOWN_FROM, VoiceCount, VoiceDesk
from network.reviews.models.words import VoiceAnswer, VoiceQuestion
from network.reviews.services._inside import writes_for
from organizations.models import Location, Organization

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User


@transaction.atomic
def make_desk(*, actor: User, location: Location) -> VoiceDesk:
    """A sheet for a place of one's own organisation; there is one of each."""
    if not writes_for(actor, location.organization):
        raise NotAllowed(_("The organisation itself writes this."))
    made, _is_new = VoiceDesk.objects.get_or_create(
        location=location, defaults={"code": secrets.token_urlsafe(9).replace("_", "a").replace("-", "b").lower()}
    )
    return made


def find_desk(code: str) -> VoiceDesk | None:
    """One whose organisation is in the network today."""
    inside = Organization.objects.in_network()
    return VoiceDesk.objects.filter(code=code, location__organization__in=inside).first()


@transaction.atomic
def hear(*, desk: VoiceDesk, said: Mapping[str, str]) -> int:
    """Add to the sums of the quarter; nothing else is kept, not even the day. How many answers were counted."""
    quarter, counted = clock.quarter_of(clock.today()), 0
    for question in VoiceQuestion.values:
        answer = said.get(question, "")
        if answer not in VoiceAnswer.values:
            continue
        key: dict[str, Any] = {"desk": desk, "quarter": quarter, "question": question, "answer": answer}
        VoiceCount.objects.get_or_create(**key)
        VoiceCount.objects.filter(**key).update(count=F("count") + 1)
        counted += 1
    return counted


def heard(desks: Iterable[VoiceDesk]) -> dict[int, dict[dt.date, dict[str, dict[str, int] | None]]]:
    """By desk, quarter (the newest first) and question; None where fewer answered than may be shown."""
    rows = VoiceCount.objects.filter(desk__in=list(desks)).order_by("-quarter", "question", "answer")
    found: dict[int, dict[dt.date, dict[str, dict[str, int]]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        found[row.desk_id][row.quarter].setdefault(row.question, {})[row.answer] = row.count
    return {
        desk: {
            quarter: {
                question: sums if sum(sums.values()) >= SHOWN_FROM else None for question, sums in questions.items()
            }
            for quarter, questions in quarters.items()
        }
        for desk, quarters in found.items()
    }
