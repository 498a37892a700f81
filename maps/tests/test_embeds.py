"""What partners put into their pages: looks, the page that makes the code, oEmbed."""

import re
from email.message import Message
from html import unescape
from io import BytesIO
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, urlsplit
from urllib.response import addinfourl

import micawber
import pytest

from directory.tables.listings import PublicOrganization
from directory.tests.factories import publish
from maps.embeds import colours
from reading.presenters.parts import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    return publish(place_id="place22222", texts={"title": "Тест на ВИЧ", "place": "Кабинет"})


def page(client, path, **data):
    answer = client.get(path, data)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


@pytest.mark.parametrize("path", ["/ru/", "/ru/embed/"])
def test_a_condition_of_one_organisation_says_its_name(client, listing, path):
    row = PublicOrganization.objects.get()
    slug, name = row.slug, text(row, "name")
    shown = page(client, f"{path}?organization={slug}")
    chip = shown.split(f'data-drop="organization:{slug}"')[1].split("</a>")[0]
    assert name and name in unescape(chip) and f">{slug}" not in chip.replace(" ", "")


def test_a_frame_whose_place_or_selection_is_gone_says_so_calmly(client, listing):
    """A page of its own would be refused by the browser and stand broken in the partner's page."""
    for query, status in (("place=gonegone22", 404), ("picked=2a7su8epvs", 200)):
        answer = client.get(f"/ru/embed/?view=cards&{query}")
        shown = answer.content.decode()
        assert answer.status_code == status and "сейчас нет на карте" in shown
        assert "X-Frame-Options" not in answer.headers and 'class="view-cards"' in " ".join(shown.split())


class TestColours:
    @pytest.mark.parametrize("accent", ["#ffff00", "#ffffff", "#000000", "#ff0000", "#0c6b62", "#777777", "#00ffee"])
    def test_whatever_a_partner_names_can_be_read(self, accent):
        for rules, ground in ((colours._on_light(accent), colours.LIGHT), (colours._on_dark(accent), colours.DARK)):
            assert colours.contrast(rules["accent"], ground) >= 4.5
            assert colours.contrast(rules["accent"], rules["on-accent"]) >= 4.5
            assert colours.contrast(rules["accent-strong"], rules["accent-soft"]) >= 7
            assert colours.contrast(rules["accent-strong"], ground) >= 7

    def test_a_colour_that_can_be_read_stays(self):
        assert colours._on_light("#0c6b62")["accent"] == "#0c6b62"

    @pytest.mark.parametrize("text", ["red", "#12345", "</style>", "#zzzzzz", "url(x)"])
    def test_nothing_else_is_a_colour(self, text):
        assert colours.parsed(text) == ""

    def test_the_grounds_are_those_of_the_sheets(self, settings):
        for ground, sheet in ((colours.LIGHT, "tokens"), (colours.DARK, "dark")):
            assert f": {ground};" in (settings.BASE_DIR / f"static/css/{sheet}.css").read_text()


class TestLooks:
    def test_an_accent_stands_in_the_page_under_its_digest(self, client, listing):
        answer = client.get("/ru/embed/", {"accent": "ff8800"})
        text = answer.content.decode()
        assert re.search(r"<style>:root\{--accent:#[0-9a-f]{6};", text)
        style = re.search(r"style-src [^;]*", answer.headers["Content-Security-Policy"])[0]
        assert "'sha256-" in style and "unsafe" not in style
        assert "<style>" not in page(client, "/ru/embed/", accent="javascript:1")

    def test_a_line_above_says_what_the_map_is_of(self, client, listing):
        text = page(client, "/ru/embed/", country="GE", header="1")
        assert "<h1>Карта услуг: Грузия</h1>" in text
        assert 'class="visually-hidden">Карта услуг: Грузия</h1>' in page(client, "/ru/embed/", country="GE")

    def test_cards_alone_bring_no_map(self, client, listing):
        text = page(client, "/ru/embed/", view="cards")
        assert "Тест на ВИЧ" in text
        assert "service-map" not in re.sub(r"service-map:\w+", "", text.split("</head>")[1])
        assert "leaflet" not in text.split("importmap")[0]
        assert len(re.findall(r"<script[^>]* src=", text)) == 1

    def test_what_is_locked_is_offered_to_nobody(self, client, listing):
        free = page(client, "/ru/embed/", view="cards", country="GE")
        menus = unescape(free.split("<ol")[0])
        assert "Страна" in menus and re.search(r'href="/ru/embed/\?view=cards&service=[^"]*&country=GE"', menus)
        locked = page(client, "/ru/embed/", view="cards", country="GE", lock="country")
        assert "Страна" not in locked.split("<ol")[0]

    def test_cards_of_one_place(self, client, listing):
        publish(place_id="other22222", texts={"title": "Другое"})
        text = page(client, "/ru/embed/", view="cards", place="place22222")
        assert "Тест на ВИЧ" in text and "Другое" not in text
        assert client.get("/ru/embed/", {"view": "cards", "place": "nothing222"}).status_code == 404

    def test_a_place_that_hides_its_door_has_no_embed_of_its_own(self, client):
        publish(place_id="hidden2222", precision="settlement")
        assert client.get("/ru/embed/", {"view": "cards", "place": "hidden2222"}).status_code == 404
        assert "json+oembed" not in page(client, "/ru/places/hidden2222/")
        assert oembed(client, "/ru/places/hidden2222/").status_code == 404


