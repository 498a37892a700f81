"""Screens of learning: every page for whoever may open it, every press, bad input, and what everybody reads."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.tests.shared import shared
from core.tests.test_icalendar import read
from network.learning import services as learning
from network.learning.models import Certificate, Enrolment, Material, OfferState, ResourceCentre, Training
from network.learning.tests.makers import School
from organizations.models import LocationType, MembershipRole
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 18, 9, tzinfo=dt.UTC)
ROOT = "/ru/workspace/network/learning/"
MATERIAL = {
    "title": "Как слушать",
    "kind": "guide",
    "language": "ru",
    "topics": ["psychosocial"],
    "link": "https://example.org/a",
}
TRAINING = {
    "title": "Первая помощь",
    "topics": ["first_aid"],
    "starts_on": "2026-11-02",
    "starts_time": "10:00",
    "ends_on": "2026-11-02",
    "ends_time": "13:00",
    "timezone": "Asia/Tbilisi",
    "country": "GE",
    "city": "Тбилиси",
    "place": "улица Тихая, 5",
    "language": "ru",
    "places": "3",
    "is_public": "on",
}


def _school():
    with clock.travel(NOW):
        school = School()
        scenarios.place(school.house)
        return school


_ground, made = shared(_school, name="made")


@pytest.fixture
def school(made):
    with clock.travel(NOW):
        yield made


def content_of(response):
    """Read to its end: the file is closed then."""
    return b"".join(response.streaming_content)


def as_(client, user):
    client.force_login(user)
    return client


# long: one journey, page by page
def test_a_material_is_offered_approved_read_and_changed(client, school):
    as_(client, school.teacher)
    assert client.get(f"{ROOT}materials/new/").status_code == 200
    wrong = client.post(f"{ROOT}materials/new/", MATERIAL | {"topics": [], "link": "javascript:alert(1)"})
    assert wrong.status_code == 422 and set(wrong.context["form"].errors) == {"topics", "link"}
    nothing = client.post(f"{ROOT}materials/new/", MATERIAL | {"link": ""})
    assert nothing.status_code == 422 and "link" in nothing.context["form"].errors
    made = client.post(f"{ROOT}materials/new/", MATERIAL | {"is_public": "on"})
    row = Material.objects.get()
    assert made.url.endswith(f"{row.public_id}/") and row.offered_by == school.teacher
    as_(client, school.manager)
    assert client.get(made.url).status_code == 404, "nobody else sees what waits"
    as_(client, school.boss)
    assert "Принять" in client.get(made.url).content.decode()
    client.post(f"{made.url}press/", {"step": "give_back", "reason": "Откуда это?", "version": row.version})
    row.refresh_from_db()
    assert row.state == OfferState.RETURNED
    as_(client, school.teacher)
    assert "Откуда это?" in client.get(made.url).content.decode()
    page = client.get(f"{made.url}edit/")
    assert page.context["form"]["title"].value() == "Как слушать"
    client.post(
        f"{made.url}edit/", MATERIAL | {"title": "Как слушать людей", "is_public": "on", "version": row.version}
    )
    row.refresh_from_db()
    as_(client, school.boss)
    client.post(f"{made.url}press/", {"step": "approve", "version": row.version})
    row.refresh_from_db()
    assert row.is_open
    as_(client, school.reader)
    assert "Как слушать людей" in client.get(ROOT).content.decode()
    client.logout()
    assert "Как слушать людей" in client.get("/ru/learning/").content.decode()


def test_a_stale_write_loses_nothing(client, school):
    row = school.material()
    as_(client, school.teacher)
    url = f"{ROOT}materials/{row.public_id}/edit/"
    learning.offer_material(
        actor=school.teacher, organization=school.house, material=row, fields={"title": "Другое", "topics": row.topics}
    )
    page = client.post(url, MATERIAL | {"version": 1, "title": "Третье"})
    assert page.status_code == 422 and page.context["form"].conflicts == {"title": "Другое"}


def test_filters_and_words(client, school):
    school.material(title="Налоксон дома", topics=["naloxone"], kind="video", country="GE")
    school.material(title="Слушать и слышать", topics=["psychosocial"], country="", title_en="To listen")
    as_(client, school.reader)
    for query, found in [
        ("", 2), ("topic=naloxone", 1), ("kind=video", 1), ("country=GE", 2), ("q=налоксона", 1), ("q=listen", 1),
        ("q=психосоциальная", 1), ("q=ничего", 0), ("topic=xx&kind=yy&language=zz&country=QQ", 2), ("q=%00", 2),
        ("show=ours", 0), ("show=waiting", 0), ("show=xx", 2),
    ]:  # fmt: skip
        assert len(client.get(f"{ROOT}?{query}").context["materials"]) == found, query
    client.logout()
    for query, found in [("topic=naloxone", 1), ("q=слышать", 1), ("q=ничего", 0), ("kind=nonsense", 2)]:
        assert len(client.get(f"/ru/learning/?{query}").context["materials"]) == found, query


def test_files_are_for_everybody_only_when_the_material_is(client, school, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    as_(client, school.teacher)
    paper = SimpleUploadedFile(
        "памятка.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    client.post(f"{ROOT}materials/new/", MATERIAL | {"link": "", "file": paper})
    row = Material.objects.get()
    assert row.file_name == "памятка.pdf"
    own, door = f"{ROOT}materials/{row.public_id}/file/", f"/ru/learning/files/{row.public_id}/"
    assert content_of(client.get(own)).startswith(b"%PDF")
    client.logout()
    assert client.get(door).status_code == 404
    Material.objects.update(is_public=True)
    assert client.get(door).status_code == 404, "nobody has approved it"
    school.approved(Material.objects.get())
    kept = client.get(door)
    assert content_of(kept).startswith(b"%PDF") and kept["X-Content-Type-Options"] == "nosniff"
    assert kept["Content-Disposition"].startswith("attachment") and "sandbox" in kept["Content-Security-Policy"]
    assert client.get(own).status_code == 302


# long: one journey, page by page
def test_a_training_by_its_pages(client, school):
    as_(client, school.teacher)
    wrong = client.post(f"{ROOT}trainings/new/", TRAINING | {"ends_time": "09:00", "city": ""})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) & {"ends_on", "city"}
    past = client.post(f"{ROOT}trainings/new/", TRAINING | {"starts_on": "2020-01-01"})
    assert past.status_code == 422 and "starts_on" in past.context["form"].errors
    made = client.post(f"{ROOT}trainings/new/", TRAINING)
    row = Training.objects.get()
    url = f"{ROOT}trainings/{row.public_id}/"
    assert made.url == url and row.starts_at == dt.datetime(2026, 11, 2, 6, tzinfo=dt.UTC)
    assert as_(client, school.reader).get(url).status_code == 404
    as_(client, school.boss).post(f"{url}press/", {"step": "approve", "version": row.version})

    as_(client, school.reader)
    page = client.get(url)
    assert "улица Тихая" not in page.content.decode(), "the address is for those who come"
    refused = client.post(f"{url}press/", {"step": "ask", "who": "g:nothing"})
    assert refused.status_code == 422
    client.post(f"{url}press/", {"step": "ask", "who": f"me:{school.other.slug}"})
    own = Enrolment.objects.get()
    as_(client, school.manager).post(f"{url}press/", {"step": "ask", "who": f"g:{school.other.slug}", "people": "2"})
    group = Enrolment.objects.get(is_group=True)
    as_(client, school.teacher)
    for one in (own, group):
        client.post(f"{url}press/", {"step": "invite", "enrolment": one.public_id})
    full = client.post(f"{url}press/", {"step": "invite_other", "organization": school.house.slug, "people": "1"})
    assert full.status_code == 422, "all places are taken"
    as_(client, school.reader).post(f"{url}press/", {"step": "accept", "enrolment": own.public_id})
    as_(client, school.manager).post(f"{url}press/", {"step": "accept", "enrolment": group.public_id})
    assert "улица Тихая" in as_(client, school.reader).get(url).content.decode()

    with clock.travel(row.ends_at + dt.timedelta(hours=1)):
        as_(client, school.teacher)
        client.post(f"{url}press/", {"step": "came", "enrolment": own.public_id})
        client.post(f"{url}press/", {"step": "came", "enrolment": group.public_id, "came": "99"})
        client.post(f"{url}press/", {"step": "came", "enrolment": group.public_id, "came": "x"})
        client.post(f"{url}press/", {"step": "came", "enrolment": group.public_id, "came": "1"})
        client.post(f"{url}press/", {"step": "complete"})
        numbers = set(Certificate.objects.values_list("number", flat=True))
        assert len(numbers) == 2
        client.get(url)
        own_number = own.certificates.get().number
        stranger = scenarios.person(scenarios.organization("Третьи"), MembershipRole.MANAGER)
        for user, status in [(school.reader, 200), (school.manager, 200), (school.teacher, 200), (stranger, 404)]:
            page = as_(client, user).get(f"{ROOT}certificates/{own_number}/")
            assert page.status_code == status
        trained = as_(client, stranger).get(f"{ROOT}trained/")
        assert "Ученики" in trained.content.decode() and not trained.context["people"]
        assert as_(client, school.manager).get(f"{ROOT}trained/?topic=first_aid").context["people"]
    with clock.travel(row.ends_at + dt.timedelta(days=15)):
        as_(client, school.reader)
        assert "Три вопроса" in client.get("/ru/workspace/").content.decode()
        after = f"{ROOT}after/{own.public_id}/"
        assert client.get(after).status_code == 200
        assert client.post(after, {"used": "often"}).status_code == 422
        said = {"used": "often", "missing": "nothing", "changed": "listing"}
        assert client.post(after, said).status_code == 302
        assert "Три вопроса" not in client.get("/ru/workspace/").content.decode()
    with clock.travel(row.ends_at + dt.timedelta(days=800)):
        assert "закончились удостоверения" in as_(client, school.manager).get("/ru/workspace/").content.decode()


def test_calendars_are_files_that_calendars_read(client, school):
    hidden = school.training(is_public=False, title="Только свои")
    shown = school.training(title="Для всех")
    text = client.get("/ru/learning/calendar.ics").content.decode()
    lines = read(text)
    assert f"UID:{shown.public_id}@testserver" in lines and "LOCATION:Тбилиси\\, Грузия" in lines
    assert "Только свои" not in text and "Тихая" not in text
    as_(client, school.reader)
    own = client.get(f"{ROOT}trainings/calendar.ics")
    assert own["Content-Type"].startswith("text/calendar")
    assert {f"UID:{one.public_id}@testserver" for one in (hidden, shown)} <= set(read(own.content.decode()))
    one = f"{ROOT}trainings/{shown.public_id}/training.ics"
    assert "Тихая" not in client.get(one).content.decode()
    assert "Тихая" in as_(client, school.teacher).get(one).content.decode()
    learning.call_off(actor=school.teacher, training=shown)
    assert "STATUS:CANCELLED" in client.get("/ru/learning/calendar.ics").content.decode()


def test_who_owns_it_is_named_only_while_everybody_may_read_of_them(client, school):
    school.material()
    assert "Школа" not in client.get("/ru/learning/").content.decode()
    scenarios.published(scenarios.place(school.house), method="call")
    assert "Школа" in client.get("/ru/learning/").content.decode()


def test_a_resource_centre_by_its_pages(client, school):
    place = scenarios.place(school.house, type=LocationType.RESOURCE, name="Центр на углу")
    listing = scenarios.published(place, method="call")
    as_(client, school.teacher)
    assert "Центр на углу" in client.get(f"{ROOT}centres/").content.decode()
    url = f"{ROOT}centres/{place.public_id}/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"rooms": "", "seats": "0"}).status_code == 422
    client.post(url, {"rooms": "Зал и кухня", "seats": "20", "topics": ["first_aid"]})
    row = ResourceCentre.objects.get()
    assert as_(client, school.manager).get(url).status_code == 404
    as_(client, school.boss).post(f"{url}press/", {"step": "approve", "version": row.version})
    client.logout()
    page = client.get(reverse("maps:place", args=[place.public_id])).content.decode()
    assert "Зал и кухня" in page and "Первая помощь" in page
    found = client.get("/api/v1/listings/?place_kind=resource").json()
    assert [one["id"] for one in found["results"]] == [listing.public_id]
    assert client.get("/api/v1/listings/?place_kind=office").status_code == 400


def test_who_keeps_the_list_is_changed_on_the_page(client, school):
    row = school.training()
    colleague = scenarios.person(school.house)
    as_(client, school.teacher)
    url = f"{ROOT}trainings/{row.public_id}/"
    page = client.get(url)
    assert colleague in page.context["colleagues"] and "remove_trainer" not in page.content.decode()
    client.post(f"{url}press/", {"step": "add_trainer", "person": colleague.pk})
    page = client.get(url)
    assert page.context["trainers"] == [school.teacher, colleague] and colleague not in page.context["colleagues"]
    assert "remove_trainer" in page.content.decode()
    client.post(f"{url}press/", {"step": "remove_trainer", "person": colleague.pk})
    client.post(f"{url}press/", {"step": "remove_trainer", "person": school.teacher.pk})
    assert client.get(url).context["trainers"] == [school.teacher], "somebody keeps it"
    assert client.get(url).content.decode().count("<details") > 0
    as_(client, school.manager)
    assert client.get(url).context["colleagues"] == []


@pytest.mark.parametrize(
    "step", ["", "approve", "end", "invite", "accept", "came", "complete", "call_off", "add_trainer"]
)
def test_a_press_without_its_words_is_told_and_breaks_nothing(client, school, step):
    row = school.training()
    as_(client, school.reader)
    url = f"{ROOT}trainings/{row.public_id}/press/"
    sent = {"step": step, "enrolment": "x", "came": "x", "person": "x", "version": "x"}
    assert client.post(url, sent).status_code == 302
    row.refresh_from_db()
    assert row.is_open and row.cancelled_at is None
