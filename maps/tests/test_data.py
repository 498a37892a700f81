"""Open data and what search engines are told: feeds, the description for people, one address a page, nothing hidden."""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from directory.tests.factories import publish

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
#: Of schema.org: which of its properties stand where, for the types that we name.
KNOWN = {
    "WebPage": {"url", "name", "inLanguage", "lastReviewed", "about", "mainEntity"},
    "NGO": {"name", "alternateName", "description", "url", "mainEntityOfPage", "areaServed", "knowsLanguage",
            "contactPoint", "location"},
    "ContactPoint": {"telephone", "name", "availableLanguage"},
    "Place": {"name", "geo", "address"},
    "PostalAddress": {"streetAddress", "addressLocality", "addressRegion", "addressCountry"},
    "GeoCoordinates": {"latitude", "longitude"},
    "Service": {"name", "description"},
    "Dataset": {"name", "description", "url", "license", "inLanguage", "isAccessibleForFree", "creator",
                "distribution"},
    "DataDownload": {"name", "encodingFormat", "contentUrl"},
}  # fmt: skip


@pytest.fixture
def listing():
    contacts = [{"channel": "phone", "value": "+995322000000", "label": "", "audience": "clients"}]
    return publish(
        place_id="place22222", contacts=contacts, texts={"title": "Тест & </script>", "address": "Горная, 5"}
    )


@pytest.fixture
def hidden():
    return publish(place_id="hidden2222", precision="settlement", texts={"title": "Приют"})


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def marked(text):
    return [
        json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    ]


class Microdata(HTMLParser):
    """The items of a page as JSON-LD would say them."""

    def __init__(self, text):
        super().__init__()
        self.items, self._open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "itemscope" in given:
            item = {"@type": given["itemtype"].removeprefix("https://schema.org/")}
            (self._open[-1].setdefault(given["itemprop"], []) if "itemprop" in given else self.items).append(item)
            self._open.append(item)
        elif "itemprop" in given:
            self._open[-1].setdefault(given["itemprop"], []).append(given.get("content") or given["href"])

    def handle_endtag(self, tag):
        if tag == "div" and self._open:
            self._open.pop()


def as_microdata(told):
    """Every value in a list, as microdata knows them."""
    if not isinstance(told, dict):
        return told
    found = {}
    for name, value in told.items():
        if name == "@type":
            found[name] = value
        elif not name.startswith("@"):
            found[name] = [as_microdata(one) for one in (value if isinstance(value, list) else [value])]
    return json.loads(json.dumps(found), parse_float=str, parse_int=str)


@pytest.mark.parametrize("what", ["places/place22222", "organizations"])
def test_microdata_says_what_json_ld_says(client, listing, hidden, what):
    path = f"/ru/{what}/" if "place" in what else f"/ru/organizations/{listing.organization_slug}/"
    text = page(client, path)
    (told,) = marked(text)
    assert Microdata(text).items == [as_microdata(told.get("mainEntity", told))]
    assert Microdata(page(client, "/ru/places/hidden2222/")).items == []


def strangers(told):
    """Properties that their type does not have, through the whole tree."""
    if isinstance(told, list):
        return [found for one in told for found in strangers(one)]
    if not isinstance(told, dict):
        return []
    own = set(told) - {"@context", "@type"} - KNOWN[told["@type"]]
    return [*own, *(found for one in told.values() for found in strangers(one))]


@pytest.mark.parametrize("path", ["places/place22222/", "organizations/most/", "data/"])
def test_what_pages_say_of_themselves_is_in_the_vocabulary(client, listing, path):
    (told,) = marked(page(client, f"/en/{path}"))
    assert told["@context"] == "https://schema.org" and strangers(told) == []
    assert strangers({"@type": "Service", "availableLanguage": "ru"}) == ["availableLanguage"], "the check can fail"