class TestTheBuilder:
    def codes(self, text):
        found = dict(re.findall(r'<textarea id="code-(\w+)"[^>]*>(.*?)</textarea>', text, re.DOTALL))
        return {name: unescape(code).strip() for name, code in found.items()}

    def test_the_map_leads_there_with_its_conditions(self, client, listing):
        assert 'href="/ru/embed/build/?country=GE" data-build-link' in page(client, "/ru/", country="GE")
        assert "data-build-link" not in page(client, "/ru/embed/", country="GE")

    # long: one form, all its codes
    def test_without_scripts_a_press_renders_every_code(self, client, listing):
        text = page(
            client, "/ru/embed/build/", country="GE", service="", organization="", view="cards", lang="en", fixed="1",
            size="grow", height="420", own_accent="1", accent="#ff8800", theme="dark", header="1", cost="free",
        )  # fmt: skip
        codes = self.codes(text)
        assert set(codes) == {"script", "iframe", "oembed", "link"}
        source = unescape(re.search(r'src="([^"]+)"', codes["iframe"])[1])
        query = parse_qs(urlsplit(source).query)
        assert urlsplit(source).path == "/en/embed/"
        assert query == {
            "country": ["GE"], "cost": ["free"], "lock": ["country,cost"], "view": ["cards"], "theme": ["dark"],
            "accent": ["ff8800"], "header": ["1"],
        }  # fmt: skip
        assert client.get(source).status_code == 200
        assert 'height="420"' in codes["iframe"] and 'width="100%"' in codes["iframe"]
        assert 'title="Service map: Georgia, Free"' in codes["iframe"]
        assert "data-service-map" in codes["script"] and 'src="http://testserver/embed.js" async' in codes["script"]
        assert codes["link"] == "http://testserver/en/?country=GE&cost=free"
        assert client.get(codes["oembed"]).json()["title"] == "Service map: Georgia, Free"
        assert "data:image/svg+xml" in text

    def test_a_code_of_a_fixed_size(self, client, listing):
        codes = self.codes(page(client, "/ru/embed/build/", size="fixed", width="99999", height="7"))
        assert 'width="2000" height="160"' in codes["iframe"]
        assert "script" not in codes

    def test_a_map_does_not_grow_with_its_list(self, client, listing):
        assert "script" not in self.codes(page(client, "/ru/embed/build/", size="grow", view="split"))

    def test_what_is_no_number_is_named_and_loses_nothing(self, client, listing):
        text = page(client, "/ru/embed/build/", width="wide", country="GE")
        assert 'class="error"' in text and "country=GE" in self.codes(text)["iframe"]

    def test_it_says_which_sites_may_show_it(self, client, listing, settings):
        assert "map@example.org" not in page(client, "/ru/embed/build/").split("<footer")[0]
        settings.EMBED_FRAME_ANCESTORS = ["'self'", "https://partner.example"]
        assert "https://partner.example" in page(client, "/ru/embed/build/")

    def test_the_script_is_short_and_for_every_origin(self, client):
        answer = client.get("/embed.js")
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        lines = [line for line in answer.content.decode().splitlines() if not line.lstrip().startswith("//")]
        assert len(lines) <= 40


def oembed(client, path, **more):
    return client.get("/oembed", {"url": f"http://testserver{path}", **more})


