"""An organisation's profile ages by the query alone, and every reader goes through one door."""

import dataclasses
import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import clock
from core.languages import SOURCE
from directory.asking import queries
from directory.freshness import freshness
from directory.shown.profiles import Profile
from directory.tables.listings import MemberOrganization, PublicListing
from directory.tests.factories import publish

pytestmark = pytest.mark.django_db
ZONES = ("UTC", "Asia/Vladivostok", "America/New_York", "Asia/Kathmandu")
SECOND = dt.timedelta(seconds=1)
PHONE = {"channel": "phone", "value": "+995322000077", "label": "", "audience": "clients"}
#: A profile that was confirmed on 29 February 2028.
DATES = {
    "checked_on": dt.date(2028, 2, 29),
    "notice_on": dt.date(2029, 1, 29),
    "due_on": dt.date(2029, 2, 28),
    "hides_on": dt.date(2029, 4, 29),
    "archives_on": dt.date(2029, 8, 27),
}
#: The listing outlives the profile: it has a clock of its own.
LISTING = {
    "place_id": "place22222",
    "checked_on": dt.date(2029, 1, 1),
    "notice_on": dt.date(2030, 1, 1),
    "due_on": dt.date(2030, 2, 1),
    "hides_on": dt.date(2030, 3, 1),
    "archives_on": dt.date(2030, 4, 1),
}


def profile(**fields):
    return DATES | {
        "content": {
            "ru": {"name": "Мост", "short_name": "Мост", "description": "Помогаем в пути."},
            "en": {"name": "Bridge", "description": "We help on the way."},
        },
        "website": "https://bridge.example/",
        "links": [{"url": "https://t.me/bridge_example", "name": "Telegram"}],
        "contacts": [PHONE],
        "timezone": "UTC",
    } | fields  # fmt: skip


def seen(at):
    """(freshness, told) for the public and for members; Python's answer must be SQL's."""
    found = [queries.organization(audience, "most", at) for audience in ("public", "members")]
    row = MemberOrganization.objects.get()
    assert {one.freshness for one in found} == {freshness(row, at)}
    return [(one.freshness, one.is_told) for one in found]


@pytest.mark.parametrize("zone_name", ZONES)
def test_a_profile_changes_at_midnight_of_its_own_zone_and_nowhere_else(zone_name):
    publish(**LISTING, profile=profile(timezone=zone_name))
    turns = [
        ("notice_on", [("fresh", True)] * 2, [("due", True)] * 2),
        ("due_on", [("due", True)] * 2, [("overdue", True)] * 2),
        ("hides_on", [("overdue", True)] * 2, [("lapsed", False), ("lapsed", True)]),
        ("archives_on", [("lapsed", False), ("lapsed", True)], [("lapsed", False)] * 2),
    ]
    for name, before, after in turns:
        midnight = dt.datetime.combine(DATES[name], dt.time(), tzinfo=clock.zone(zone_name))
        assert seen(midnight - SECOND) == before, name
        assert seen(midnight) == after, name
        assert seen(midnight + dt.timedelta(hours=23, minutes=59)) == after, name


def at(day):
    return dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")


def test_only_the_name_is_left():
    publish(**LISTING, profile=profile())
    left = queries.organization("public", "most", at("2029-04-29"))
    known = {"id", "slug", "is_member", "freshness", "is_told", "checked_on", "content"}
    for field in dataclasses.fields(Profile):
        value = getattr(left, field.name)
        assert field.name in known or value == field.default, field.name
    assert left.content == {"ru": {"name": "Мост", "short_name": "Мост"}, "en": {"name": "Bridge"}}
    assert queries.organizations("public", at("2029-04-29")) == [left]


def test_a_profile_that_nobody_has_confirmed_is_for_members_only():
    nothing = dict.fromkeys(DATES, None)
    publish(**LISTING, profile=profile(**nothing, level=0))
    public, members = (queries.organization(audience, "most", at("2029-01-02")) for audience in ("public", "members"))
    assert (public.freshness, public.is_told, public.website) == ("unchecked", False, "")
    assert (members.freshness, members.is_told, members.website) == ("unchecked", True, "https://bridge.example/")


