import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.pages.http import PUBLIC_CACHING
from directory.tests.factories import WARSAW, publish, publish_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    contacts = [{"channel": "phone", "value": "+995322000000", "label": "", "audience": "clients"}]
    return publish(
        place_id="place22222",
        contacts=contacts,
        groups={"msm": "priority"},
        statuses=["refugee"],
        hours={"slots": [{"days": [0, 1], "opens": "09:00", "closes": "18:00"}]},
        hours_osm="Mo-Tu 09:00-18:00",
        texts={"title": "Тест на ВИЧ", "summary": "Быстро и бережно", "address": "ул. Руставели, 1"},
    )


PAGES = ["", "places/place22222/", "organizations/most/", "about/", "embed/"]


def text(client, path, language="en", **data):
    response = client.get(f"/{language}/{path}", data)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_leaves_nothing_behind(client, listing, path, language):
    client.cookies["sessionid"] = "x" * 32
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == PUBLIC_CACHING
    assert response.headers["Content-Language"] == language
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_the_first_screen_asks_only_whoever_comes_without_a_question(client, listing):
    first = text(client, "")
    assert first.count("data-need=") == 8
    assert 'href="/en/?service=legal"' in first
    assert re.search(r"data-start\s*>", first)
    for asked in ({"country": "GE"}, {"sort": "checked"}, {"page": "1", "cost": "free"}):
        assert not re.search(r"data-start\s*>", text(client, "", **asked)), asked
    assert "data-need=" not in text(client, "embed/")
    together = text(client, "", service="mental_health,peer_counselling,support_group")
    assert 'data-drop="service:mental_health,peer_counselling,support_group"' in together
    assert "Somebody to talk to" in together


