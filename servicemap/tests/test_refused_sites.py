"""An administrator forbids a site to show the map: there stands a calm page, whoever keeps answers, until it is let."""

import pytest

from core.errors import NotAllowed
from directory.tables.listings import DirectoryRevision
from directory.tables.sites import PublicRefusedSite, is_refused
from kept.questions import KeptRoute, Questions
from servicemap.web.keeping import routes
from verification.services import let_site, refuse_site
from verification.tests import scenarios
from verification.upkeep.rebuild import compare, rebuild

pytestmark = pytest.mark.django_db
EMBED, BAD = "/ru/embed/?view=cards", "https://www.bad.example/page?q=1"


@pytest.fixture
def administrator():
    return scenarios.person(network_role="administrator")


def test_the_map_is_not_shown_there_and_everywhere_else(client, administrator):
    refuse_site(host="bad.example", actor=administrator)
    there = client.get(EMBED, headers={"Referer": BAD})
    assert there.status_code == 403 and "no-store" in there.headers["Cache-Control"]
    assert "На этом сайте карта не показывается" in there.content.decode() and not there.cookies
    for referrer in ("https://good.example/", "https://notbad.example/", "", "https://[", "nonsense"):
        assert client.get(EMBED, headers={"Referer": referrer}).status_code == 200
    assert client.get("/ru/", headers={"Referer": BAD}).status_code == 200, "a link from there leads here"
    let_site(host="bad.example", actor=administrator)
    assert client.get(EMBED, headers={"Referer": BAD}).status_code == 200


def test_what_is_kept_knows_the_site_of_an_embed_and_of_nothing_else():
    asked = Questions(routes(), lambda path, accepted: "ru")

    def of(path, referrer):
        return asked({"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "map.example", "HTTP_REFERER": referrer})

    assert of("/ru/embed/", BAD) != of("/ru/embed/", "https://good.example/")
    assert of("/ru/embed/", BAD) == of("/ru/embed/", "https://www.bad.example/other")
    assert of("/ru/embed/", "https://map.example/ru/") == of("/ru/embed/", "") == of("/ru/embed/", "https://[")
    assert of("/ru/", BAD) == of("/ru/", "")
    assert sum(one.is_by_site for one in routes()) == 1 and isinstance(routes()[0], KeptRoute)


def test_whoever_is_no_administrator_forbids_nothing():
    for actor in (scenarios.coordinator(), scenarios.verifier()):
        with pytest.raises(NotAllowed):
            refuse_site(host="bad.example", actor=actor)
        with pytest.raises(NotAllowed):
            let_site(host="bad.example", actor=actor)
    assert not PublicRefusedSite.objects.exists()


def test_every_change_moves_the_revision_and_the_directory_is_made_anew_with_it(administrator):
    before = DirectoryRevision.objects.get().public_number
    refuse_site(host="bad.example", actor=administrator)
    refuse_site(host="bad.example", actor=administrator)
    assert DirectoryRevision.objects.get().public_number > before
    PublicRefusedSite.objects.all().delete()
    assert compare()
    rebuild()
    assert is_refused("www.bad.example") and not compare()


def test_the_page_of_administrators_forbids_and_lets(client, administrator):
    client.force_login(administrator)
    client.post("/ru/workspace/health/sites/refuse/", {"host": "Bad.Example."})
    page = client.get("/ru/workspace/health/").content.decode()
    assert "bad.example" in page and "Разрешить снова" in page
    client.post("/ru/workspace/health/sites/refuse/", {"host": "10.0.0.1"})
    client.post("/ru/workspace/health/sites/let/", {"host": "bad.example"})
    assert not PublicRefusedSite.objects.exists()
