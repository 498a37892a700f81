"""What is kept, for whom, and for how long; who waits, and who is told that there is no room."""

from __future__ import annotations

import gzip
import threading
import time

import pytest

from kept.lines import WaitingLine
from kept.packed import way_of
from kept.tests.worlds import Application, World


def test_what_is_asked_alike_is_made_once():
    world = World()
    assert {world.number() for _time in range(5)} == {1}
    assert world.number("/page/two") == 2 and world.number() == 1
    status, headers, body = world.get(method="HEAD")
    assert (status, body) == (200, b"") and int(headers["content-length"]) == len(world.get()[2])
    assert len(world.application.asked) == 2


@pytest.mark.parametrize("name", ["cookie", "authorization", "range"])
def test_what_is_somebodys_goes_past(name):
    world = World()
    assert [world.number(**{name: "a"}), world.number(**{name: "a"}), world.number(), world.number()] == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("path", "query", "method"), [("/other/", "", "GET"), ("/page/", "q=words", "GET"), ("/page/", "", "POST")]
)
def test_unnamed_addresses_words_and_whatever_writes_go_past(path, query, method):
    world = World()
    assert [world.number(path, query, method), world.number(path, query, method)] == [1, 2]
    assert len(world.store) == 0


@pytest.mark.parametrize(
    ("application", "why"),
    [
        (Application(caching="private, no-store"), "is nobody's business"),
        (Application(caching="public, no-cache"), "wants to be asked each time"),
        (Application(("Set-Cookie", "a=b")), "sets a cookie"),
        (Application(("Vary", "Accept-Encoding, Cookie")), "differs by who asks"),
        (Application(("Content-Security-Policy", "script-src 'nonce-abc'")), "has a nonce"),
    ],
)
def test_what_is_not_everybodys_is_never_kept(application, why):
    world = World(application)
    assert [world.number(), world.number()] == [1, 2], why


def test_a_change_empties_it_and_each_minute_has_its_own():
    world = World()
    assert world.number() == 1
    world.revision = 2
    assert world.number() == 2 and len(world.store) == 1
    world.now = 61
    assert world.number() == 3
    world.revision = 1  # a copy of yesterday was put back
    assert world.number() == 4


