import pytest
from django.contrib.auth import get_user_model

from directory.tests.factories import publish

pytestmark = pytest.mark.django_db
PAGES = ["members/", "members/places/place22222/", "members/organizations/most/"]


@pytest.fixture
def secret():
    return publish(
        place_id="place22222",
        audiences=("members",),
        texts={"title": "Тихий приют", "legal_risk_note": "Осторожно с полицией"},
        types=["shelter"],
        contacts=[
            {"channel": "phone", "value": "+995322111111", "audience": "colleagues", "person": "Нино", "label": ""}
        ],
    )


@pytest.fixture
def person(client):
    person = get_user_model().objects.create_user(email="person@example.org", password="a long pass phrase")
    client.force_login(person)
    return person


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_asked_to_log_in(client, secret, path):
    response = client.get(f"/ru/{path}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/ru/accounts/login/?next=")


@pytest.mark.parametrize("path", PAGES)
def test_for_anybody_else_there_is_nothing(client, secret, person, path, settings):
    assert client.get(f"/ru/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_people_of_the_network_read_more(client, secret, person, path, settings):
    settings.MEMBERS_PERMISSION = "directory.tests.test_access.everybody"
    response = client.get(f"/ru/{path}")
    assert response.status_code == 200
    assert "Тихий приют" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]


def test_colleagues_contacts_and_risks_are_on_the_members_page(client, secret, person, settings):
    settings.MEMBERS_PERMISSION = "directory.tests.test_access.everybody"
    page = client.get("/ru/members/places/place22222/").content.decode()
    assert "Осторожно с полицией" in page
    assert "tel:+995322111111" in page


def test_members_search_needs_a_token(secret, person, settings):
    from django.test import Client

    settings.MEMBERS_PERMISSION = "directory.tests.test_access.everybody"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert strict.post("/ru/members/search/", {"q": "приют"}).status_code == 403
    page = strict.get("/ru/members/")
    token = page.context["csrf_token"]
    found = strict.post("/ru/members/search/", {"q": "приют", "csrfmiddlewaretoken": str(token)})
    assert found.status_code == 200
    assert "Тихий приют" in found.content.decode()


def test_from_each_card_somebody_is_sent_on_by_members_alone(client, secret, person, settings):
    listing = publish()
    assert "referrals/new" not in client.get("/ru/").content.decode()
    settings.MEMBERS_PERMISSION = "directory.tests.test_access.everybody"
    page = client.get("/ru/members/").content.decode()
    assert f'href="/ru/workspace/referrals/new/?listing={listing.id}"' in page
