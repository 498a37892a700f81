"""Making the demonstration network: everything goes through the services, in the order of time.

Only first submissions and first approvals are joined, where nothing between could see the difference (`bulk`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from core import clock
from demonstration.freshness import Calendar, wanted_states
from demonstration.house.evaluating import Evaluating
from demonstration.house.gaps import GapsStory
from demonstration.house.governing import Governing
from demonstration.house.granting import Granting
from demonstration.house.joining import Joining, administrator
from demonstration.house.learning import LearningStory
from demonstration.house.reviewing import Reviewing
from demonstration.house.volunteering import VolunteerStory
from demonstration.life import Course
from demonstration.making.attributes import add_attributes
from demonstration.making.compose import compose
from demonstration.making.content import House, Script, localised, read_content
from demonstration.making.network import Network
from demonstration.making.people import Cast
from demonstration.telling.lands import Lands
from demonstration.telling.news import NewsStory
from demonstration.telling.profiles import Profiles
from demonstration.telling.stories import Stories
from demonstration.telling.travels import Travels
from demonstration.telling.twins import Twins
from demonstration.telling.voices import Voices
from organizations.models import Organization
from verification.editing import set_notice
from verification.upkeep.rounds import close_month

#: What people in danger look for first stays fresh in the demonstration.
ALWAYS_FRESH = {"crisis_line", "shelter", "emergency_relocation"}


def has_network() -> bool:
    """Whether any organisation is there, fictional or not."""
    return Organization.objects.exists()


@transaction.atomic
# long: the story of the network in its order
def load_network(*, logins: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Make the network and write the logins' file; returns the number of listings.

    `progress` is called with steps done and steps in all. The file is written last: a failure leaves nothing.
    """
    content = read_content()
    add_attributes(content)
    people = Cast(content)
    life = Course(content, Network(content), people, Calendar(clock.today()))
    stories = Stories(life)
    for house in content.houses:
        _found(life, house)
    plans = compose(content)
    ordinary = [plan for plan in plans if plan.key not in content.stories and plan.offer.leaf not in ALWAYS_FRESH]
    states = dict(zip((plan.key for plan in ordinary), wanted_states(len(ordinary)), strict=True))
    profiles = Profiles(life, ordinary)
    for plan in plans:
        if story := content.stories.get(plan.key):
            stories.tell(plan, story)
        elif word := content.capacity.get(plan.key):
            life.publish(plan, "fresh", days_ago=word["days_ago"])
            life.say_places(plan, word)
        else:
            life.publish(plan, states.get(plan.key, "fresh"), since=profiles.began_on(plan))
    _put_up_notices(life, content)
    Voices(life).speak()
    twins = Twins(life, plans)
    twins.plan()
    with life.batch:
        for done, _instant in enumerate(life.timeline.run(), start=1):
            progress(done, len(life.timeline))
    Travels(life).tell()
    Governing(life).tell()
    Lands(life).tell()
    NewsStory(life).tell()
    GapsStory(life).tell()
    twins.find()
    close_month()
    people.make_administrator()
    Joining(life, administrator()).tell()
    Reviewing(life, administrator()).tell()
    Granting(life, administrator()).tell()
    LearningStory(life, administrator()).tell()
    Evaluating(life, people.make_evaluator()).tell()
    VolunteerStory(life, people.make_volunteer(), administrator()).tell()
    people.write_logins(logins)
    return len(plans)


def _found(life: Course, house: House) -> None:
    """The organisation joins; its places open some weeks later."""
    day = life.calendar.today - dt.timedelta(days=house.data["since_days"])

    def found() -> None:
        life.people.join(life.network.found(house))

    def open_places() -> None:
        for spot in house.spots:
            if spot.city:
                life.network.open(house, spot)

    life.timeline.at(day, found, about=house.slug)
    life.timeline.at(day + dt.timedelta(days=21), open_places, about=house.slug)


def _put_up_notices(life: Course, content: Script) -> None:
    for notice in content.notices:
        announced = life.calendar.today + dt.timedelta(days=min(notice["from"], 0) - 1)
        life.timeline.at(announced, lambda notice=notice: _put_up(life, notice), minute=300)  # type: ignore[misc]


def _put_up(life: Course, notice: dict[str, Any]) -> None:
    target = notice["about"]
    fields: dict[str, Any] = {"country": target["country"]} if "country" in target else {}
    house = target.get("house")
    if house and "spot" in target:
        fields["location"] = life.network.locations[house, target["spot"]]
    elif house:
        fields["organization"] = life.network.organizations[house]
    today = life.calendar.today
    set_notice(
        batch=life.batch,
        actor=life.people.owner(house) if house else None,
        kind=notice["kind"],
        starts_on=today + dt.timedelta(days=notice["from"]),
        ends_on=today + dt.timedelta(days=notice["to"]) if "to" in notice else None,
        visibility=notice.get("visibility", "public"),
        **localised("text", notice["text"]),
        **fields,
    )
