"""Two worlds that differ only in what the public may not know answer the public byte for byte alike.

One test in the place of a long list of side channels: counts, totals, pages, clusters, corrections of slips, sitemaps,
ETags, ids, errors. The questions are made from the resolver and from what the answers before them held.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
import re
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from directory.filtering.declared import FILTERS
from directory.vocabulary import vocabulary
from network.countries.notices import announce
from network.countries.tests.makers import published
from organizations import services as organizations
from reading.booklets.files import FORMS as BOOKLETS
from reading.exports.making import FORMS
from referrals import services as referrals
from servicemap.tests.guards import world
from servicemap.tests.guards.routes import EVERYBODY, ROUTES, every_route
from servicemap.tests.guards.test_matrix import arguments
from services.tests.makers import make_attribute
from telegram import groups
from telegram.linked import desk
from telegram.screens import Said
from verification import services as verification
from verification.publication import publish_vocabulary
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
#: What differs in every answer, whatever it says: nonces, keys of forms, stamps of forms.
RANDOM = re.compile(rb'nonce="[^"]*"|name="(?:form_key|shown|csrfmiddlewaretoken)" value="[^"]*"')
WORDS = ("приют", "канарейка", "тайник", "тест", "юрист", "Тбилиси", "Минск", "приит", "канарека", "hiv test", "Мост",
         "дом", "", "ыыы", "соседи")  # fmt: skip
BOXES = ("-180,-90,180,90", "44.7,41.6,44.9,41.8", "27,53,28,54", "44.8,41.7,44.8,41.7", "nonsense", "0,0,1,1")
#: Beside those of the map: pages that hold no listing are asked too, seldom.
METHODS = ("get",) * 12 + ("head", "options", "post", "put")


class Questions:
    """The same ones for the same seed; ids are drawn from those that the public can know, and from those it cannot."""

    def __init__(self, network: world.World, seed: int) -> None:
        self.dice, self.network = random.Random(seed), network
        self.routes = [(name, pattern) for name, pattern in every_route() if ROUTES[name].circle == EVERYBODY
                       and not name.startswith(("account_", "readyz", "workz"))]  # fmt: skip
        hidden = [listing.location.public_id for listing in network.extras["hidden"] if listing.location]
        self.ids = [network.place.public_id, *hidden, "zzzzzzzzzz"]
        self.listings = [one.public_id for one in (network.listing, *network.extras["hidden"])] + ["zzzzzzzzzz"]
        self.slugs = [network.own.slug, "neighbours", "sosedi", "nothing"]
        terms = vocabulary()
        self.values = {
            name: [str(value) for value in sorted(declared.known.values(terms))[:40]] or ["1"]
            for name, declared in FILTERS.items()
        }
        self.values["attribute"].append("whispered-yes")  # of which members alone know, once there is more hidden

    def make(self) -> tuple[str, str, dict[str, str], bool]:
        """Method, address, parameters, whether they travel as JSON."""
        dice = self.dice
        name, pattern = dice.choice(self.routes if dice.random() < 0.3 else self.of_the_api())
        given = arguments(self.network, pattern)
        given |= {"place_id": dice.choice(self.ids)} if "place_id" in given else {}
        given |= {"slug": dice.choice(self.slugs)} if "slug" in given else {}
        url = reverse(name, kwargs=given)
        url = url.replace("/ru/", "/en/") if dice.random() < 0.3 else url
        route = ROUTES[name]
        is_words = route.method in ("json", "post")
        method = "post" if is_words and dice.random() < 0.9 else dice.choice(METHODS)
        counts_tries = name.startswith(("reporting:", "suggesting:", "subscribing:", "joining:", "voice:"))
        if counts_tries and method in ("post", "put"):
            method = "get"
        return method, url, self.parameters(name, is_words=is_words), route.method == "json"

    def of_the_api(self) -> list[tuple[str, str]]:
        return [
            route
            for route in self.routes
            if route[0].startswith(("api:", "hsds:"))
            and route[0] not in ("api:schema", "hsds:profile", "hsds:profile_schema")
        ]

    def parameters(self, name: str, *, is_words: bool) -> dict[str, str]:
        dice = self.dice
        chosen = {"q": dice.choice(WORDS)} if is_words else {}
        for filter_name in dice.sample(sorted(self.values), dice.choice((0, 0, 1, 1, 2))):
            chosen[filter_name] = dice.choice(self.values[filter_name])
        if name == "maps:download":
            chosen["format"] = dice.choice(sorted(FORMS))
        if name in ("maps:picked", "maps:picked_pdf"):
            chosen = {"ids": ",".join(dice.sample(self.listings, 3))}
        if name.startswith("maps:booklet"):
            chosen = {"country": dice.choice(("ge", "by")), "form": dice.choice(sorted(BOOKLETS))}
        if name in ("api:map", "maps:embed"):
            chosen |= {"bbox": dice.choice(BOXES), "zoom": str(dice.choice((0, 2, 5, 9, 14, 18)))}
        if name == "api:nearest":
            chosen |= {"lat": str(dice.choice((41.7, 53.9))), "lon": str(dice.choice((44.8, 27.56)))}
        if dice.random() < 0.3:
            chosen["page"] = str(dice.choice((1, 1, 2, 999)))
        return chosen


def answer(client: Client, question: tuple[str, str, dict[str, str], bool]) -> tuple[int, str, str]:
    """Status, headers and a digest of the body, without what is random in every answer."""
    method, url, given, is_json = question
    kind = {"content_type": "application/json"} if is_json and method in ("post", "put") else {}
    found = getattr(client, method)(url, given, **kind)
    headers = {
        name: value for name, value in found.headers.items() if name not in ("Content-Security-Policy", "Expires")
    }
    headers.pop("Content-Length", None)  # follows from the body, keys of forms included
    body = b"".join(found.streaming_content) if found.streaming else found.content
    if body.startswith(b"PK"):  # a workbook says when it was saved
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist() if name != "docProps/core.xml")
    return found.status_code, repr(sorted(headers.items())), hashlib.sha256(RANDOM.sub(b"", body)).hexdigest()


def hide_more(network: world.World) -> None:
    """What the second world has beside the first: everything that members, owners and administrators alone may see."""
    organizations.create_contact(
        actor=None, organization=network.own, location=network.place, channel="phone", value="+375297654399",
        visibility="members", audience="colleagues",
    )  # fmt: skip
    scenarios.published(network.place, title="Приют канарека, только для членов", visibility="members")
    make_attribute("whispered", name="Канарека", name_en="Kanareka", members_only=True, synonyms={"ru": ["приют"]})
    publish_vocabulary()
    secret = scenarios.place(network.own, name="Тайник", city="Минск", country="BY", visibility="members")
    scenarios.phone(network.own, secret)
    scenarios.published(secret)
    other = scenarios.organization("Тайная канарека")
    for number in range(4):
        place = scenarios.place(other, name=f"Приют {number}", visibility="members")
        scenarios.published(place, title=f"Канарека {number}", types=["shelter"], method="call")
        scenarios.listing(place, title="Черновик приюта")
    answers = ["dogs-yes", "hushed-quietly", "whispered-yes"]
    scenarios.rename(network.listing, summary="канарека в черновике", attributes=answers)
    verification.receive_report(listing=network.listing, kind="phone", text="канарека")
    scenarios.coordinator(other)
    sent = world.send_on(network.people["editor"], network.own, network.extras["theirs"])
    offer = sent.legs.get().offers.get()
    referrals.decline(actor=network.people["verifier"], offer=offer.public_id, reason="not_eligible")
    published(topic="ost", visibility="members", statement="канарека")
    published(topic="tb", visibility="members", country="BY", brief="канарека")
    announce(
        actor=scenarios.coordinator(), country="BY", kind="warning", level="danger", text="канарека",
        visibility="members",
    )  # fmt: skip


@pytest.mark.parametrize("count", [200, pytest.param(5000, marks=pytest.mark.long)])
def test_what_is_hidden_changes_nothing_that_anybody_can_ask(network, count, record_testsuite_property):
    questions, client, moment = Questions(network, seed=count), Client(), clock.now()
    asked = [questions.make() for _number in range(count)]
    with clock.travel(moment):
        before = [answer(client, question) for question in asked]
    statuses = {status for status, _headers, _digest in before}
    assert {200, 400, 404} <= statuses and max(statuses) < 500
    hide_more(network)
    with clock.travel(moment):
        different = [
            question for question, first in zip(asked, before, strict=True) if answer(client, question) != first
        ]
    record_testsuite_property("twins", f"{count} questions, {len(different)} answers that differ")
    assert not different


def walk_of_the_bot(most: int = 120) -> dict[str, str]:
    """What the bot says to words, near positions, by every button that leads on from there, and to a group."""
    told = {f"words {word}": desk.answer(Said("ru", words=word, chat=5)) for word in (*WORDS, "/start", "/find")}
    for place in ((41.7, 44.8), (53.9, 27.56)):
        told[f"near {place}"] = desk.answer(Said("ru", place=place, chat=5))
    waiting = [one.data for screen in told.values() for row in screen.rows for one in row]
    while waiting and len(told) < most:
        data = waiting.pop(0)
        if data not in told:
            told[data] = desk.answer(Said("ru", press=data, chat=5))
            waiting += [one.data for row in told[data].rows for one in row]
    return {name: repr(screen) for name, screen in told.items()} | {"a group": repr(groups.digest())}


def test_what_is_hidden_changes_nothing_that_the_bot_says(network):
    moment = clock.now()
    with clock.travel(moment):
        before = walk_of_the_bot()
    assert len(before) > 20 and len(set(before.values())) > 12
    hide_more(network)
    with clock.travel(moment):
        after = walk_of_the_bot()
        assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == set()
        scenarios.published(network.place, title="Ещё одна")
        assert walk_of_the_bot() != before  # the comparison can fail


def test_one_public_word_more_is_noticed(network):
    """The comparison can fail: a listing that everybody may see changes answers."""
    question = ("get", "/api/v1/listings/", {}, False)
    moment = clock.now()
    with clock.travel(moment):
        first = answer(Client(), question)
        assert answer(Client(), question) == first
        scenarios.published(network.place, title="Ещё одна")
        assert answer(Client(), question) != first
    with clock.travel(moment + dt.timedelta(days=1)):
        assert answer(Client(), question) != first
