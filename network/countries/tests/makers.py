"""Facts, made as people make them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from core import clock
from network.countries import facts
from network.countries.models import CountryFact, organizations_of
from network.decisions.models import Body, Seat
from network.decisions.models.words import BodyKind, SeatKind
from verification.tests import scenarios

WORDS = {
    "country": "GE", "topic": "art", "answer": "no", "brief": "", "statement": "Только гражданам.", "risk": "none",
    "visibility": "public", "source_title": "Приказ 12", "source_link": "https://example.org/law",
    "source_article": "ст. 3", "source_language": "ru",
}  # fmt: skip


def lawyer(of: Any = None) -> User:
    """Somebody with the lawyer's seat."""
    house = of or scenarios.organization()
    body, _made = Body.objects.get_or_create(kind=BodyKind.COMMITTEE, name="Право")
    person = scenarios.person(house)
    Seat.objects.create(
        body=body, organization=house, person=person, kind=SeatKind.LAWYER, starts_on=dt.date(2020, 1, 1)
    )
    return person


def sent(author: User | None = None, **words: Any) -> CountryFact:
    writer = author or scenarios.person(scenarios.organization())
    fact = facts.write_fact(actor=writer, organization=organizations_of(writer).first(), **{**WORDS, **words})
    return facts.send(actor=writer, fact=fact)


def published(checker: User | None = None, *, days: int = 100, **words: Any) -> CountryFact:
    """In force for so many days from today; the checker holds the lawyer's seat."""
    until = clock.today() + dt.timedelta(days=days)
    return facts.approve(actor=checker or lawyer(), fact=sent(**words), has_read_source=True, valid_until=until)