def test_which_listings_are_seen_does_not_depend_on_the_profile():
    publish(**LISTING, profile=profile())
    for day in ("2029-01-02", "2029-03-01", "2029-05-01", "2029-09-01"):
        assert queries.current_listings("public", at(day)).count() == 1
        assert len(queries.listings_of_organization("public", "mostmostm2", at(day))) == 1


SECRETS = ("Помогаем в пути", "We help on the way", "bridge.example", "bridge_example", "+995322000077", "200 00 77")


def page(client, path, day, language="ru"):
    with clock.travel(at(day)):
        response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2029-01-28", {"ru": "Сведения подтверждены 29 февраля 2028", "en": "Details confirmed on 29 February 2028"}),
        ("2029-02-27", {"ru": "Сведения подтверждены 29 февраля 2028", "en": "Details confirmed on 29 February 2028"}),
        ("2029-02-28", {"ru": "Давно не подтверждали", "en": "Not confirmed for a long time"}),
        ("2029-04-28", {"ru": "Давно не подтверждали", "en": "Not confirmed for a long time"}),
    ],
)
def test_the_public_page_says_how_old_the_words_are(client, day, words, language):
    publish(**LISTING, profile=profile())
    shown = page(client, "organizations/most/", day, language)
    assert words[language] in shown and "https://bridge.example/" in shown
    assert ('class="seal overdue"' in shown) == (day >= "2029-02-28")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("day", ["2029-04-29", "2029-08-27", "2029-12-31"])
def test_the_public_page_keeps_name_and_services_and_says_why(client, day, language):
    publish(**LISTING, profile=profile())
    shown = page(client, "organizations/most/", day, language)
    assert not [secret for secret in SECRETS if secret in shown]
    assert "Экспресс-тест на ВИЧ" in shown
    assert {"ru": "поэтому здесь только её название", "en": "so only its name is shown"}[language] in shown


@pytest.mark.parametrize("day", ["2029-04-28", "2029-04-29"])
def test_the_place_and_its_answer_lose_the_website_with_the_profile(client, day):
    publish(**LISTING, profile=profile())
    with clock.travel(at(day)):
        answer = client.get("/api/v1/places/place22222/").json()
    told = day < "2029-04-29"
    assert answer["organization"]["website"] == ("https://bridge.example/" if told else "")
    assert answer["organization"]["name"] == {"ru": "Мост", "en": "Most"}[SOURCE]
    assert ("Грузия" in page(client, "about/", day)) == told


@pytest.mark.parametrize(("day", "told"), [("2029-04-29", True), ("2029-08-26", True), ("2029-08-27", False)])
def test_members_read_it_as_unconfirmed_until_it_is_archived(client, settings, day, told):
    settings.MEMBERS_PERMISSION = "directory.tests.test_access.everybody"
    person = get_user_model().objects.create_user(email="m@example.org", password="a long pass phrase")
    with clock.travel(at(day)):
        client.force_login(person)
    publish(**LISTING, profile=profile())
    shown = page(client, "members/organizations/most/", day)
    assert ("Не подтверждено с 29 февраля 2028" in shown) == told
    assert ("https://bridge.example/" in shown) == told and ("Помогаем в пути" in shown) == told
    assert ("поэтому здесь только её название" in shown) != told
    with clock.travel(at(day)):
        answer = client.get("/api/v1/members/places/place22222/").json()
    assert bool(answer["organization"]["website"]) == told


def test_many_organisations_cost_as_many_queries_as_three(client):
    def add(numbers):
        for number in numbers:
            publish(organization_id=f"org{number:07}", organization_slug=f"org-{number}", profile={"timezone": "UTC"})

    def cost():
        with CaptureQueriesContext(connection) as found:
            client.get("/ru/about/")
        return len(found)

    add(range(3))
    client.get("/ru/about/")
    few = cost()
    add(range(3, 12))
    assert cost() == few


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"due_on": dt.date(2028, 2, 28)}, IntegrityError),
        ({"hides_on": dt.date(2029, 2, 27)}, IntegrityError),
        ({"archives_on": dt.date(2029, 4, 28)}, IntegrityError),
        ({"timezone": "Mars/Olympus"}, DataError),
    ],
)
def test_impossible_dates_and_zones_cannot_get_in(wrong, error):
    with pytest.raises(error), transaction.atomic():
        publish(**LISTING, profile=profile(**wrong))
    assert not PublicListing.objects.exists()