def test_a_place_says_its_door_phone_and_check(client, listing):
    (told,) = marked(page(client, "/ru/places/place22222/"))
    where = told["mainEntity"]["location"]
    assert "Горная, 5" in where["address"]["streetAddress"] and where["geo"]["latitude"] == pytest.approx(41.6938)
    assert told["mainEntity"]["contactPoint"][0]["telephone"] == "+995322000000"
    assert told["inLanguage"] == "ru" and re.fullmatch(r"\d{4}-\d\d-\d\d", told["lastReviewed"])
    assert told["about"][0]["name"] == "Тест & </script>"


def test_of_a_place_that_hides_nothing_is_told_on(client, listing, hidden):
    text = page(client, "/ru/places/hidden2222/")
    assert marked(text) == [] and 'rel="alternate" hreflang' not in text and "canonical" not in text
    for feed in ("atom", "json"):
        told = page(client, f"/ru/data/changes.{feed}")
        assert "place22222" in told and "hidden2222" not in told and "Приют" not in told
    assert "hidden2222" not in page(client, "/sitemap.xml")


@pytest.mark.parametrize("path", ["", "about/", "data/", "data/api/", "embed/build/", "places/place22222/",
                                  "organizations/most/"])  # fmt: skip
def test_every_language_leads_to_every_other_and_to_itself(client, listing, path):
    told = {}
    for language in ("ru", "en"):
        text = page(client, f"/{language}/{path}")
        told[language] = dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', text))
        assert re.findall(r'rel="canonical" href="([^"]+)"', text) == [f"http://testserver/{language}/{path}"]
    assert told["ru"] == told["en"]
    assert {key: told["ru"][key] for key in ("ru", "en", "x-default")} == {
        "ru": f"http://testserver/ru/{path}", "en": f"http://testserver/en/{path}",
        "x-default": f"http://testserver/ru/{path}",
    }  # fmt: skip


def test_the_sitemap_leads_both_ways(client, listing):
    root = ET.fromstring(page(client, "/sitemap.xml"))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    pages = {one.find(f"{space}loc").text: {link.get("href") for link in one if link.get("hreflang")} for one in root}
    assert pages and all(address in others for address, others in pages.items())
    assert all(others <= set(pages) and all(pages[each] == others for each in others) for others in pages.values())


def test_feeds_are_what_they_say(client, listing):
    root = ET.fromstring(page(client, "/en/data/changes.atom"))
    assert root.tag == f"{ATOM}feed" and root.find(f"{ATOM}id").text and root.find(f"{ATOM}author/{ATOM}name").text
    (entry,) = root.findall(f"{ATOM}entry")
    assert {child.tag.removeprefix(ATOM) for child in entry} == {"id", "title", "updated", "link", "summary"}
    assert entry.find(f"{ATOM}title").text == "Тест & </script>"
    told = json.loads(page(client, "/en/data/changes.json"))
    assert told["version"].endswith("/1.1") and told["items"][0]["url"].startswith(
        "http://testserver/en/places/place22222/"
    )


def test_every_download_and_example_answers(client, listing):
    text = page(client, "/ru/data/").split("<main")[1].split("</main>")[0]
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]+)"', text)]
    examples = [link.replace("&amp;", "&") for link in re.findall(r'http://testserver(/api/[^"<\s]+)', text)]
    assert len(links) > 6 and len(examples) == 3
    assert {link: client.get(link).status_code for link in [*links, *examples]} == dict.fromkeys(
        [*links, *examples], 200
    )


def test_answers_of_the_api_are_saved_under_a_name_and_not_shown_in_the_tab(client, listing):
    text = client.get("/ru/data/").content.decode()
    named = re.findall(r'href="(?:[^"]*)" download="([^"]*)"', text)
    assert named == ["", "", "", "service-map.geojson", "", "service-map.ndjson"]


def test_the_description_for_people_holds_every_question(client):
    text = page(client, "/en/data/api/")
    for path in ("/api/v1/listings/", "/api/v1/map/", "/api/hsds/services", "/api/hsds/taxonomy_terms"):
        assert f"GET {path}</code>" in text
    assert "/members/" not in text.split("<main")[1].split("</main>")[0]
