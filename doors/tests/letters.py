"""People whose listings fell due, and the pages behind their letters."""

from __future__ import annotations

import datetime as dt
import html

from django.test import Client

from core import clock
from messaging.people import correspondents_for
from verification import answering
from verification.letters.links import issue_link
from verification.models import ListingState
from verification.tests import scenarios

CHECKED = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
#: A day after they fell due; in Tbilisi it is noon of a Monday.
NOW = dt.datetime(2026, 7, 6, 8, tzinfo=dt.UTC)


def owner_with(*titles: str, **fields):
    """An editor whose organisation has these listings, all overdue by a day."""
    organization = scenarios.organization()
    person = scenarios.person(organization)
    place = scenarios.place(organization)
    with clock.travel(CHECKED):
        by = scenarios.verifier()
    person.rows = [scenarios.published(place, on=CHECKED, by=by, title=title, **fields) for title in titles]
    person.organization = organization
    return person


def link_of(person) -> str:
    """A token for all that is due to this person."""
    correspondent = correspondents_for(person.organization).get(user=person)
    states = ListingState.objects.filter(listing__in=person.rows).order_by("pk")
    return issue_link(to=correspondent, states=states)[1]


def items_of(token: str) -> list[str]:
    return [line.item.public_id for line in answering.lines_of(answering.find_link(token))]


def page_of(token: str) -> str:
    answer = Client().get(f"/ru/confirm/{token}/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())