def test_near_a_place_a_line_says_where_reach_ends_and_the_border_is_said(client, listing):
    publish(point=WARSAW, country="PL", texts={"title": "Far away"})
    page = text(client, "", near="611717")
    assert page.index("Тест на ВИЧ") < page.index("Farther than 100 km") < page.index("Far away")
    assert re.search(r"km\s*,\s*Poland", page)
    assert 'class="reach"' in page
    assert 'class="reach"' not in text(client, "", near="611717", sort="checked")


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("", "/ru/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("de,en;q=0.5,ru;q=0.4", "/en/"),
        ("ka,ru;q=0.9,en;q=0.1", "/ru/"),
        ("xx,yy", "/ru/"),
        ("\x00;;q=z", "/ru/"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(client, header, address):
    response = client.get("/", headers={"Accept-Language": header})
    assert (response.status_code, response.headers["Location"]) == (302, address)
    assert "Accept-Language" in response.headers["Vary"]
    assert not response.cookies


def test_the_list_works_without_scripts(client, listing):
    publish(types=["stay_permits"], texts={"title": "Патент"}, country="PL", city_code="pl4mx9", point=WARSAW)
    page = text(client, "", service="hiv_prevention", country="GE")
    assert "Тест на ВИЧ" in page
    assert "Патент" not in page
    assert re.search(r'name="country" value="GE" checked', page)
    assert "/en/?service=hiv_prevention" in page  # the chip that drops the country


def test_long_lists_have_pages(client):
    publish_many([{} for _ in range(25)])
    assert "page=2" in text(client, "")
    assert text(client, "", page=2).count('<article class="card"') == 5


def test_an_empty_list_offers_a_way_on(client, listing):
    page = text(client, "", service="hiv_prevention", country="PL")
    assert 'data-drop="country:PL"' in page


def test_nonsense_is_left_out_and_said_by_status(client, listing):
    response = client.get("/en/", {"service": "hiv_prevention", "country": "ZZ", "page": "x", "bbox": "\x00"})
    assert response.status_code == 400
    assert "Тест на ВИЧ" in response.content.decode()
    assert "Unknown value: ZZ" in response.content.decode()
    assert "public" not in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/en/", "/en/embed/"])
@pytest.mark.parametrize("query", ["country=ZZ", "service=hiv_prevntion", "sevice=hiv_prevention", "near=nowhere"])
def test_a_link_of_which_nothing_is_left_shows_no_list_of_everything(client, listing, path, query):
    response = client.get(f"{path}?{query}")
    page = response.content.decode()
    assert response.status_code == 400
    assert "Тест на ВИЧ" not in page
    assert "Nothing is left of the conditions of this link" in page
    assert response.context["map_config"]["initial"]["unread"]
    assert "Тест на ВИЧ" in client.get(response.context["reset_url"]).content.decode()


def test_words_beside_a_filter_that_nobody_knows_are_searched(client, listing):
    page = client.post("/ru/search/", {"q": "тест", "service": "nonsense"}).content.decode()
    assert "Тест на ВИЧ" in page
    nothing = client.post("/ru/search/", {"q": "", "service": "nonsense"}).content.decode()
    assert '<article class="card"' not in nothing


def test_words_are_searched_by_post_without_a_token(listing):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/ru/search/", {"q": "тест на вич в Тбилиси"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Тест на ВИЧ" in page
    assert 'value="тест на вич в Тбилиси"' in page
    assert response.headers["Cache-Control"] == "no-store"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    assert strict.get("/ru/search/").headers["Location"] == "/ru/"


def test_words_in_an_address_are_searched_and_kept_by_no_cache(client, listing):
    response = client.get("/ru/", {"q": "невиданное"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="невиданное"' in page
    assert '<article class="card"' not in page
    assert response.headers["Cache-Control"] == "no-store"
    assert '<article class="card"' in client.get("/ru/", {"q": "тест"}).content.decode()
    assert "public" in client.get("/ru/", {"q": " \u200b"}).headers["Cache-Control"]


@pytest.mark.parametrize("words", ["", "\x00", "x" * 9000, "'; --", "<script>alert(1)</script>"])
def test_any_words_are_answered(client, listing, words):
    response = client.post("/ru/search/", {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_place_page_says_what_a_case_worker_needs(client, listing):
    page = text(client, "places/place22222/")
    for words in ("Тест на ВИЧ", "ul. Rustaveli, 1", "tel:+995322000000", "18:00", "/en/organizations/most/"):
        assert words in page
    assert "geo:41.693800,44.801500" in page


def test_what_is_not_public_does_not_exist(client, listing):
    secret = publish(audiences=("members",), organization_id="secretsecr", organization_slug="secret")
    for path in (
        f"places/{secret.place_id}/",
        f"places/{secret.place_id}/report/",
        f"places/{secret.place_id}/qr.svg",
        "organizations/secret/",
    ):
        assert client.get(f"/ru/{path}").status_code == 404


def test_a_closed_place_keeps_its_page(client, listing):
    publish(place_id="closed2222", operation="closed")
    assert "no longer works" in text(client, "places/closed2222/")


def test_a_place_has_a_qr_code(client, listing):
    response = client.get("/ru/places/place22222/qr.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content
    assert b"style=" not in response.content


def test_the_embed_alone_may_be_framed(client, listing, settings):
    embed = client.get("/ru/embed/")
    assert "X-Frame-Options" not in embed.headers
    assert "frame-ancestors *" in embed.headers["Content-Security-Policy"]
    assert "style-src 'self' http://testserver" in embed.headers["Content-Security-Policy"]  # for a page of no origin
    assert "'none' *" not in embed.headers["Content-Security-Policy"]
    for path in ("/ru/", "/ru/places/place22222/", "/ru/about/", "/api/v1/map/"):
        response = client.get(path)
        assert response.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_the_embed_takes_filters_and_looks(client, listing):
    publish(types=["stay_permits"], texts={"title": "Патент"})
    page = text(client, "embed/", service="legal", view="list", theme="dark", bbox="40,40,46,43")
    assert "Патент" in page
    assert "Тест на ВИЧ" not in page
    assert "view-list" in page
    assert '"bbox": [40.0, 40.0, 46.0, 43.0]' in page
    assert "view-split" in text(client, "embed/", view="upside-down")


def test_what_a_partner_locks_is_no_chip_and_stays_when_all_is_cleared(client, listing):
    page = text(client, "embed/", country="GE", cost="free", lock="country,service,nonsense")
    assert '"locked": {"country": ["GE"]}' in page
    assert 'data-drop="cost:free"' in page
    assert 'data-drop="country:GE"' not in page
    assert 'href="/en/embed/?lock=country%2Cservice%2Cnonsense&amp;country=GE" data-reset' in page
    assert '"locked": {}' in text(client, "", country="GE", lock="country")


def test_without_scripts_a_partners_choice_goes_along_with_every_press(client, listing):
    looks = {"lock": "country", "view": "list", "theme": "dark"}
    page = text(client, "embed/", country="GE", cost="free", sort="checked", **looks)
    form = page.split("data-filters")[1].split("</form>")[0]
    for name, value in [*looks.items(), ("sort", "checked")]:
        assert f'<input type="hidden" name="{name}" value="{value}">' in form
    links = re.findall(r'href="(/en/embed/[^"]*)"', page)
    assert links and all("lock=country&amp;view=list&amp;theme=dark" in link for link in links)
    assert 'target="_blank"' in page.split("data-search")[0].rsplit("<form", 1)[1]  # the answer is not for frames


@pytest.mark.parametrize("path", ["", "places/place22222/", "organizations/most/", "embed/"])
def test_more_listings_need_no_more_queries(client, path):
    def count():
        with CaptureQueriesContext(connection) as seen:
            text(client, path)
        return len(seen)

    def add(number):
        options = {"organization_id": "mostmostm2", "place_id": "place22222"}
        publish_many([options for _ in range(number)])

    publish(place_id="place22222")
    add(2)
    text(client, path)
    few = count()
    add(9)
    text(client, path)
    assert count() == few
