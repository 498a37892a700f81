"""A year of learning: a material, three trainings, whoever comes and does not, certificates, three questions after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from accounts.models import User
from core import clock
from network.learning import services as learning
from network.learning.models import Certificate, Enrolment, Training
from organizations.models import Organization

if TYPE_CHECKING:
    from simulation.network.year import NetworkYear, Story

#: Houses: one teaches, two learn; the first of those brings a group, the other sends its manager.
TEACHES, GROUP, ALONE = 1, 4, 5
TOPICS = ("first_aid", "psychosocial")
ANSWERS = {"used": "once", "missing": "practice", "changed": "protocol"}
MATERIAL = {"title": "Разговор о риске", "kind": "guide", "language": "ru", "topics": ["testing"],
            "link": "https://example.org/talk", "is_public": True}  # fmt: skip


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    """Early, so that the weeks tell a whole training; two more over the year."""
    yield year.dice.uniform(1, 2), a_material(year)
    for day in (year.dice.uniform(2, 3), year.dice.uniform(120, 130), year.dice.uniform(240, 250)):
        yield day, a_training(year)
    yield year.dice.uniform(30, 40), one_that_is_called_off(year)


def a_material(year: NetworkYear) -> Story:
    """Offered, given back, approved by another organisation; after its twelve months it says that it is old."""
    teacher, boss = year.people.manager(TEACHES), year.people.coordinators[0]
    row = learning.offer_material(actor=teacher, organization=year.people.houses[TEACHES], fields=MATERIAL)
    year.refused(
        "a material by its own house", lambda: learning.approve(actor=teacher, row=row, expected_version=row.version)
    )
    yield 1
    learning.give_back(actor=boss, row=row, reason="Нет английского названия", expected_version=row.version)
    row.refresh_from_db()
    told = MATERIAL | {"title_en": "Talking about risk"}
    row = learning.offer_material(
        actor=teacher, organization=row.organization, fields=told, material=row, expected_version=row.version
    )
    learning.approve(actor=boss, row=row, expected_version=row.version)
    year.count("materials_approved")
    yield 330
    row.refresh_from_db()
    learning.look_through(actor=teacher, row=row)
    year.count("materials_looked_through")


# long: the training in its order
def a_training(year: NetworkYear) -> Story:
    """One group of three, of whom two come, and one person who does not; the questions two weeks later, once."""
    teacher, manager = year.people.manager(TEACHES), year.people.manager(GROUP)
    row = _offered(year, days=8, places=4)
    year.refused("its own house approves it", lambda: _approved(teacher, row))
    year.refused("a place before it is approved", lambda: _asked(manager, row, year.people.houses[GROUP], people=2))
    yield 1
    training = _approved(year.people.coordinators[1], row)
    group = _asked(manager, training, year.people.houses[GROUP], people=3)
    alone = year.people.manager(ALONE)
    single = _asked(alone, training, year.people.houses[ALONE], person=alone)
    for one in (group, single):
        learning.invite(actor=teacher, training=training, enrolment=one)
    extra: dict[str, Any] = {"actor": teacher, "training": training, "organization": year.people.houses[0], "people": 2}
    year.refused("more than the places", lambda: learning.invite(**extra))
    yield 2
    rows = [learning.accept(actor=actor, enrolment=_again(one)) for actor, one in ((manager, group), (alone, single))]
    year.refused("who came, before it began", lambda: learning.mark(actor=teacher, enrolment=rows[0], came=3))
    yield 6
    year.refused("certificates before anybody came", lambda: learning.complete(actor=teacher, training=training))
    year.refused("more than were expected", lambda: learning.mark(actor=teacher, enrolment=rows[0], came=4))
    learning.mark(actor=teacher, enrolment=_again(rows[0]), came=2)
    learning.mark(actor=teacher, enrolment=_again(rows[1]), came=0)
    learning.complete(actor=teacher, training=training)
    year.count("trainings_held")
    year.counted["people_certified"] += sum(
        one.people for one in Certificate.objects.filter(enrolment__training=training, topic=TOPICS[0])
    )
    early: dict[str, Any] = {"actor": manager, "said": ANSWERS}
    year.refused("answers before the questions", lambda: learning.answer(enrolment=_again(group), **early))
    yield 15
    year.refused("answers of who was not there", lambda: learning.answer(actor=alone, enrolment=single, said=ANSWERS))
    learning.answer(actor=manager, enrolment=_again(group), said=ANSWERS)
    year.refused("the same answers again", lambda: learning.answer(enrolment=_again(group), **early))
    year.count("trainings_answered")


def one_that_is_called_off(year: NetworkYear) -> Story:
    """Whoever was to come is told, and nobody gets a certificate of it."""
    teacher, manager = year.people.manager(TEACHES), year.people.manager(GROUP)
    training = _approved(year.people.coordinators[0], _offered(year, days=9, places=5))
    group = _asked(manager, training, year.people.houses[GROUP], people=2)
    learning.accept(
        actor=manager, enrolment=learning.invite(actor=teacher, training=training, enrolment=group)
    )  # fmt: skip
    yield 3
    training.refresh_from_db()
    learning.call_off(actor=teacher, training=training)
    year.count("trainings_called_off")
    yield 8
    year.refused("certificates of what was not held", lambda: learning.complete(actor=teacher, training=training))


def _offered(year: NetworkYear, *, days: int, places: int) -> Training:
    begins = clock.now() + dt.timedelta(days=days)
    told: dict[str, Any] = {
        "title": "Первая помощь и разговор", "starts_at": begins, "ends_at": begins + dt.timedelta(hours=3),
        "timezone": "Asia/Tbilisi", "country": "GE", "city": "Тбилиси", "place": "улица Тихая, 5",
        "language": "ru", "topics": [*TOPICS], "places": places, "is_public": True,
    }  # fmt: skip
    teacher = year.people.manager(TEACHES)
    return learning.offer_training(actor=teacher, organization=year.people.houses[TEACHES], fields=told)


def _approved(actor: User, row: Training) -> Training:
    row.refresh_from_db()
    return learning.approve(actor=actor, row=row, expected_version=row.version)


def _asked(
    actor: User, training: Training, house: Organization, *, people: int = 1, person: User | None = None
) -> Enrolment:
    return learning.ask(actor=actor, training=training, organization=house, people=people, person=person)


def _again(row: Enrolment) -> Enrolment:
    row.refresh_from_db()
    return row
