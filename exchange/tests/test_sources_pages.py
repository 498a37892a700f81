"""The pages of other directories: who sees which, what a press does, what a wrong file is told."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from directory.tables.listings import MemberListing
from exchange.sources import working
from exchange.sources.models import ForeignSource
from exchange.tests.directories import OLD, zipped
from organizations.tests.makers import make_user
from reading.hsds.ids import uuid_of
from workspace.tests.world import make_world

pytestmark = pytest.mark.django_db
LIST = "/ru/workspace/directories/"
FIELDS = {"title": "Каталог соседей", "country": "GE", "language": "en", "every": "7", "address": ""}


def package() -> SimpleUploadedFile:
    return SimpleUploadedFile("hsds.zip", zipped(OLD).getvalue())


@pytest.fixture
def georgia(client):
    client.force_login(make_user(network_role="coordinator", countries=["GE"]))
    return client


def page_of(client) -> str:
    return client.get(f"{LIST}{ForeignSource.objects.get().public_id}/").content.decode()


def press(client, what: str, **fields: object):
    return client.post(f"{LIST}{ForeignSource.objects.get().public_id}/{what}/", fields)


def test_a_package_goes_to_the_map_of_members_and_back(georgia):
    assert georgia.post(LIST, {**FIELDS, "file": package()}).status_code == 302
    source = ForeignSource.objects.get()
    assert "data-progress" in page_of(georgia), "the worker has not begun"
    working.work(source.readings.get().pk)
    assert "HIV testing" in page_of(georgia) and "Testing" in page_of(georgia)
    press(georgia, "terms", **{"key-0": "Theirs|t1", "term-0": "types.hiv_rapid_test"})
    working.work(source.readings.get().pk)
    press(georgia, "apply")
    working.work(source.readings.get().pk)
    assert MemberListing.objects.get().level == 0
    assert "Отменить это чтение" in page_of(georgia)
    press(georgia, "undo")
    working.work(source.readings.get().pk)
    assert not MemberListing.objects.exists() and "Это чтение отменено" in page_of(georgia)


def test_a_directory_that_was_added_by_mistake_leaves_the_list_unless_something_came_from_it(georgia):
    georgia.post(LIST, {**FIELDS, "file": package()})
    assert press(georgia, "remove").status_code == 302 and ForeignSource.objects.exists(), "it is being read"
    working.work(ForeignSource.objects.get().readings.get().pk)
    press(georgia, "terms", **{"key-0": "Theirs|t1", "term-0": "types.hiv_rapid_test"})
    working.work(ForeignSource.objects.get().readings.get().pk)
    shown = page_of(georgia)
    assert "Убрать каталог из списка" in shown
    assert all(word in shown for word in ("виды услуг", "Экспресс-тест на ВИЧ")), "what a new one would be"
    georgia.post(f"{LIST}{ForeignSource.objects.get().public_id}/remove/")
    assert not ForeignSource.objects.exists()
    georgia.post(LIST, {**FIELDS, "file": package()})
    working.work(ForeignSource.objects.get().readings.get().pk)
    press(georgia, "terms", **{"key-0": "Theirs|t1", "term-0": "types.hiv_rapid_test"})
    working.work(ForeignSource.objects.get().readings.get().pk)
    press(georgia, "apply")
    working.work(ForeignSource.objects.get().readings.get().pk)
    assert "Убрать каталог из списка" not in page_of(georgia)
    press(georgia, "remove")
    assert ForeignSource.objects.exists() and MemberListing.objects.exists()


def test_our_own_services_do_not_come_in_twice(georgia):
    """As our own package, and as another directory has them of us."""
    world = make_world()
    known = uuid_of("service_at_location", world.listing.public_id)
    tables = {**OLD, "service_at_location.csv": f"id,service_id,location_id\n{known},1,l1\n"}
    georgia.post(LIST, {**FIELDS, "file": SimpleUploadedFile("hsds.zip", zipped(tables).getvalue())})
    working.work(ForeignSource.objects.get().readings.get().pk)
    assert "Это услуга этой же карты." in page_of(georgia)
    assert "Переносить нечего" in page_of(georgia) and "/apply/" not in page_of(georgia)
    assert ForeignSource.objects.get().readings.get().counts.get("created", 0) == 0


@pytest.mark.parametrize(("change", "said"), [
    ({}, "Напишите адрес или выберите пакет"),
    ({"address": "https://directory.example/hsds/"}, "READS_DIRECTORIES"),
    ({"file": SimpleUploadedFile("x.zip", b"no zip")}, "Это не пакет HSDS"),
    ({"country": "KZ", "file": SimpleUploadedFile("x.zip", b"x")}, "KZ"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(georgia, change, said):
    answer = georgia.post(LIST, {**FIELDS, **change})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not ForeignSource.objects.exists()


def test_a_directory_is_seen_by_coordinators_of_its_country(client, georgia):
    georgia.post(LIST, {**FIELDS, "file": package()})
    address = f"{LIST}{ForeignSource.objects.get().public_id}/"
    for role, countries, status in (
        ("coordinator", ["KZ"], 404), ("coordinator", [], 200), ("administrator", [], 200), ("verifier", [], 404),
    ):  # fmt: skip
        client.force_login(make_user(network_role=role, countries=countries))
        assert client.get(address).status_code == status
        assert client.post(f"{address}apply/").status_code == (404 if status == 404 else 302)


@pytest.mark.django_db(transaction=True)
def test_the_command_says_and_does_the_same(tmp_path, capsys):
    file = tmp_path / "hsds.zip"
    file.write_bytes(zipped(OLD).getvalue())
    given = {"package": file, "country": "GE", "language": "en"}
    call_command("read_directory", "Neighbours", **given)
    assert "Testing" in capsys.readouterr().out and not MemberListing.objects.exists()
    call_command("read_directory", "Neighbours", term=["Theirs|t1=types.hiv_rapid_test"], apply=True, **given)
    assert MemberListing.objects.count() == 1
    call_command("read_directory", "Neighbours", undo=True)
    assert not MemberListing.objects.exists()
