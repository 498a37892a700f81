"""Nothing that the public may not know is in any public answer, whatever the route, language and format."""

import json

import pytest
from django.db import ProgrammingError, connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from directory.access import public_read
from reading.booklets.files import FORMS as BOOKLETS
from reading.exports.making import FORMS
from reading.typeset import making
from reading.typeset.making import Printed
from servicemap.tests.guards.leaking import leaks
from servicemap.tests.guards.routes import EVERYBODY, ROUTES, every_route
from servicemap.tests.guards.test_matrix import arguments, ask
from servicemap.tests.guards.world import CANARIES, MEMBER_CANARIES, OWNER_CANARIES

pytestmark = pytest.mark.django_db


def public_answers(network, client):
    """Every public route in both languages, with its ways to ask, and place pages of everything hidden."""
    for name, pattern in every_route():
        route = ROUTES[name]
        if route.circle != EVERYBODY:
            continue
        with override("ru"):  # an answer before may have left another language behind
            url = reverse(name, kwargs=arguments(network, pattern))
        for address in {url, url.replace("/ru/", "/en/"), f"{url}?lang=en"}:
            yield address, ask(client, route, address)
    for word in ("канарейка", "kanareika", "приют", "тайнадлячленов", "минск"):
        yield f"search {word}", client.post("/api/v1/search/", {"q": word}, content_type="application/json")
        yield f"form {word}", client.post("/ru/search/", {"q": word})
    for ending in FORMS:
        for asked in ({}, {"q": "приют"}):
            yield f"file {ending} {asked}", client.post("/ru/download/", {"format": ending, **asked})
    hidden = ",".join(one.public_id for one in (network.listing, *network.extras["hidden"]))
    for address in ("/ru/list/", "/en/list/pdf/"):
        yield address, client.post(address, {"ids": hidden})
    for form in BOOKLETS:
        for country in ("ge", "by"):
            address = f"/ru/booklets/?country={country}&form={form}"
            yield address, client.get(address)
    for box in ("44.812,41.723,44.813,41.724", "-180,-90,180,90", "44,41,45,42"):
        for zoom in (2, 9, 18):
            yield f"map {box} {zoom}", client.get("/api/v1/map/", {"bbox": box, "zoom": zoom})


def test_no_canary_is_public(network):
    client = Client()
    found = []
    for address, response in public_answers(network, client):
        # The words of a question come back beside its answer.
        wanted = [canary for canary in {*CANARIES, *MEMBER_CANARIES, *OWNER_CANARIES} if canary not in address.split()]
        found += [f"{address}: {canary}" for canary in leaks(response, wanted)]
    assert not found


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_canary_is_on_paper(network, language, monkeypatch):
    """What the maker of files is given: letters in a PDF are numbers of a typeface, so that nobody finds them there."""
    given = []

    def remember(layout, told, **_more):
        given.append(json.dumps(told, ensure_ascii=False))
        return Printed(b"%PDF", (), {"pages": 1, "left": 0})

    monkeypatch.setattr(making, "printed", remember)
    client = Client()
    for country in ("ge", "by"):
        for form in BOOKLETS:
            client.get(f"/{language}/booklets/booklet.pdf", {"country": country, "form": form})
    assert given and any("+995" in words for words in given)
    secrets = {*CANARIES, *MEMBER_CANARIES, *OWNER_CANARIES}
    assert not [secret for secret in secrets for words in given if secret.lower() in words.lower()]


@pytest.mark.parametrize(("language", "note"), [("ru", "Осталось два места"), ("en", "Two places left")])
def test_a_note_about_places_is_public_and_whoever_said_it_is_not(network, language, note):
    client = Client()
    editor = network.people["editor"]
    place = client.get(f"/{language}/places/{network.place.public_id}/")
    api = client.get(f"/api/v1/places/{network.place.public_id}/", {"lang": language})
    members = Client()
    members.force_login(network.people["reader"])
    for answer in (place, api, members.get(f"/{language}/members/places/{network.place.public_id}/")):
        assert answer.status_code == 200
        assert leaks(answer, [note])
        assert not leaks(answer, [editor.email, "Канарейка сказала", "kanareika@example.org"])


def test_hidden_places_do_not_exist_for_the_public(network):
    client = Client()
    _shelter, members_only, secret = network.extras["hidden"]
    assert client.get(f"/api/v1/places/{secret.location.public_id}/").status_code == 404
    assert client.get(f"/ru/places/{secret.location.public_id}/").status_code == 404
    titles = client.get("/api/v1/listings/", {"page_size": 100}).json()["results"]
    assert members_only.public_id not in {row["id"] for row in titles}


def test_the_scan_can_find_a_canary(network, client_of):
    """The members' answers hold the members' canaries, so a scan that finds nothing has looked."""
    response = client_of("reader").get("/api/v1/members/listings/", {"page_size": 100})
    place = client_of("reader").get(f"/api/v1/members/places/{network.place.public_id}/")
    assert leaks(response, ["Канарейка только для членов"]) and leaks(place, MEMBER_CANARIES[:2]) == [
        *MEMBER_CANARIES[:2]
    ]


def test_administrators_rows_are_not_for_members_either(network, client_of):
    client = client_of("reader")
    _shelter, _members_only, secret = network.extras["hidden"]
    assert client.get(f"/api/v1/members/places/{secret.location.public_id}/").status_code == 404
    everything = client.get("/api/v1/members/listings/", {"page_size": 100})
    assert not leaks(everything, ["канарейка тайная", "+375291234567"])


def test_the_publics_role_cannot_read_private_tables():
    tables = connection.introspection.table_names()
    allowed = {"directory_publiclisting", "directory_publicorganization", "directory_publicmoved",
               "directory_directoryterm", "directory_directoryrevision", "spatial_ref_sys",
               "directory_publiccountryfact", "directory_publiccountrynotice", "directory_publicpaper",
               "directory_publicdigest", "directory_publicreviewed", "directory_publicdigestline",
                   "directory_publicgrantcall", "directory_publicgrantsum",
               "directory_publicmaterial", "directory_publictraining", "directory_publiccentre",
               "directory_publicwording", "directory_publicrefusedsite"}  # fmt: skip
    readable = set()
    for table in tables:
        try:
            with public_read(), connection.cursor() as cursor:
                cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
            readable.add(table)
        except ProgrammingError:
            continue
    assert len(tables) > 40 and readable == allowed & set(tables)


def test_the_publics_role_cannot_write():
    with pytest.raises(Exception, match=r"read-only|permission denied"), public_read(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_publiclisting")
