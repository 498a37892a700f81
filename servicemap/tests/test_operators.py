"""The operators' screens: who gets in, and that a repair obeys the same rules as a member's edit."""

import re
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.gis.geos import Point
from django.core import mail
from django.forms import BooleanField, MultipleChoiceField
from django.test import Client
from django.urls import reverse

from accounts import post
from accounts.models import User
from accounts.services import create_person, enable_totp
from directory.asking import queries
from directory.models import DirectoryTerm, PublicListing
from directory.tests.factories import publish
from directory.vocabulary import vocabulary
from exchange.vocabulary import load_vocabulary
from network.volunteering.services import propose_edit as bring_edit
from network.volunteering.tests.makers import Help
from organizations.models import Contact, Location, Organization
from organizations.people import add_member
from reading.ways import ways
from services.models import DocumentKind, Notice, OtherMap, Service, ServiceAtLocation, ServiceType
from verification.models import CapacityClock
from verification.publication import publish_vocabulary
from verification.tests import scenarios


def page_of(row: object) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def filled(client: Client, address: str, **changes: object) -> dict[str, object]:
    """What a browser would send from that form, with some fields changed."""
    context = client.get(address).context
    data: dict[str, object] = {}
    for form in [context["adminform"].form, *[f for set_ in context["inline_admin_formsets"] for f in set_.formset]]:
        for bound in form:
            value = bound.value()
            if hasattr(value, "geojson"):
                value = value.geojson
            if isinstance(bound.field, BooleanField | MultipleChoiceField) and not value:
                continue  # an empty box is not sent
            data[bound.html_name] = "" if value is None else value
    for set_ in context["inline_admin_formsets"]:
        data |= {
            f"{set_.formset.prefix}-{name}": set_.formset.management_form[name].value()
            for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
    return data | changes


def test_the_door_is_the_products_own(client: Client, db: None) -> None:
    first = client.get("/admin/organizations/location/")
    second = client.get(first["Location"])
    assert second["Location"] == "/ru/accounts/login/?next=/admin/organizations/location/"
    for outside in ("https://evil.example/", "//evil.example"):
        assert client.get("/admin/login/", {"next": outside})["Location"].endswith("?next=/admin/")


def test_a_password_sent_to_the_admins_own_form_opens_nothing(client: Client, db: None) -> None:
    create_person(email="operator@example.org", name="", password="сорок тысяч обезьян", is_staff=True)
    answer = client.post("/admin/login/", {"username": "operator@example.org", "password": "сорок тысяч обезьян"})
    assert answer["Location"].startswith("/ru/accounts/login/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", ["", "verifier", "coordinator", "administrator"])
def test_for_everybody_else_there_is_nothing_here(client: Client, db: None, role: str) -> None:
    client.force_login(create_person(email="p@example.org", name="", network_role=role))
    for path in ("", "login/", "accounts/user/", "jsi18n/", "nothing/"):
        assert client.get(f"/admin/{path}").status_code == 404


def test_staff_without_permissions_see_an_empty_room(client: Client, db: None) -> None:
    client.force_login(create_person(email="p@example.org", name="", is_staff=True))
    assert client.get("/admin/").context["app_list"] == []
    assert client.get("/admin/accounts/user/").status_code == 403


def test_every_screen_opens_and_what_must_not_be_deleted_cannot_be(desk: Client) -> None:
    shown = list(admin.site._registry)
    for model in shown:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert desk.get(address).status_code == 200, model
        deletes = admin.site._registry[model].can_delete
        assert deletes is (model._meta.model_name == "highriskcountry"), model
    assert {"user", "organization", "location", "service", "servicetype"} <= {m._meta.model_name for m in shown}


def test_volunteers_and_what_they_bring_are_looked_at_and_not_changed(desk: Client) -> None:
    help = Help()
    brought = bring_edit(actor=help.user, listing=help.service.public_id, path="", said="Закрыто по субботам")
    for row, words in ((help.row, "Аня"), (brought, "Закрыто по субботам")):
        listed = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")
        assert "Аня" in desk.get(listed).content.decode()
        assert desk.get(listed, {"q": "Аня"}).status_code == 200
        assert words in desk.get(page_of(row)).content.decode()
        assert desk.post(page_of(row), {}).status_code == 403


def test_secrets_have_no_screen(desk: Client) -> None:
    names = {model._meta.label_lower for model in admin.site._registry}
    assert not names & {"mfa.authenticator", "account.emailaddress", "sessions.session", "verification.report"}


def test_the_screens_speak_the_language_of_the_operator(desk: Client, operator: User) -> None:
    User.objects.filter(pk=operator.pk).update(language="en")
    assert 'lang="en' in desk.get("/admin/").content.decode()


# --- vocabulary ---------------------------------------------------------------------------------------------------


def test_a_changed_term_reaches_the_map(desk: Client, db: None) -> None:
    term = DocumentKind.objects.create(code="library_card", name="Читательский билет", name_en="Library card")
    address = page_of(term)
    assert desk.post(address, filled(desk, address, name_en="Reader's card")).status_code == 302
    row = DirectoryTerm.objects.get(scheme="document", code="library_card")
    assert row.name == {"ru": "Читательский билет", "en": "Reader's card"}


def test_a_code_cannot_be_changed(desk: Client, db: None) -> None:
    term = DocumentKind.objects.create(code="library_card", name="Читательский билет")
    address = page_of(term)
    desk.post(address, filled(desk, address) | {"code": "other"})
    assert list(DocumentKind.objects.filter(pk__in=["library_card", "other"])) == [term]


def test_every_map_of_the_vocabulary_has_an_address(desk: Client, db: None) -> None:
    publish_vocabulary()
    (row,) = queries.place("public", publish(country="KZ").place_id)
    offered = {way["name"] for way in ways(row, vocabulary("public"))}
    assert {term.name for term in OtherMap.objects.all()} < offered


def test_a_map_of_another_company_is_taken_away_where_the_administrator_says(desk: Client, db: None) -> None:
    term = OtherMap.objects.get(code="yandex")
    address = page_of(term)
    assert desk.post(address, filled(desk, address, off_in=["UA", "GE"])).status_code == 302
    assert DirectoryTerm.objects.get(scheme="map", code="yandex").data == {"off_in": ["UA", "GE"]}
    load_vocabulary()
    assert OtherMap.objects.get(code="yandex").off_in == ["UA", "GE"]


# --- people -------------------------------------------------------------------------------------------------------


def test_a_new_person_gets_a_link_and_no_password(
    desk: Client, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(
            "/admin/accounts/user/add/",
            {
                "email": "New@Example.org",
                "name": "Новый",
                "language": "ru",
                "network_role": "verifier",
                "is_active": "on",
            },
        )
    assert answer.status_code == 302
    user = User.objects.get(email="new@example.org")
    assert (user.network_role, user.has_usable_password()) == ("verifier", False)
    assert post.send_waiting() == 1
    assert re.search(r"/ru/accounts/password/reset/key/", mail.outbox[0].body)


def test_an_operator_cannot_raise_themselves(desk: Client, operator: User) -> None:
    address = page_of(operator)
    desk.post(address, filled(desk, address) | {"is_superuser": "on"})
    operator.refresh_from_db()
    assert not operator.is_superuser


def test_who_writes_their_own_languages_down_stays_signed_in(desk: Client, operator: User) -> None:
    address = page_of(operator)
    other = Client()
    other.force_login(operator)
    assert desk.post(address, filled(desk, address, translates=["uz"])).status_code == 302
    operator.refresh_from_db()
    assert operator.translates == ["uz"] and desk.get("/admin/").status_code == 200
    assert other.get("/ru/workspace/").status_code == 302, "another session of theirs has other rights now"


def test_only_a_superuser_touches_a_superuser(desk: Client, db: None) -> None:
    above = User.objects.create_superuser("above@example.org", "сорок тысяч обезьян")
    enable_totp(user=above, secret="JBSWY3DPEHPK3PXP")
    desk.post(page_of(above), {"email": "taken@example.org", "language": "ru"})
    desk.post("/admin/accounts/user/", {"action": "take_second_factor_off", "_selected_action": [above.pk]})
    above.refresh_from_db()
    assert above.email == "above@example.org"
    assert above.authenticator_set.exists()


def test_a_corrected_address_is_confirmed_at_once(desk: Client, operator: User) -> None:
    person = create_person(email="typo@example.org", name="Лена")
    address = page_of(person)
    assert desk.post(address, filled(desk, address, email="lena@example.org")).status_code == 302
    assert list(person.emailaddress_set.values_list("email", "verified")) == [("lena@example.org", True)]


def test_a_lost_phone_is_helped(desk: Client, db: None) -> None:
    person = create_person(email="lena@example.org", name="Лена")
    enable_totp(user=person, secret="JBSWY3DPEHPK3PXP")
    desk.post("/admin/accounts/user/", {"action": "take_second_factor_off", "_selected_action": [person.pk]})
    assert not person.authenticator_set.exists()


# --- content ------------------------------------------------------------------------------------------------------


def test_what_is_narrowed_leaves_the_map_at_once(desk: Client, db: None) -> None:
    row = scenarios.published()
    assert PublicListing.objects.filter(pk=row.public_id).exists()
    address = page_of(row.location)
    assert desk.post(address, filled(desk, address, visibility="members")).status_code == 302
    row.location.refresh_from_db()
    assert (row.location.visibility, row.location.version) == ("members", 2)
    assert not PublicListing.objects.filter(pk=row.public_id).exists()


def test_a_wider_edit_waits_for_a_review(desk: Client, db: None) -> None:
    row = scenarios.published()
    address = page_of(row.service)
    assert desk.post(address, filled(desk, address, title="Другое название")).status_code == 302
    row.service.refresh_from_db()
    assert row.service.title == "Другое название"
    assert "Другое название" not in str(PublicListing.objects.filter(pk=row.public_id).values())


def test_the_point_on_the_map_is_kept_and_moved(desk: Client, db: None) -> None:
    place = scenarios.place(scenarios.organization())
    address = page_of(place)
    desk.post(address, filled(desk, address, name="Новое имя"))
    place.refresh_from_db()
    assert place.point.coords == pytest.approx((44.8, 41.7))
    desk.post(address, filled(desk, address, point=Point(44.81, 41.71).geojson))
    place.refresh_from_db()
    assert place.point.coords == pytest.approx((44.81, 41.71))


def test_a_stale_form_overwrites_nothing(desk: Client, db: None) -> None:
    place = scenarios.place(scenarios.organization())
    address = page_of(place)
    old = filled(desk, address, city="Батуми")
    scenarios.organizations.update_location(actor=None, location=place, expected_version=1, city="Кутаиси")
    answer = desk.post(address, old)
    assert answer.status_code == 200
    assert answer.context["errors"]
    place.refresh_from_db()
    assert place.city == "Кутаиси"


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (Location, {"country": "XX"}),
        (Location, {"point": ""}),
        (Location, {"timezone": "Mars/Olympus"}),
        (Contact, {"value": "not a phone"}),
        (Service, {"types": []}),
        (Service, {"types": ["nothing"]}),
        (Service, {"groups": '{"nobody": "all"}'}),
        (Service, {"groups": '{"plhiv": []}'}),
        (Service, {"groups": "[]"}),
        (Service, {"groups": '"all"'}),
        (ServiceAtLocation, {"hours": "[1]"}),
        (ServiceAtLocation, {"hours": '{"slots": [{"days": [9]}]}'}),
        (ServiceAtLocation, {"remote_country": "GE"}),
        (Organization, {"links": '[{"url": "javascript:alert(1)"}]'}),
        (Organization, {"links": '[{"label": "without an address"}]'}),
        (Organization, {"links": '{"url": 1}'}),
        (Organization, {"slug": ""}),
    ],
)
def test_nonsense_is_refused_on_the_form(desk: Client, db: None, kind: type, changes: dict[str, object]) -> None:
    scenarios.listing()
    row = kind.objects.get()
    before = kind.objects.values().get()
    address = page_of(row)
    answer = desk.post(address, filled(desk, address, **changes))
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert kind.objects.values().get() == before


