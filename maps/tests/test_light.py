"""Light pages, and their copy as files: small, whole, of the public alone, and true to the day that they name."""

import gzip
import hashlib
import json
import posixpath
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command

from directory.stores import store
from directory.tests.factories import WARSAW, publish, publish_many
from maps.light.copy import CURRENT, KEY, MANIFEST, SIGNATURE, write_copy

pytestmark = pytest.mark.django_db
#: languages.md, order B: what a light page may weigh as it is sent.
SENT_AT_MOST = 10_000
PLACE = "place22222"


@pytest.fixture
def listing():
    return publish(
        place_id=PLACE,
        types=["hiv_rapid_test"],
        contacts=[{"channel": "phone", "value": "+995322000000", "label": "", "audience": "clients"}],
        hours={"slots": [{"days": [0, 1, 2, 3, 4, 5, 6], "opens": "00:00", "closes": "24:00"}]},
        hours_osm="24/7",
        texts={"title": "Тест на ВИЧ", "summary": "Быстро и бережно", "address": "ул. Руставели, 1"},
    )


def text(client, path, status=200, language="ru"):
    response = client.get(f"/{language}/light/{path}")
    assert response.status_code == status
    return response.content.decode()


def test_every_light_page_is_small_and_brings_nothing_along(client, listing):
    publish_many([{}] * 60)
    for path in ("", "ge/", "ge/test/", "ge/all/", "kz/", f"places/{PLACE}/"):
        page = text(client, path)
        assert len(gzip.compress(page.encode())) < SENT_AT_MOST, path
        assert (
            re.findall(
                r"<(script|img|svg|iframe|link)\b(?![^>]*light\.css|[^>]*light\.[0-9a-f]+\.css|[^>]*mark\.)", page
            )
            == []
        )
        assert not re.search(r"\sstyle=|\son[a-z]+=\"", page)


def test_what_is_given_anywhere_is_no_country(client, listing):
    publish(country="", city_code="", point=None, delivery=["remote"], types=["hotline"])
    assert "Они в 1 стране." in client.get("/ru/press/").content.decode()
    assert "/ru/light/ge/" in text(client, "")


def test_one_comes_from_the_country_to_the_phone_by_links_alone(client, listing):
    page, steps = text(client, ""), []
    for wanted in ("/ru/light/ge/", "/ru/light/ge/test/", f"/ru/light/places/{PLACE}/"):
        assert f'href="{wanted}"' in page
        steps.append(wanted)
        page = client.get(wanted).content.decode()
    assert 'href="tel:+995322000000"' in page and "ул. Руставели, 1" in page
    assert len(steps) == 3


def test_pages_of_a_long_list_lead_to_each_other(client):
    publish_many([{}] * 45)
    seen, following = [], ["/ru/light/ge/all/"]
    while following:
        page = client.get(following[0]).content.decode()
        seen += re.findall(r"/ru/light/places/([a-z0-9]+)/", page)
        following = re.findall(r'href="([^"]+)" rel="next"', page)
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("path", ["xx/", "GE/", "ge/nothing/", "places/nothing222/", "ge/all/all/"])
def test_what_is_not_there_is_said_so(client, listing, path):
    text(client, path, status=404)


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "٣"])
def test_a_page_that_is_none_is_the_first_or_the_last(client, listing, page):
    assert client.get(f"/ru/light/ge/all/?page={page}").status_code == 200


def test_words_stand_in_no_address_and_what_they_found_is_kept_by_nobody(client, listing):
    assert 'method="post"' in text(client, "")
    found = client.post("/ru/light/search/", {"q": "тест тбилиси"})
    assert found.headers["Cache-Control"] == "no-store" and f"/ru/light/places/{PLACE}/" in found.content.decode()
    nothing = client.post("/ru/light/search/", {"q": "щзцхъ\x00"}).content.decode()
    assert "Ничего не нашлось" in nothing
    assert client.get("/ru/light/search/").status_code == 302


# --- the copy


def links(root: Path) -> dict[str, set[str]]:
    """Each file with the files to which its own links lead, from the root."""
    found = {}
    for path in root.rglob("*.html"):
        name = path.relative_to(root).as_posix()
        hrefs = re.findall(r'href="([^"]+)"', path.read_text(encoding="utf-8"))
        own = [one for one in hrefs if not re.match(r"(tel|mailto|https?|about|sms|viber|whatsapp|tg):", one)]
        found[name] = {posixpath.normpath(posixpath.join(posixpath.dirname(name), one)) for one in own}
    return found


def test_a_copy_is_whole_wherever_it_lies_and_says_nothing_of_a_moment(client, listing, tmp_path):
    publish_many([{}] * 30)
    assert "Круглосуточно" in text(client, f"places/{PLACE}/").split("<table")[0]
    written = write_copy(tmp_path)
    root = tmp_path / CURRENT
    found = links(root)
    assert {name for to in found.values() for name in to if not (root / name).is_file()} == set()
    assert not [name for to in found.values() for name in to if name.startswith(("/", ".."))]
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name not in reached and name in found:
            reached.add(name)
            waiting += found[name]
    assert reached == set(found) and written.files == len(json.loads((root / MANIFEST).read_text())["sha256"])
    page = (root / f"ru/places/{PLACE}.html").read_text()
    assert "+995322000000" in page and "сделана" in page
    assert "Круглосуточно" not in page.split("<table")[0]


def test_what_was_hidden_is_in_no_file_of_the_next_copy(listing, tmp_path):
    publish(country="PL", city_code="", point=WARSAW)
    first = write_copy(tmp_path).folder
    store.withdraw(listing.id)
    second = write_copy(tmp_path).folder
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if PLACE in path.name or "Руставели" in path.read_text()]
    assert not first.exists()
    assert (tmp_path / CURRENT).resolve() == second.resolve()


def test_a_copy_is_signed_and_every_file_is_named(listing, tmp_path):
    key = tmp_path / "key.pem"
    private = Ed25519PrivateKey.generate()
    how = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key.write_bytes(private.private_bytes(*how))
    root = write_copy(tmp_path / "copy", key).folder
    told = (root / MANIFEST).read_bytes()
    private.public_key().verify((root / SIGNATURE).read_bytes(), told)
    named = json.loads(told)["sha256"]
    beside = {MANIFEST, SIGNATURE, KEY}
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - beside
    assert set(named) == found
    assert all(hashlib.sha256((root / name).read_bytes()).hexdigest() == said for name, said in named.items())
    assert b"PRIVATE" not in (root / KEY).read_bytes()


def test_what_goes_wrong_is_said_and_the_copy_before_stays(listing, tmp_path, monkeypatch):
    call_command("emergency_copy", tmp_path / "copy")
    before = (tmp_path / "copy" / CURRENT).resolve()
    (tmp_path / "key.pem").write_text("no key")
    with pytest.raises(CommandError, match="Ed25519"):
        call_command("emergency_copy", tmp_path / "copy", key=tmp_path / "key.pem")

    def full(*_arguments, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("maps.light.copy.geojson_answer", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("emergency_copy", tmp_path / "copy")
    assert (tmp_path / "copy" / CURRENT).resolve() == before
    assert [path.name for path in (tmp_path / "copy").iterdir() if path.name.startswith(".")] == []