def test_what_cannot_be_looked_at_is_not_shown_from_memory():
    state = {"revision": 1}
    world = World(look=lambda: state["revision"] or 1 // 0)
    assert [world.number(), world.number()] == [1, 1]
    state["revision"] = 0
    assert [world.number(), world.number()] == [2, 3]


def test_marks_in_links_and_the_order_of_parameters_make_no_second_answer():
    world = World()
    for query in (
        "country=ge&country=by",
        "fbclid=1&country=ge&country=by&utm_source=x",
        "country=ge&country=by&a=%FF",
    ):
        assert world.number(query=query) == 1
    assert world.application.asked[0]["QUERY_STRING"] == "country=ge&country=by"
    assert world.number("/api/", "b=2&a=%FF") == world.number("/api/", "a=%FF&b=2") == 2
    assert world.application.asked[1]["QUERY_STRING"] == "a=%FF&b=2", "what is no UTF-8 arrives as it was"


def test_whoever_has_it_is_told_so():
    world = World()
    _status, headers, body = world.get(accept_encoding="gzip")
    assert headers["content-encoding"] == "gzip" and headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(body) == world.get()[2]
    status, again, nothing = world.get(if_none_match=f'"other", {headers["etag"]}')
    assert (status, nothing) == (304, b"") and again["cache-control"] == headers["cache-control"]
    assert not {"content-type", "content-length"} & again.keys()
    world.revision = 2
    assert world.get(if_none_match=headers["etag"])[0] == 200


def test_ways_of_packing():
    assert way_of("") == way_of("identity") == way_of("gzip;q=0") == ""
    assert way_of("gzip, deflate") == "gzip" and way_of("br;q=0, *;q=0.5") == "gzip"


def test_the_memory_is_bounded_whatever_is_asked():
    world = World(Application(length=5000), limit=200_000)
    for number in range(500):
        world.get(f"/page/{number}", accept_encoding="gzip")
        world.get("/page/hot")
        assert world.store.size <= 200_000
    assert 5 < len(world.store) < 40
    assert world.number("/page/hot") == 2, "what is asked for often stays"
    World(Application(length=300_000), limit=200_000).get()


def crowd(count, ask):
    answers = []
    people = [threading.Thread(target=lambda number=number: answers.append(ask(number))) for number in range(count)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return answers


def test_a_crowd_at_a_cold_page_makes_it_once():
    world = World()
    world.application.hook = lambda environ: time.sleep(0.1)
    assert crowd(40, lambda number: world.number()) == [1] * 40
    assert len(world.application.asked) == 1


def test_what_is_not_kept_is_made_for_each_of_the_crowd():
    world = World(Application(caching="no-store"))
    world.application.hook = lambda environ: time.sleep(0.02)
    assert len({world.get()[2] for _time in range(3)} | set(crowd(8, lambda number: world.get()[2]))) == 11


def test_while_the_next_minute_is_made_the_others_read_the_last():
    world, made = World(), threading.Event()
    world.get()
    world.now = 61
    world.application.hook = lambda environ: made.wait(60)
    first = threading.Thread(target=world.get)
    first.start()
    while len(world.application.asked) < 2:
        time.sleep(0.005)
    assert world.number() == 1
    made.set()
    first.join()
    assert world.number() == 2


def test_whoever_finds_no_room_is_told_at_once_and_letters_keep_theirs():
    world, over = World(public=WaitingLine("p", 1, 2, 60), listeners=1), threading.Event()
    world.get("/page/kept")
    world.application.hook = lambda environ: "cookie" in str(environ) or over.wait(60)
    waiting = [threading.Thread(target=world.get, args=(f"/page/{number}",)) for number in range(3)]
    for one in waiting:
        one.start()
    while world.front._lines.public._inside < 3:
        time.sleep(0.005)
    since = time.monotonic()
    status, headers, _body = world.get("/page/more")
    assert (status, headers["retry-after"], headers["cache-control"]) == (503, "5", "no-store")
    assert world.get("/page/kept")[0] == 200
    world.application.hook = lambda environ: None
    assert world.get("/letter/")[0] == 200
    assert time.monotonic() - since < 30
    over.set()
    for one in waiting:
        one.join()
    assert world.get("/page/more")[0] == 200, "afterwards all is as before"


def test_whoever_waited_too_long_is_told_and_leaves_no_work_behind():
    world, over = World(public=WaitingLine("p", 1, 2, 0.05)), threading.Event()
    world.application.hook = lambda environ: over.wait(60)
    first = threading.Thread(target=world.get, args=("/page/slow",))
    first.start()
    while not world.application.asked:
        time.sleep(0.005)
    assert world.get("/page/late")[0] == 503
    over.set()
    first.join()
    assert [environ["PATH_INFO"] for environ in world.application.asked] == ["/page/slow"]


def test_a_page_of_somebody_is_packed_only_where_nothing_of_the_question_stands_in_it():
    world = World(Application(caching="private, no-store"))
    asked = {"cookie": "a=b", "accept_encoding": "br, gzip"}
    _status, headers, body = world.get("/own/", **asked)
    assert headers["content-encoding"] in ("br", "gzip") and int(headers["content-length"]) == len(body) < 500
    assert headers["vary"] == "Accept-Encoding" and "etag" not in headers and len(world.store) == 0
    for path, query, method in (("/own/", "q=guess", "GET"), ("/else/", "", "GET"), ("/own/", "", "POST")):
        assert "content-encoding" not in world.get(path, query, method, **asked)[1], (path, query, method)
    assert "content-encoding" not in world.get("/own/", cookie="a=b")[1]


def test_questions_of_a_map_take_no_room_from_pages():
    world = World(public=WaitingLine("pages", 1, 0, 5))
    world.front._lines.questions = WaitingLine("questions", 1, 0, 5)
    going, hold = threading.Event(), threading.Event()

    def keep_busy(environ):
        if environ["PATH_INFO"].startswith("/api/"):
            going.set()
            hold.wait(60)

    world.application.hook = keep_busy
    asking = threading.Thread(target=world.get, args=("/api/one",))
    asking.start()
    assert going.wait(60)
    refused = world.get("/api/two")
    assert (refused[0], refused[1]["retry-after"]) == (503, "5")
    assert world.get("/page/")[0] == 200
    hold.set()
    asking.join()
    assert world.get("/api/two")[0] == 200
