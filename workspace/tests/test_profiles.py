"""The organisation's own line and button, and the coordinator's pile: who sees what on which day."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from organizations import services as organizations
from organizations.models import MembershipRole
from verification import services as verification
from verification.coordination import desk
from verification.models import ProfileCheck, ProfileState
from verification.profiles import shown_profile
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
CONFIRMED = dt.date(2026, 1, 10)
NOTICE, DUE, HIDES, ARCHIVES = dt.date(2026, 12, 11), dt.date(2027, 1, 10), dt.date(2027, 3, 11), dt.date(2027, 7, 9)
DAY = dt.timedelta(days=1)


def on_map(on=CONFIRMED, **fields):
    values = {"description": "Помогаем в пути.", "website": "https://bridge.example/"} | fields
    return scenarios.published(scenarios.place(scenarios.organization(**values)), on=on).service.organization


def enter(user):
    client = Client()
    client.force_login(user)
    return client


def text(client, name, *args, on=None, **query):
    with clock.travel(on or clock.now()):
        answer = client.get(reverse(f"workspace:{name}", args=args, query=query or None))
    assert answer.status_code == 200
    return answer.content.decode()


# --- the organisation's own people --------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["home", "organization"])
@pytest.mark.parametrize(
    ("on", "words", "asks"),
    [
        (NOTICE - DAY, "подтверждены 10 января 2026, следующая проверка до 10 января 2027", False),
        (NOTICE, "подтверждены 10 января 2026, следующая проверка до 10 января 2027", True),
        (DUE - DAY, "следующая проверка до 10 января 2027", True),
        (DUE, "Посетители читают, что их давно не подтверждали.", True),
        (HIDES - DAY, "проверить нужно было до 10 января 2027", True),
        (HIDES, "Посетители видят только название.", True),
        (ARCHIVES, "Все видят только название.", True),
    ],
)
def test_one_quiet_line_and_a_button_when_it_is_time(page, on, words, asks):
    organization = on_map()
    client = enter(scenarios.person(organization))
    shown = text(client, page, *([organization.slug] if page == "organization" else []), on=on)
    assert "Сведения об организации: подтверждены" in shown and words in shown
    button = f'class="btn small push" href="/ru/workspace/organizations/{organization.slug}/confirm/"'
    assert (button in shown) == asks


def test_nothing_is_said_before_the_first_listing_is_on_the_map():
    row = scenarios.listing()
    organization = row.service.organization
    client = enter(scenarios.person(organization))
    assert "Сведения об организации" not in text(client, "home")
    assert "Подтверждать пока нечего" in text(client, "profile-confirm", organization.slug)
    client.post(reverse("workspace:profile-confirm", args=[organization.slug]))
    assert not ProfileCheck.objects.exists()


def test_the_page_shows_what_the_map_shows_and_one_press_confirms_it():
    organization = on_map(name_en="Bridge", working_languages=["ru", "ka"], links=["https://t.me/bridge_example"])
    organizations.update_organization(
        actor=None, organization=organization, expected_version=1, description="Ещё не на карте.", website=""
    )
    client = enter(scenarios.person(organization, MembershipRole.EDITOR))
    shown = text(client, "profile-confirm", organization.slug, on=DUE)
    for fact in ("Bridge", "Помогаем в пути.", "https://bridge.example/", "https://t.me/bridge_example", "Грузия"):
        assert fact in shown
    assert "Ещё не на карте." not in shown and "правки, которых на карте пока нет" in shown
    with clock.travel(DUE):
        answer = client.post(reverse("workspace:profile-confirm", args=[organization.slug]), follow=True)
    assert "Спасибо. Сведения об организации подтверждены." in answer.content.decode()
    assert ProfileState.objects.get().checked_on == DUE
    organization.refresh_from_db()
    assert organization.description == "Ещё не на карте." and organization.version == 2
    assert "Всё верно?" not in text(client, "home", on=DUE)


def test_looking_confirms_nothing():
    organization = on_map()
    text(enter(scenarios.person(organization)), "profile-confirm", organization.slug, on=DUE)
    assert ProfileState.objects.get().checked_on == CONFIRMED


def test_readers_and_strangers_find_no_page():
    organization = on_map()
    url = reverse("workspace:profile-confirm", args=[organization.slug])
    for person in (scenarios.person(organization, "reader"), scenarios.person(scenarios.organization()),
                   scenarios.coordinator()):  # fmt: skip
        assert enter(person).get(url).status_code == enter(person).post(url).status_code == 404
    assert ProfileCheck.objects.count() == 1


# --- the coordinator ----------------------------------------------------------------------------------------------


def pile(user, on, country=""):
    with clock.travel(on):
        return [row.pk for row in desk.profiles(user, country)]


def test_the_pile_holds_what_turns_grey_within_a_week_and_what_has():
    organization, someone = on_map(), scenarios.coordinator()
    assert pile(someone, DUE - 8 * DAY) == [] and pile(someone, DUE - 7 * DAY) == [organization.pk]
    for later in (DUE, HIDES, ARCHIVES):
        assert pile(someone, later) == [organization.pk]
    with clock.travel(HIDES):
        verification.confirm_profile(organization=organization, actor=None)
    assert pile(someone, HIDES) == []


def test_the_pile_goes_by_the_day_of_the_organisation():
    organization, someone = on_map(), scenarios.coordinator()
    assert ProfileState.objects.get().timezone == "Asia/Tbilisi"
    midnight = dt.datetime(2027, 1, 2, 20, 0, tzinfo=dt.UTC)  # 3 January in Tbilisi, a week before
    assert pile(someone, midnight - dt.timedelta(minutes=1)) == []
    assert pile(someone, midnight) == [organization.pk]


def test_the_pile_is_for_coordinators_of_the_country_and_never_about_their_own():
    organization = on_map()
    elsewhere = scenarios.coordinator()
    elsewhere.countries = ["PL"]
    elsewhere.save()
    for user in (scenarios.coordinator(organization), elsewhere, scenarios.verifier()):
        assert pile(user, HIDES) == []
        page = reverse("workspace:coordination-profile", args=[organization.slug])
        assert enter(user).get(page).status_code == enter(user).post(page).status_code == 404
    elsewhere.countries = ["PL", "GE"]
    elsewhere.save()
    assert pile(elsewhere, HIDES) == [organization.pk] and pile(elsewhere, HIDES, "PL") == []


def test_an_import_is_asked_about_once_the_public_sees_it():
    row, someone = scenarios.listing(), scenarios.coordinator()
    verification.publish_import(listing=row)
    assert pile(someone, clock.now()) == []
    verification.record_check(listing=row, actor=scenarios.verifier(), method="call")
    assert pile(someone, clock.now()) == [row.service.organization_id]
    assert "ещё не подтверждались" in text(enter(someone), "coordination", pile="profiles")


def test_the_coordinator_hears_it_on_the_phone():
    organization, someone = on_map(), scenarios.coordinator()
    organizations.create_contact(
        actor=None, organization=organization, channel="phone", value="+995322000099",
        audience="colleagues", visibility="administrators",
    )  # fmt: skip
    scenarios.published(scenarios.place(organization), title="С частным номером", on=CONFIRMED)
    assert "200 00 99" in str(shown_profile(organization).content["contacts"])
    client = enter(someone)
    listed = text(client, "coordination", on=HIDES, pile="profiles")
    page = reverse("workspace:coordination-profile", args=[organization.slug])
    assert page in listed and "Посетители видят только название." in listed
    shown = text(client, "coordination-profile", organization.slug, on=HIDES)
    assert "https://bridge.example/" in shown and "+995 32 212 34 56" in shown and "200 00 99" not in shown
    with clock.travel(HIDES):
        answer = client.post(page, {"note": "Ответила директор"})
    assert answer.status_code == 302 and answer["Location"].endswith("?pile=profiles")
    word = ProfileCheck.objects.first()
    assert (word.method, word.note, word.checked_by) == ("coordinator_phone", "Ответила директор", someone)
    assert "Ответила директор" in text(client, "coordination-profile", organization.slug)


def test_too_long_a_note_is_said_under_the_field_and_writes_nothing():
    organization = on_map()
    answer = enter(scenarios.coordinator()).post(
        reverse("workspace:coordination-profile", args=[organization.slug]), {"note": "о" * 1001}
    )
    assert answer.status_code == 422 and ProfileCheck.objects.count() == 1
    assert answer.context["form"].errors["note"]


def test_a_check_that_came_from_the_pile_of_profiles_goes_on_with_listings():
    row, someone = scenarios.published(), scenarios.coordinator()
    assert row.service.title in text(enter(someone), "coordination-check", row.public_id, pile="profiles")


def test_twelve_profiles_cost_as_many_queries_as_three():
    client = enter(scenarios.coordinator())

    def cost():
        text(client, "coordination", on=HIDES, pile="profiles")
        with CaptureQueriesContext(connection) as found:
            text(client, "coordination", on=HIDES, pile="profiles")
        return len(found)

    for _number in range(3):
        on_map()
    few = cost()
    for _number in range(9):
        on_map()
    assert cost() == few
