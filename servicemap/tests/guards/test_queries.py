"""A page costs the same number of queries at three and at twelve rows: every route that lists, by the resolver."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from core import clock
from core.tests.counting import Counted
from core.tests.shared import shared
from directory.vocabulary import vocabulary
from servicemap.tests.guards.growth import TODAY, begin
from servicemap.tests.guards.routes import OWN_CHECK, ROUTES, Route, every_route
from servicemap.tests.guards.test_matrix import arguments, ask
from servicemap.tests.guards.world import World, build
from verification.coordination.desk import PILES

FEW, MANY = 3, 12

#: One press each: they list nothing, and answer 405 to whoever only looks.
PRESSES = {
    "workspace:translation-check",
    "workspace:translation-remove",
    "exchange:apply",
    "exchange:answer",
    "exchange:mend",
    "exchange:undo",
    "sources:read",
    "workspace:health-refuse",
    "workspace:health-let",
    "sources:choose",
    "sources:apply",
    "sources:undo",
    "sources:go-on",
    "sources:gone",
    "sources:remove",
    "workspace:coordination-campaign-remind",
    "workspace:coordination-campaign-extend",
    "workspace:coordination-campaign-add",
    "workspace:coordination-campaign-take-out",
    "workspace:coordination-campaign-stop",
    "workspace:fact-press",
    "workspace:country-notice-press",
    "workspace:contact-remove",
    "workspace:contact-restore",
    "workspace:listing-capacity",
    "workspace:call-outcome",
    "workspace:call-all-right",
    "workspace:call-answer",
    "workspace:call-ask-owner",
    "workspace:call-undo",
    "workspace:outreach-begin",
    "workspace:outreach-send",
    "workspace:proposal-answer",
    "workspace:suggestion-take-in",
    "workspace:suggestion-close",
    "workspace:listing-stop",
    "workspace:listing-withdraw",
    "workspace:listing-restore",
    "workspace:listing-delete",
    "workspace:notice-end",
    "workspace:lookup-cities",
    "workspace:coordination-texts-agree",
    "workspace:lookup-address",
    "workspace:lookup-area",
    "workspace:lookup-point",
    "workspace:lookup-alike",
    "workspace:lookup-alike-place",
    "workspace:lookup-alike-organization",
    "workspace:twin-places",
    "workspace:twin-places-undo",
    "workspace:door-step",
    "workspace:across-different",
    "workspace:across-again",
    "workspace:pair-different",
    "workspace:pair-again",
    "workspace:merge-step",
    "workspace:review-take",
    "workspace:review-release",
    "workspace:review-decide",
    "workspace:team-restore",
    "workspace:team-role",
    "workspace:team-remove",
    "workspace:team-resend",
    "workspace:team-revoke",
    "workspace:volunteering-take-back",
    "workspace:volunteers-of-press",
    "workspace:absence-end",
    "workspace:telegram-digits",
    "workspace:telegram-countries",
    "workspace:telegram-end",
    "workspace:telegram-group",
    "workspace:telegram-group-end",
    "workspace:referral-press",
    "workspace:referral-offer-press",
    "workspace:network-vote-press",
    "workspace:own-keep",
    "workspace:own-follow",
    "workspace:own-forget",
    "workspace:own-unfollow",
    "workspace:network-digest-assemble",
    "workspace:network-digest-line",
    "workspace:network-digest-take-off",
    "workspace:network-application-press",
    "workspace:network-member-press",
    "workspace:network-gap-press",
    "workspace:network-review-press",
    "workspace:network-material-press",
    "workspace:network-training-press",
    "workspace:network-centre-press",
    "workspace:network-voice-make",
    "workspace:network-grant-call-press",
    "workspace:network-grant-application-press",
    "workspace:network-grant-press",
    "workspace:network-grant-report-press",
    "workspace:network-cycle-press",
    "workspace:network-cycle-write",
    "workspace:absence-put-back",
    "workspace:guarding-agree",
    "workspace:guarding-end",
    "workspace:circle-agree",
    "workspace:circle-remove",
    "workspace:coordination-bulk",
    "workspace:coordination-check-undo",
    "workspace:coordination-letter-again",
    "workspace:coordination-address-works",
}
#: Pages that list nothing, each with what it is instead.
NO_LISTS = {
    "workspace:volunteering-fact": "a form about one fact",
    "workspace:volunteer-proposal": "one proposal",
    "workspace:translation-upload": "takes a file; its answer lists what was refused",
    "root": "leads on to a language",
    "forget": "leads on to a language",
    "violations": "takes what a browser tells and answers nothing",
    "maps:seen": "counts, and answers nothing",
    "workspace:coordination-evidence": "a file to save",
    "workspace:pair": "two listings side by side",
    "exchange:refused": "the refused rows of one file, to save",
    "exchange:import": "what one file said, kept in one row; its own person's alone",
    "exchange:match": "the columns of one list, kept in one row; its own person's alone",
    "workspace:merge": "two listings, and one press",
    "workspace:door-pair": "two places side by side",
    "workspace:door": "two places, and one press",
    "workspace:organization-pair": "two organisations side by side",
    "suggesting:suggest": "a form about one service",
    "suggesting:answer": "a form of one code",
    "suggesting:access": "a form about one page",
    "maps:accessibility": "a text",
    "voice:voice": "three questions",
    "workspace:outreach-standing": "one phone",
    "workspace:outreach": "the same for everybody, without a row",
    "workspace:outreach-worker": "a script",
    "workspace:network-review-new": "a form of two fields",
    "workspace:network-review-services": "the vocabulary; one review",
    "workspace:network-review-criteria": "twenty-four criteria of one review",
    "workspace:network-voice-sheet": "a picture and three lines",
    "joining:application": "one application, by whoever has its link",
    "confirm:answer": "a press on the page of a letter; what it costs is counted in doors/tests/test_letter_costs.py",
    "confirm:profile": "a press",
    "confirm:capacity": "a press",
    "confirm:undo": "a press",
    "confirm:changed": "a form about one listing",
    "confirm:closed": "a form about one listing",
    "confirm:rhythm": "a form of one choice",
    "confirm:new-link": "a form of one address",
    "invitation": "a form of one person",
    "subscribing:subscribe": "a form of one address",
    "subscribing:subscription": "one subscription",
    "subscribing:end": "one press",
    "maps:press_svg": "a picture",
    "maps:press_png": "a picture",
    "workspace:network-news-letters": "a form of one choice",
    "acknowledge:page": "one request and four buttons",
    "workspace:referral-code": "a form of one code",
    "workspace:network-file": "a file to save",
    "workspace:network-grant-file": "a file to save",
    "workspace:network-grant-call-edit": "a form about one call",
    "workspace:network-grant-write": "a form of five lines and four numbers",
    "workspace:network-grant-score": "a form of six criteria",
    "workspace:network-grant-agree": "a form about one grant",
    "workspace:network-cycle-edit": "a form about one cycle",
    "workspace:network-cycle-new": "a form about one cycle",
    "workspace:network-cycle-json": "a file of one cycle",
    "workspace:network-material-file": "a file to save",
    "learning:file": "a file to save",
    "papers:file": "a file to save",
    "workspace:network-training-ics": "one training as a file",
    "workspace:network-certificate": "one certificate",
    "workspace:network-training-after": "three questions",
    "workspace:network-centre": "one place and what it offers",
}
#: Who opens what has a check of its own.
OWN = {
    "confirm:page": "anonymous",
    "workspace:coordination-version": "administrator",
    "exchange:services": "editor",
    "exchange:template": "editor",
    "exchange:upload": "editor",
    "exchange:foreign": "editor",
}
#: What else a page can be asked; without it, or beside it, the page as it opens.
QUESTIONS: dict[str, list[dict[str, str]]] = {
    "api:listings": [{}, {"country": "GE"}],
    "maps:home": [{}, {"country": "GE", "view": "list"}],
    "workspace:home": [{}, {"show": "due"}],
    "workspace:confirm": [{}, {"organization": "most"}],
    "workspace:coordination": [{"pile": pile.code} for pile in PILES],
    "workspace:coordination-reports": [{}, {"show": "closed"}],
    "workspace:coordination-campaign": [{}, {"show": "open"}],
    "workspace:coordination-monitoring": [
        {},
        {"country": "GE"},
        {"show": "coverage"},
        {"show": "standing"},
        {"show": "waits"},
        {"show": "silence"},
    ],
    "workspace:coordination-monitoring-rows": [{"of": "listings"}, {"of": "unchecked", "order": "said"}],
    "workspace:reviews": [{}, {"kind": "edit"}],
    "workspace:referrals": [{}, {"show": "taken"}, {"show": "sent"}, {"show": "over"}],
    "workspace:network-papers": [{}, {"q": "а"}],
    "workspace:network-applications": [{}, {"show": "ended"}],
    "workspace:network-members": [{}, {"show": "member"}],
    "workspace:network-gaps": [{}, {"view": "countries"}, {"view": "ways"}, {"view": "languages"}],
    "workspace:network-gap-list": [{}, {"show": "late"}, {"show": "ended"}],
    "workspace:network-gap-cell": [{"kind": "naloxone", "country": "GE"}],
    "workspace:network-learning": [{}, {"show": "waiting"}, {"topic": "naloxone"}],
    "workspace:network-trainings": [{}, {"show": "past"}, {"show": "ours"}],
    "maps:learning": [{}, {"q": "а"}],
    "workspace:network-decisions": [{}, {"show": "mine"}, {"show": "ended"}],
    "workspace:referral-piles": [{}, {"pile": "nobody"}, {"pile": "late"}],
}
ROLES_IN_ORDER = ("anonymous", "editor", "coordinator", "administrator", "translator", "volunteer")


@dataclass(frozen=True)
class Page:
    """One question to one route, by somebody who may ask it."""

    name: str
    url: str
    route: Route
    role: str
    asked: dict[str, str]

    def __str__(self) -> str:
        return f"{self.role} {self.name} {self.asked}"


def routes() -> dict[str, str]:
    """name → pattern of every route but those of logins and keys, straight from the resolver."""
    return {name: pattern for name, pattern in every_route() if not name.startswith(("account_", "mfa_"))}


def pages(network: World) -> Iterator[Page]:
    for name, pattern in routes().items():
        if name in PRESSES or name in NO_LISTS:
            continue
        route = ROUTES[name]
        role = OWN.get(name) or next(r for r in ROLES_IN_ORDER if r in route.circle)
        url = reverse(name, kwargs=arguments(network, pattern))
        for asked in QUESTIONS.get(name, [{}]):
            yield Page(name, url, route, role, asked)


def signed_in(network: World) -> dict[str, Client]:
    """A browser of each role; what a page does to its session is taken back with everything else."""
    clients = {role: Client() for role in ROLES_IN_ORDER}
    for role in ROLES_IN_ORDER[1:]:
        clients[role].force_login(network.people[role])
    return clients


def wait_for_the_booklet(client: Client, page: Page) -> None:
    """A picture shows what its page has had made; where the machine is busy, the page says that it comes."""
    for _try in range(240):
        if "Refresh" not in client.get(reverse("maps:booklets"), page.route.data).headers:
            return
        time.sleep(0.25)


def count(client: Client, network: World, page: Page) -> int:
    if page.name == "maps:booklet_picture":
        wait_for_the_booklet(client, page)
    if page.name == "workspace:translation-page":  # a page of readers in a language that nobody has asked for yet
        with transaction.atomic():
            as_it_opens(client, network, page)
            transaction.set_rollback(True)
    asked = Counted()
    with transaction.atomic(), connection.execute_wrapper(asked):
        answer = client.get(page.url, page.asked) if page.asked else as_it_opens(client, network, page)
        transaction.set_rollback(True)
    assert answer.status_code == 200, f"{page}: {answer.status_code}"
    return asked.statements


def as_it_opens(client, network, page):
    method = "get" if page.name.startswith("workspace:") and page.route.method == "post" else page.route.method
    route = Route(page.route.circle, method, page.route.data)
    return ask(client, route, page.url, listing=network.listing.public_id)


def queries_by_page(network: World) -> dict[str, int]:
    vocabulary()  # what the process keeps until the directory changes
    clients = signed_in(network)
    return {str(page): count(clients[page.role], network, page) for page in pages(network)}


def built_on_the_day() -> World:
    with clock.travel(TODAY):
        return build()


_ground, network = shared(built_on_the_day, name="network")


def test_three_rows_and_twelve_cost_the_same(network):
    with clock.travel(TODAY):
        grow = begin(network)
        grow(range(FEW))
        few = queries_by_page(network)
        grow(range(FEW, MANY))
        many = queries_by_page(network)
    assert {page: (few[page], many[page]) for page in few if many[page] != few[page]} == {}


def test_every_route_lists_or_is_named():
    assert routes().keys() >= PRESSES | NO_LISTS.keys() | OWN.keys() | QUESTIONS.keys(), "these routes are gone"
    own = {name for name in routes() if ROUTES[name].circle == OWN_CHECK}
    assert own <= PRESSES | NO_LISTS.keys() | OWN.keys(), "say who opens these"


@pytest.mark.django_db
def test_a_press_shows_nothing_to_whoever_only_looks(network, client_of):
    """So that no page that lists can hide among them."""
    client, known = client_of("administrator"), routes()
    answers = {name: client.get(reverse(name, kwargs=arguments(network, known[name]))).status_code for name in PRESSES}
    assert {name: code for name, code in answers.items() if code != 405} == {}