class TestOembed:
    @pytest.mark.parametrize("path", ["/ru/", "/ru/?country=GE", "/ru/embed/?view=list", "/ru/organizations/most/",
                                      "/en/places/place22222/"])  # fmt: skip
    def test_every_page_that_can_be_embedded_leads_to_its_embed(self, client, listing, path):
        text = page(client, path)
        found = unescape(re.search(r'type="application/json\+oembed" href="([^"]+)"', text)[1])
        assert found == f"http://testserver/oembed?url={quote(f'http://testserver{path}', safe='')}&format=json"
        answer = client.get(found)
        told = answer.json()
        assert (told["type"], told["version"], told["width"]) == ("rich", "1.0", 800)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        source = unescape(re.search(r'src="([^"]+)"', told["html"])[1])
        assert source.startswith(f"http://testserver{path[:4]}embed/?")
        assert client.get(source).status_code == 200

    @pytest.mark.parametrize(("asked", "size"), [({"maxwidth": 300}, (300, 600)), ({"maxheight": 200}, (800, 200)),
                                                 ({"maxwidth": 120, "maxheight": 90}, (120, 90))])  # fmt: skip
    def test_sizes_are_obeyed(self, client, listing, asked, size):
        told = oembed(client, "/ru/", **asked).json()
        assert (told["width"], told["height"]) == size
        assert f'width="{size[0]}" height="{size[1]}"' in told["html"]

    @pytest.mark.parametrize(
        ("path", "more", "status"),
        [
            ("/ru/about/", {}, 404),
            ("/ru/places/nothing222/", {}, 404),
            ("/ru/organizations/nothing/", {}, 404),
            ("/nowhere/", {}, 404),
            ("/ru/members/", {}, 401),
            ("/ru/members/places/place22222/", {}, 401),
            ("/ru/workspace/", {}, 401),
            ("/ru/", {"format": "xml"}, 501),
            ("/ru/", {"maxwidth": "wide"}, 400),
            ("/ru/", {"maxwidth": "-1"}, 400),
        ],
    )
    def test_what_cannot_be_embedded_is_said_by_status(self, client, listing, path, more, status):
        answer = oembed(client, path, **more)
        assert answer.status_code == status
        assert "no-store" in answer.headers["Cache-Control"] and "<iframe" not in answer.content.decode()

    @pytest.mark.parametrize(
        "url", ["", "http://other.example/ru/", "http://[bad/ru/", "//", "ru/", "http://testserver/%00"]
    )
    def test_addresses_of_others_are_not_ours(self, client, listing, url):
        assert client.get("/oembed", {"url": url}).status_code == 404

    def test_what_the_map_s_own_links_say_after_the_sign_counts(self, client, listing):
        told = oembed(client, "/ru/#country=GE&z=5&c=1,2").json()
        assert told["title"] == "Карта услуг: Грузия" and "country=GE" in told["html"]

    def test_a_consumer_s_library_reads_it(self, client, listing, monkeypatch):
        """Only what carries the bytes is ours: requests of the library go to the client of the tests."""

        def urlopen(asked, timeout):
            answer = client.get(asked.full_url.replace("http://testserver", ""))
            if answer.status_code != 200:
                raise HTTPError(asked.full_url, answer.status_code, "", Message(), None)
            return addinfourl(BytesIO(answer.content), Message(), asked.full_url)

        monkeypatch.setattr(micawber.providers, "urlopen", urlopen)
        providers = micawber.ProviderRegistry()
        providers.register(r"http://testserver/\S*", micawber.Provider("http://testserver/oembed"))
        found = providers.request("http://testserver/en/?country=GE", maxwidth=400)
        assert found["title"] == "Service map: Georgia" and found["width"] == 400
        html = micawber.parse_html("<p>http://testserver/en/?country=GE</p>", providers, maxwidth=400)
        assert "<iframe" in html and "/en/embed/?country=GE" in unescape(html)
        with pytest.raises(micawber.ProviderHTTPException):
            providers.request("http://testserver/en/about/")


def test_a_selection_stands_as_cards_in_its_order_and_hides_what_is_not_public(client):
    one, other = (publish(texts={"title": title}).id for title in ("Первая услуга", "Вторая услуга"))
    publish(texts={"title": "Третья услуга"})
    path = f"/ru/embed/?picked={other},{one},zzzzzzzzzz&view=map"
    page = client.get(path).content.decode()
    assert 0 < page.index("Вторая услуга") < page.index("Первая услуга") and "Третья услуга" not in page
    told = client.get("/oembed", {"url": f"http://testserver{path}"}).json()
    assert f"picked={other}%2C{one}" in told["html"] and told["title"].startswith("Подборка")
    built = client.get("/ru/embed/build/", {"picked": f"http://x/ru/picked/#{one},{other}", "country": "GE"})
    assert f"picked={one}%2C{other}" in built.content.decode() and "country=GE" not in built.context["made"]["address"]
    assert built.context["made"]["link"].endswith(f"#{one},{other}")
