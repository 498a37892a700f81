"""Pictures beside links: what the public may see exactly, of no tile, made once; hidden places and members' in none."""

import io

import pytest
from PIL import Image

from directory.tests.factories import TBILISI, WARSAW, publish
from reading import kept, sharing

pytestmark = pytest.mark.django_db


def picture(client, path, **asked):
    answer = client.get(path, asked)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    image = Image.open(io.BytesIO(answer.content))
    assert image.size == (1200, 630)
    return answer.content


@pytest.fixture
def drawn(monkeypatch):
    """The spots that were drawn, with title and foot."""
    found = []
    real = sharing.picture_of

    def picture_of(*args):
        found.append(args[:3])
        return real(*args)

    monkeypatch.setattr(sharing, "picture_of", picture_of)
    return found


def test_pages_name_their_picture(client):
    publish(place_id="place22222", point=TBILISI)
    page = client.get("/ru/places/place22222/").content.decode()
    assert '<meta property="og:image" content="http://testserver/ru/places/place22222/share.png">' in page
    assert 'content="http://testserver/en/share.png?country=GE"' in client.get("/en/?country=GE").content.decode()
    picture(client, "/ru/places/place22222/share.png")
    assert client.get("/ru/places/nothing222/share.png").status_code == 404


def test_a_country_frames_the_map(client, drawn):
    publish(point=TBILISI, country="GE")
    publish(point=WARSAW, country="PL")
    whole, of_one = picture(client, "/ru/share.png"), picture(client, "/ru/share.png", country="GE")
    assert whole != of_one == picture(client, "/ru/share.png", country="GE")
    assert [len(spots) for spots, _title, _foot in drawn] == [2, 1], "made once"
    assert drawn[1][1] == "Грузия. 1 услуга"
    assert picture(client, "/ru/share.png", country="<b>") == whole


def test_pages_of_a_country_and_of_an_organisation_have_pictures_of_their_own(client, drawn):
    publish(point=TBILISI, country="GE", organization_slug="ours")
    publish(point=WARSAW, country="PL", organization_slug="others", organization_id="others2222")
    assert 'content="http://testserver/ru/share.png?country=GE"' in client.get("/ru/countries/ge/").content.decode()
    page = client.get("/en/organizations/ours/").content.decode()
    assert 'content="http://testserver/en/share.png?organization=ours"' in page
    picture(client, "/ru/share.png", organization="ours")
    assert [(len(spots), foot.split(". ")[0]) for spots, _title, foot in drawn] == [(1, "1 услуга")]
    assert picture(client, "/ru/share.png", organization="nobody") == picture(client, "/ru/share.png")


@pytest.mark.parametrize("precision", ["district", "settlement", "country"])
def test_no_hidden_door_stands_in_the_picture_of_its_organisation(client, drawn, precision):
    point = None if precision == "country" else TBILISI
    publish(precision=precision, point=point, location_type="office", organization_slug="ours")
    assert picture(client, "/ru/share.png", organization="ours") == picture(client, "/ru/share.png")
    assert [spots for spots, _title, _foot in drawn] == [[]]


def test_only_countries_on_the_map_are_kept_and_no_place_is(client, drawn):
    publish(place_id="place22222", point=TBILISI, country="GE")
    for country in ("", "GE", "FR", "JP", "ge"):
        picture(client, "/ru/share.png", country=country)
    picture(client, "/ru/places/place22222/share.png")
    assert len(drawn) == 3
    shares = {key for found in kept._kept.values() for key in found if "share" in key}
    assert shares == {("public", "share", "ru", ""), ("public", "share", "ru", "GE")}


@pytest.mark.parametrize("precision", ["district", "settlement", "country"])
def test_what_hides_its_door_is_in_no_picture_and_its_page_names_none(client, drawn, precision):
    point = None if precision == "country" else TBILISI
    publish(place_id="hidden2222", precision=precision, point=point, location_type="office", country="GE")
    assert "og:image" not in client.get("/ru/places/hidden2222/").content.decode()
    assert picture(client, "/ru/places/hidden2222/share.png") == picture(client, "/ru/share.png")
    assert [spots for spots, _title, _foot in drawn] == [[]]


def test_letters_that_cannot_be_drawn_are_not(client, drawn):
    publish(place_id="place22222", point=TBILISI, texts={"title": "Тест", "place": "კლინიკა"})
    picture(client, "/ru/places/place22222/share.png")
    assert "კ" not in drawn[0][1]
