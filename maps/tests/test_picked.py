"""A selection: rows that the audience may see in the order of its ids, and what leaves the page for everybody."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from directory.tests.factories import publish
from reading.picked import paper
from reading.picked.ids import MOST, Pressed, moved, read_ids, step
from reading.picked.sheet import week_in_short
from reading.typeset import making, run

pytestmark = pytest.mark.django_db
PAGE, PDF = "/ru/list/", "/ru/list/pdf/"
SECRET = "Тайнадлячленов"
GONE = "Этой услуги на карте больше нет"
NOBODYS = "zzzzzzzzzz"
PHONE = [{"channel": "phone", "value": "+995322112233", "audience": "clients", "label": {}, "is_crisis": False}]
WEEK = {
    "slots": [
        {"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "18:00"},
        {"days": [5], "opens": "10:00", "closes": "14:00"},
    ]
}


@pytest.fixture
def four():
    first = publish(texts={"title": "Первая", "address": "ул. Речная, 5"}, contacts=PHONE, hours=WEEK)
    second = publish(texts={"title": "Вторая"}, hours={"always": True})
    closed = publish(texts={"title": "Закрытая"}, operation="closed")
    inward = publish(texts={"title": SECRET}, audiences=("members",), contacts=PHONE)
    return first.id, second.id, closed.id, inward.id


@pytest.fixture
def member():
    client = Client()
    client.force_login(
        get_user_model().objects.create_user("person@example.org", "long enough 1", network_role="coordinator")
    )
    return client


def text(answer) -> str:
    return answer.content.decode()


def titles(answer) -> list[str]:
    """Of the rows on the page, "" for one of which there is nothing."""
    rows = re.findall(r'<li class="picked-row">(.*?)</li>', text(answer), re.DOTALL)
    return [(re.findall(r"<h2>\s*<a[^>]*>\s*(.*?)\s*</a>", row, re.DOTALL) or [""])[0] for row in rows]


def test_rows_stand_in_the_order_of_the_ids_and_what_is_not_there_says_nothing_of_why(client, four):
    first, second, closed, inward = four
    answer = client.post(PAGE, {"ids": f"{second},{first}"})
    assert titles(answer) == ["Вторая", "Первая"] and "no-store" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer and "круглосуточно" in text(answer)
    alike = {
        text(client.post(PAGE, {"ids": f"{first},{one}"})).replace(one, NOBODYS) for one in (closed, inward, NOBODYS)
    }
    (told,) = alike
    assert told.count(GONE) == 1 and SECRET not in told and titles(answer)[1] in told


def test_the_page_without_ids_is_one_shell_and_an_address_names_no_service(client, four):
    shell = client.get(PAGE)
    assert "public" in shell["Cache-Control"] and titles(client.get(PAGE, {"ids": four[0]})) == []
    assert client.get(PDF).status_code == 302 and four[0] not in text(shell)


def test_what_leaves_holds_what_everybody_may_see_whoever_puts_it_together(client, member, four, monkeypatch):
    first, second, _closed, inward = four
    public, inside = f"{first},{second}", f"{inward},{first},{second}"
    answer = member.post("/ru/members/list/", {"ids": inside})
    assert titles(answer) == [SECRET, "Первая", "Вторая"] and text(answer).count("Только для участников") == 1
    out = text(answer).partition("data-picked-out")[2]
    assert SECRET not in out and f"/ru/list/#{public}" in out and f"#{inside}" not in out
    theirs = text(client.post(PAGE, {"ids": public})).partition("data-picked-out")[2]
    sheet = re.compile(r"<article.*</article>", re.DOTALL)
    assert sheet.findall(out) == sheet.findall(theirs)
    seen = []

    def pdf(told, link, **_more):
        seen.append((repr(told), link))
        return b"%PDF"

    monkeypatch.setattr(paper, "pdf", pdf)
    assert member.post("/ru/members/list/pdf/", {"ids": inside}).status_code == 200
    assert client.post(PDF, {"ids": inside}).status_code == 200
    (told, link), again = seen
    assert again == (told, link) and SECRET not in told and link.endswith(f"#{public}")


def test_a_stranger_has_no_members_selection(client, four):
    assert client.post("/ru/members/list/", {"ids": four[3]}).status_code == 302


def test_a_message_says_what_somebody_needs_to_go_there(client, four):
    message = re.search(
        r'id="picked-message"[^>]*>(.*?)</textarea>', text(client.post(PAGE, {"ids": four[0]})), re.DOTALL
    )[1]
    for told in (
        "1. Первая",
        "Речная",
        "Пн–Пт 09:00–18:00; Сб 10:00–14:00",
        "+995",
        "Можно просто прийти",
        "#" + four[0],
    ):
        assert told in message, told
    assert "Подтверждено" in message or "Проверено" in message


def test_buttons_work_without_a_script(client, four):
    first, second, *_rest = four
    ids = f"{first},{second}"
    assert titles(client.post(PAGE, {"ids": ids, "down": first})) == ["Вторая", "Первая"]
    taken = client.post(PAGE, {"ids": ids, "remove": first})
    assert titles(taken) == ["Вторая"] and f'name="back" value="{ids}"' in " ".join(text(taken).split())
    assert titles(client.post(PAGE, {"ids": second, "back": ids})) == ["Первая", "Вторая"]
    assert titles(client.post(PAGE, {"ids": ids, "clear": "1"})) == []
    assert titles(client.post(PAGE, {"ids": second, "add": f"https://map.example/ru/list/#{ids}"})) == [
        "Вторая",
        "Первая",
    ]
    assert client.post(PAGE, {"ids": "<x>\x00" + "a" * 5000, "up": "\x00"}).status_code == 200


def test_ids_are_read_in_order_once_and_not_more_than_thirty():
    many = [f"{number:010d}".translate(str.maketrans("01", "xy")) for number in range(10**6, 10**6 + 3 * MOST)]
    known = [one for one in many if not set(one) & set("01ilo")]
    found = read_ids(",".join([*known, *known]))
    assert found == tuple(known[:MOST]) and len(found) == MOST
    assert read_ids("http://a.example/#bbbbbbbbbb") == ("bbbbbbbbbb",) and read_ids("bbbbbbbbbbb") == ()
    assert moved(("a", "b", "c"), "c", 1) == ("a", "b", "c") and moved(("a", "b", "c"), "c", -1) == ("a", "c", "b")
    assert step({"ids": "bbbbbbbbbb", "remove": "cccccccccc"}) == Pressed(("bbbbbbbbbb",))


def test_days_that_are_alike_stand_together():
    every = {"slots": [{"days": list(range(7)), "opens": "08:00", "closes": "20:00"}]}
    assert [len(list(week_in_short(told))) for told in (WEEK, every, {})] == [2, 1, 0]


def test_a_pdf_is_whole_tagged_and_ours_and_the_same_again(client, four):
    answer = client.post("/en/list/pdf/", {"ids": ",".join(four), "size": "a5"})
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"] and "selection-" in answer["Content-Disposition"]
    assert b"/StructTreeRoot" in answer.content and b"/MarkInfo" in answer.content and b"GolosText" in answer.content
    assert b"CreationDate" not in answer.content and len(answer.content) < 200_000
    assert answer.content == client.post("/en/list/pdf/", {"ids": ",".join(four[:2]), "size": "a5"}).content


def test_a_machine_that_allows_no_limits_makes_it_all_the_same(monkeypatch):
    refused = []

    def refuse(what, _limits):
        refused.append(what)
        raise PermissionError

    monkeypatch.setattr(run.resource, "setrlimit", refuse)
    run.limit()
    assert len(refused) == 3


@pytest.mark.parametrize("broken", ["slow", "words", "others"])
def test_a_pdf_that_is_not_made_leaves_the_selection_to_be_printed(client, four, monkeypatch, broken):
    monkeypatch.setattr(making, "PATIENCE", 0)
    if broken == "slow":
        monkeypatch.setattr(making, "SECONDS", 0.001)
    elif broken == "words":
        monkeypatch.setattr(paper, "_data", lambda *_given: {"paper": "a4"})
    else:
        monkeypatch.setattr(making, "_few", type(making._few)(1))
        making._few.acquire()
    answer = client.post(PDF, {"ids": four[0]})
    assert answer.status_code == 503 and titles(answer) == ["Первая"]
    assert "Распечатайте эту страницу" in text(answer)


def test_stars_stand_on_pages_of_both_audiences_and_in_no_embed(client, member, four):
    pages = [client.get("/ru/"), member.get("/ru/members/"), client.get("/ru/organizations/most/")]
    assert all(f'data-star="{four[0]}"' in text(page) for page in pages)
    assert all("data-star=" not in text(client.get(f"/ru/embed/?view={view}")) for view in ("split", "cards"))