def test_a_notice_that_is_corrected_is_corrected_on_the_map(desk: Client, db: None) -> None:
    row = scenarios.published()
    notice = scenarios.services.set_notice(actor=None, service=row.service, kind="closure", text="Закрыто на ремонт")
    address = page_of(notice)
    assert desk.post(address, filled(desk, address, text="Открыто с заднего входа")).status_code == 302
    assert Notice.objects.get().text == "Открыто с заднего входа"
    assert "Открыто с заднего входа" in str(PublicListing.objects.get(pk=row.public_id).notices)


def test_an_organisation_is_taken_in_with_its_first_manager(desk: Client, db: None) -> None:
    manager = create_person(email="manager@example.org", name="")
    address = "/admin/organizations/organization/add/"
    data = filled(desk, address, name="Новый дом", registration_country="KZ")
    data |= {"memberships-TOTAL_FORMS": "1", "memberships-0-user": manager.pk, "memberships-0-role": "manager"}
    assert desk.post(address, data).status_code == 302
    organization = Organization.objects.get(name="Новый дом")
    assert organization.slug == "novyy-dom"
    assert organization.memberships.get().user == manager


def test_content_is_not_deleted_here(desk: Client, db: None) -> None:
    row = scenarios.listing()
    for thing in (row, row.service, row.location, row.location.organization):
        assert desk.post(page_of(thing).replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert ServiceAtLocation.objects.exists()
    assert ServiceType.objects.exists()


def test_an_administrator_changes_how_long_a_word_about_places_counts(client: Client, db: None) -> None:
    client.force_login(create_person(email="a@example.org", name="", network_role="administrator", is_staff=True))
    row = CapacityClock.objects.get(pk="A")
    address = page_of(row)
    for days, status in (("31", 200), ("13", 200), ("20", 302)):
        answer = client.post(address, filled(client, address, valid_days=days))
        assert answer.status_code == status, days
    row.refresh_from_db()
    assert row.valid_days == 20
    event = CapacityClock.pgh_event_model.objects.order_by("-pgh_id").first()
    assert (event.code, event.valid_days) == ("A", 20)


def test_an_operator_who_edits_is_named_in_the_audit(desk: Client, operator: User, db: None) -> None:
    place = scenarios.place(scenarios.organization())
    add_member(actor=None, organization=place.organization, user=operator, role="reader")
    address = page_of(place)
    desk.post(address, filled(desk, address, city="Батуми"))
    event = Location.pgh_event_model.objects.order_by("-pgh_id").first()
    assert (event.city, event.pgh_context.metadata["user"]) == ("Батуми", operator.pk)
