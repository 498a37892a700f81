"""A page costs the same number of queries at three and at twelve rows: every page of the workspace, by the resolver."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from servicemap.tests.guards import world as worlds
from servicemap.tests.guards.growth import TODAY, grow
from servicemap.tests.guards.routes import ROUTES, every_route
from servicemap.tests.guards.test_matrix import arguments
from servicemap.tests.guards.world import World
from verification.coordination.desk import PILES

FEW, MANY = 3, 12

#: One press each: they list nothing, and answer 405 to whoever only looks.
PRESSES = {
    "workspace:contact-remove",
    "workspace:contact-restore",
    "workspace:listing-capacity",
    "workspace:listing-withdraw",
    "workspace:listing-restore",
    "workspace:listing-delete",
    "workspace:notice-end",
    "workspace:lookup-cities",
    "workspace:lookup-address",
    "workspace:review-take",
    "workspace:review-release",
    "workspace:review-decide",
    "workspace:team-restore",
    "workspace:team-role",
    "workspace:team-remove",
    "workspace:team-resend",
    "workspace:team-revoke",
    "workspace:absence-end",
    "workspace:absence-put-back",
    "workspace:coordination-bulk",
    "workspace:coordination-check-undo",
    "workspace:coordination-letter-again",
    "workspace:coordination-address-works",
}
#: Pages that list nothing, each with what it is instead.
NO_LISTS = {
    "workspace:coordination-evidence": "a file to save",
}
#: What else a page can be asked; without it, or beside it, the page as it opens.
QUESTIONS: dict[str, list[dict[str, str]]] = {
    "workspace:home": [{}, {"show": "due"}],
    "workspace:confirm": [{}, {"organization": "most"}],
    "workspace:coordination": [{"pile": pile.code} for pile in PILES],
    "workspace:coordination-reports": [{}, {"show": "closed"}],
    "workspace:coordination-campaign": [{}, {"show": "open"}],
    "workspace:coordination-monitoring": [{}, {"country": "GE"}],
    "workspace:reviews": [{}, {"kind": "edit"}],
}


def workspace_routes() -> dict[str, str]:
    """name → pattern of every route of the workspace, straight from the resolver."""
    return {name: pattern for name, pattern in every_route() if name.startswith("workspace:")}


def pages(network: World) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(who, address, question) of every page that lists."""
    for name, pattern in workspace_routes().items():
        if name in PRESSES or name in NO_LISTS:
            continue
        role = next(r for r in ("editor", "coordinator", "administrator") if r in _circle(name))
        listing = {"listing": network.listing.public_id} if name.endswith("visit-new") else {}
        for question in QUESTIONS.get(name, [{}]):
            yield role, reverse(name, kwargs=arguments(network, pattern)), question | listing


def _circle(name: str) -> frozenset[str]:
    """Who opens the page. An earlier version is put back by administrators; the matrix leaves it to the feature."""
    return frozenset({"administrator"}) if name == "workspace:coordination-version" else ROUTES[name].circle


def queries_by_page(rows: int, passes: int = 1) -> dict[str, int]:
    """The last pass counts: what the process keeps between requests is known by then."""
    with transaction.atomic(), clock.travel(TODAY):
        network = worlds.build()
        grow(network, rows)
        found = {}
        for _pass in range(passes):
            found = {
                _named(url, question): _count(network, who, url, question) for who, url, question in pages(network)
            }
        transaction.set_rollback(True)
    return found


def _named(url: str, question: dict[str, str]) -> str:
    """Ids differ from world to world, so a page is known by the words of its address."""
    words = [part for part in url.split("/") if part and not (len(part) == 10 and part != "monitoring")]
    return "/".join(words) + "?" + "&".join(f"{k}={v}" for k, v in question.items() if k != "listing")


def _count(network: World, who: str, url: str, question: dict[str, str]) -> int:
    client = Client()
    client.force_login(network.people[who])
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        answer = client.get(url, question)
        transaction.set_rollback(True)
    assert answer.status_code == 200, f"{who} {url} {question}: {answer.status_code}"
    return len(queries)


@pytest.mark.django_db
def test_three_rows_and_twelve_cost_the_same():
    few, many = queries_by_page(FEW, passes=2), queries_by_page(MANY)
    assert {page: (few[page], many[page]) for page in few if many[page] != few[page]} == {}


def test_every_route_lists_or_is_named():
    routes = workspace_routes().keys()
    assert routes >= PRESSES | NO_LISTS.keys(), "these routes are gone"
    assert routes >= QUESTIONS.keys(), "these routes are gone"


@pytest.mark.django_db
def test_a_press_shows_nothing_to_whoever_only_looks(network, client_of):
    """So that no page that lists can hide among them."""
    client, routes = client_of("administrator"), workspace_routes()
    answers = {name: client.get(reverse(name, kwargs=arguments(network, routes[name]))).status_code for name in PRESSES}
    assert {name: code for name, code in answers.items() if code != 405} == {}
