"""Kept answers over the whole house: the same bytes as fresh ones, for every public route, and nobody else's."""

from __future__ import annotations

import io
import os

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.urls import reverse

from core import clock
from directory.vocabulary import vocabulary
from kept.front import Front, WaitingLines
from kept.mark import Mark
from kept.packed import Made
from kept.questions import Questions
from kept.store import Store
from servicemap.tests.guards.routes import EVERYBODY, ROUTES, every_route
from servicemap.tests.guards.test_matrix import arguments
from servicemap.web import keeping
from verification.services import hide
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
#: Public, and still made anew for each who asks: what these answer depends on more than the address.
MADE_EACH_TIME = {
    "api:nearest",
    "api:schema",
    "oembed",
    "maps:embed_build",
    "maps:road_map",
    "maps:booklets",
    "maps:booklet_pdf",
    "maps:booklet_picture",
}  # and what programs ask of HSDS
LANGUAGES = ("ru", "en;q=0.5, kk", "fr", "")


@pytest.fixture(autouse=True)
def connection_stays():
    """As Django's own client of tests has it: the end of a request does not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Here:
    """No thread of its own: the test's transaction is seen by the test's thread alone."""

    def run(self, work):
        return work()


def in_front(application, look=lambda: vocabulary().revision or 1):
    questions = Questions(keeping.routes(), keeping.language_of, keeping.NEVER)
    lines = WaitingLines(Here(), Here(), 10)
    return Front(application, keeping.Busy(), questions, Mark(look, None, 0), Store(10**8), lines, keeping.STRAIGHT)


class Counted:
    def __init__(self):
        self.handler, self.times = WSGIHandler(), 0

    def __call__(self, environ, start_response):
        self.times += 1
        return self.handler(environ, start_response)


def ask(application, url, **headers):
    path, _mark, query = url.partition("?")
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "testserver",
               "SERVER_PORT": "80", "HTTP_HOST": "testserver", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
               **{f"HTTP_{name.upper()}": value for name, value in headers.items()}}  # fmt: skip
    told = []
    answer = application(environ, lambda status, found, exc_info=None: told.extend([status, found]))
    return Made(told[0], told[1], b"".join(answer))


def public_addresses(network):
    for name, pattern in every_route():
        route = ROUTES[name]
        if route.circle == EVERYBODY and route.method == "get":
            url = reverse(name, kwargs=arguments(network, pattern))
            yield name, url
            yield name, url + "?country=BY&view=list&zoom=4&bbox=20,50,40,60"
            yield name, url.replace("/ru/", "/en/") + "?country=XX&lang=en"


@pytest.fixture
def moment():
    """All within one second, so that a fresh answer is the same one."""
    with clock.travel(clock.now()):
        yield


def in_one_form(url):
    """The address as the page is asked for it, in whatever way people write it."""
    path, _mark, query = url.partition("?")
    question = Questions(keeping.routes(), keeping.language_of)(
        {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    )
    return url if question is None else f"{path}?{question.query}"


def plain(made):
    """What an answer says, without what only the way of telling it adds."""
    added = {"etag", "vary", "content-length"}
    return made.status, sorted(pair for pair in made.headers if pair[0].lower() not in added), made.body


def test_what_is_kept_is_what_would_be_made_and_every_public_page_is_kept(network, moment):
    handler, kept, different = Counted(), set(), []
    front = in_front(handler)
    for name, url in public_addresses(network):
        for language in LANGUAGES if name == "api:map" else LANGUAGES[:1]:
            fresh = ask(handler.handler, in_one_form(url), accept_language=language)
            first, before = ask(front, url, accept_language=language), handler.times
            second = ask(front, url, accept_language=language)
            kept |= {name} if handler.times == before else set()
            if fresh.may_be_kept and not plain(fresh) == plain(first) == plain(second):
                different.append((url, language, plain(fresh)[:2], plain(second)[:2]))
            if fresh.status != second.status:
                different.append((url, language, fresh.status, second.status))
    assert not different
    says_so = {name for name, url in public_addresses(network) if ask(handler.handler, url).may_be_kept}
    says_so -= {name for name in says_so if name.startswith("hsds:")}
    assert says_so - MADE_EACH_TIME == kept, "name it in servicemap/web/keeping.py, or here with the reason"


def test_no_kept_page_holds_a_nonce_a_token_or_a_key(network):
    handler = WSGIHandler()
    for _name, url in public_addresses(network):
        made = ask(handler, url)
        if made.may_be_kept:
            assert b"nonce=" not in made.body and b"csrfmiddlewaretoken" not in made.body, url
            assert b"form_key" not in made.body, url


def test_a_visitor_with_a_cookie_is_answered_by_the_framework_each_time(network):
    handler = Counted()
    front = in_front(handler)
    for _time in range(3):
        ask(front, "/ru/about/", cookie="sessionid=abc")
    assert handler.times == 3
    ask(front, "/ru/about/")
    ask(front, "/ru/about/")
    assert handler.times == 4


def test_marks_of_other_sites_make_no_answer_of_their_own_and_slips_are_still_told(network):
    handler = Counted()
    front = in_front(handler)
    assert {ask(front, f"/ru/?fbclid={number}&utm_source=x").status for number in range(20)} == {"200 OK"}
    assert handler.times == 1
    assert ask(front, "/ru/?contry=BY").status.startswith("400")
    assert ask(front, "/api/v1/listings/?fbclid=1").status.startswith("400")
    page = ask(front, "/ru/embed/?theme=dark&view=list&lock=country&country=BY")
    assert page.status == "200 OK" and page.body != ask(front, "/ru/embed/?view=list&country=BY").body


def test_what_was_hidden_is_gone_from_memory(network):
    front = in_front(WSGIHandler())
    listing = scenarios.published(scenarios.place(scenarios.organization("Маяк")), title="Канарейка в памяти")
    urls = [f"/ru/places/{listing.location.public_id}/", "/api/v1/listings/", "/ru/?view=list"]
    assert [ask(front, url).status for url in urls] == ["200 OK"] * 3
    hide(listing=listing, actor=None, reason="опасно")
    assert ask(front, urls[0]).status.startswith("404")
    assert "Канарейка в памяти" not in ask(front, urls[1]).body.decode()
    assert "Канарейка в памяти" not in ask(front, urls[2]).body.decode()


def test_the_look_sees_each_change_of_the_public_and_no_other(network):
    look = keeping.Look()
    look._connection, look._process = connection, os.getpid()
    first = look()
    scenarios.published(network.place, title="Только для членов", visibility="members")
    assert look() == first > 0
    scenarios.published(network.place, title="Для всех")
    assert look() != first


@pytest.mark.parametrize(
    ("path", "words"), [("/ru/", "очень много людей"), ("/en/", "Very many people"), ("/api/v1/map/", "{")]
)
def test_whoever_finds_no_room_reads_an_honest_page_with_every_header(path, words, django_assert_num_queries):
    with django_assert_num_queries(0):
        made = ask(keeping.Busy(), path)
    assert made.status.startswith("503") and int(made.header("retry-after")) > 0
    assert words in made.body.decode() and len(made.body) < 3000
    assert "no-store" in made.header("cache-control") and made.header("x-content-type-options") == "nosniff"
    assert "default-src 'none'" in made.header("content-security-policy")
