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
