"""Facts about four countries whose laws are made up, and notices: told after the map is full.

Each statement and each source says of itself that it is made up, so that no copy of it can pass for a law.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts.models import User
from core import clock
from demonstration.life import Course
from demonstration.making.content import localised
from network.countries import facts
from network.countries.desks import set_desk
from network.countries.models import CountryFact
from network.countries.notices import announce
from network.decisions.models import Body, Seat
from network.decisions.models.words import BodyKind, SeatKind
from organizations.models import Organization

#: Whose manager holds the lawyer's seat, and who stands in where that house wrote itself.
LAWYERS = ("lindenlicht", "orekhovaya-tropa")
#: A check counts for this long when it was made; what counts longer was checked later.
_COUNTS = 182


class Lands:
    def __init__(self, life: Course) -> None:
        self.life = life
        self.told = life.content.lands
        self.lawyers = [self._seat(slug) for slug in LAWYERS]

    def tell(self) -> None:
        for country, one in self.told["countries"].items():
            for row in one["facts"]:
                self._publish(one["writer"], country, row[:4], days=row[4], risk=row[5] if len(row) > 5 else "none")
        country, *row = self.told["inside"]
        self._publish("topoliny-aryk", country, row, days=100, visibility="members")
        country, *row = self.told["waiting"]
        self._send("dom-s-balkonom", country, row)
        for notice in self.told["notices"]:
            self._announce(notice)
        for country, desk in self.told["desks"].items():
            words: dict[str, Any] = {
                **localised("line_hours", desk["hours"]),
                **localised("protocol", desk["protocol"]),
            }
            set_desk(
                actor=self.life.people.coordinator, country=country, line=desk["line"], chat_link=desk["chat"], **words
            )

    def _publish(self, house: str, country: str, row: Sequence[Any], *, days: int, **fields: str) -> None:
        with clock.travel(self.life.calendar.today + dt.timedelta(days=days - _COUNTS)):
            fact = self._send(house, country, row, **fields)
            facts.approve(actor=self.lawyers[0], fact=fact, has_read_source=True)

    def _send(self, house: str, country: str, row: Sequence[Any], **fields: str) -> CountryFact:
        topic, answer, brief, statement = row
        source = self.told["source"]
        organization = Organization.objects.get(slug=house)
        writer = self.life.people.managers[house]
        words: dict[str, Any] = {**localised("brief", brief), **localised("statement", statement), **fields}
        words |= {"source_title": source["title"], "source_link": source["link"], "source_language": "ru"}
        fact = facts.write_fact(
            actor=writer, organization=organization, country=country, topic=topic, answer=answer, **words
        )
        return facts.send(actor=writer, fact=fact)

    def _announce(self, notice: dict[str, Any]) -> None:
        today = self.life.calendar.today
        words: dict[str, Any] = {**localised("text", notice["text"])}
        words |= {name: notice.get(name, "") for name in ("topic", "region", "service_type")}
        kind = "legal" if notice["level"] == "info" else "warning"
        announce(
            actor=self.life.people.coordinator, country=notice["country"], kind=kind, level=notice["level"],
            starts_on=today + dt.timedelta(days=notice["from"]),
            ends_on=today + dt.timedelta(days=notice["to"]), visibility="public",
            **words,
        )  # fmt: skip

    def _seat(self, house: str) -> User:
        """The manager's, in the committee that answers for what laws say."""
        body, _made = Body.objects.get_or_create(kind=BodyKind.COMMITTEE, name="Правовая группа")
        person = self.life.people.managers[house]
        Seat.objects.get_or_create(
            body=body, person=person, organization=Organization.objects.get(slug=house), kind=SeatKind.LAWYER,
            starts_on=self.life.calendar.today - dt.timedelta(days=400),
        )  # fmt: skip
        return person
