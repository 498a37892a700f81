"""What people take to their own tools: whose rows, in which words, and what a spreadsheet makes of the cells."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from core.tests.shared import shared
from exchange.books.sheets.columns import sheets
from organizations.models import Location, Visibility
from organizations.tests.makers import make_contact, make_location, make_organization, make_user
from services.models import Service
from services.tests.makers import make_listing, make_service
from workspace.tests.world import make_world

pytestmark = pytest.mark.django_db
MINE, OTHERS = "/ru/workspace/excel/", "Услуга другого дома"


def two_houses():
    made = make_world()
    make_listing(make_service(made.other, title=OTHERS), make_location(made.other, name="Дверь другого дома"))
    make_contact(made.other, value="+995 32 222 33 44")
    return made


_ground, world = shared(two_houses)


def taken(user, path=MINE):
    client = Client()
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def rows(book, sheet):
    """{code: text} of each row below the hidden one."""
    page = book[str(sheet)]
    codes = [cell.value for cell in page[2]]
    return [
        dict(zip(codes, (cell.value for cell in row), strict=True))
        for row in page.iter_rows(min_row=3)
        if any(cell.value for cell in row)
    ]


def texts(book):
    return " ".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell)


def test_an_editor_takes_their_own_rows_in_words(world):
    book = taken(world.editor)
    assert book.sheetnames[:4] == ["Услуги", "Места", "Где и когда", "Контакты"]
    (service,) = rows(book, "Услуги")
    assert service["id"] == world.service.public_id
    assert service["title"] == "Тест на ВИЧ"
    assert service["organization"] == "Центр «Мост»"
    assert service["types"] == "Экспресс-тест на ВИЧ"
    (listing,) = rows(book, "Где и когда")
    assert (listing["service"], listing["location"]) == (world.service.public_id, world.place.public_id)
    assert (listing["hours_0"], listing["hours_6"]) == ("09:00–18:00", None)


def test_nobody_takes_rows_of_another_organisation(world):
    mine = texts(taken(world.editor))
    assert "Тест на ВИЧ" in mine
    assert OTHERS not in mine and "Дверь другого дома" not in mine and "222" not in mine


@pytest.mark.parametrize("path", [MINE, f"{MINE}empty/"])
def test_strangers_are_asked_to_log_in_and_readers_find_nothing(world, path):
    client = Client()
    answer = client.get(path)
    assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]
    client.force_login(make_user(world.organization, role="reader"))
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 405


def test_an_organisation_that_is_not_mine_does_not_exist(world):
    client = Client()
    client.force_login(world.editor)
    assert client.get(f"{MINE}?organization={world.other.slug}").status_code == 404
    assert client.get(f"{MINE}?organization={world.organization.slug}").status_code == 200
    client.force_login(make_user(world.other, role="reader"))
    assert client.get(MINE).status_code == 404


def test_an_administrator_takes_all_but_what_hides(world):
    hidden = make_location(world.other, name="Тайный приют", visibility=Visibility.ADMINISTRATORS)
    listing = make_listing(make_service(world.other, title="Ночлег"), hidden)
    make_contact(world.other, location=hidden, value="+995 32 255 66 77")
    make_service(world.other, title="Тихая услуга", visibility=Visibility.ADMINISTRATORS)
    administrator = make_user(make_organization(), network_role="administrator")
    book = taken(administrator)
    said = texts(book)
    assert OTHERS in said and "Дверь другого дома" in said
    assert "Тайный приют" not in said and "255" not in said and "Тихая услуга" not in said
    assert listing.public_id not in [row["id"] for row in rows(book, "Где и когда")]
    own = make_user(world.other, role="manager")
    mine = texts(taken(own))
    assert "Тайный приют" in mine and "Тихая услуга" in mine and listing.public_id in mine


def test_cells_are_text_and_no_formula(world):
    Service.objects.filter(pk=world.service.pk).update(title='=HYPERLINK("http://evil.example","x")')
    page = taken(world.editor)["Услуги"]
    (title,) = [cell for cell in page[3] if str(cell.value).startswith("=HYPERLINK")]
    assert title.data_type == "s" and title.quotePrefix
    assert title.number_format == "@"
    contacts = taken(world.editor)["Контакты"]
    (phone,) = [cell for cell in contacts[3] if str(cell.value).startswith("+")]
    assert phone.data_type == "s" and phone.number_format == "@"


def test_the_codes_are_hidden_the_id_is_locked_and_words_are_offered(world):
    book = taken(world.editor)
    page = book["Услуги"]
    assert page.row_dimensions[2].hidden
    assert page["A2"].value == "id" and page.protection.sheet
    assert page["A3"].protection.locked and not page["C3"].protection.locked
    assert page["A1"].comment and "*" in page["B1"].value
    lists = book["Слова на выбор"]
    offered = {}
    for rule in page.data_validations.dataValidation:
        (area,) = rule.sqref.ranges
        code = page.cell(2, area.min_col).value
        words = rule.formula1.split("!")[1].replace("$", "")
        offered[code] = [cell.value for (cell,) in lists[words]]
    assert "Экспресс-тест на ВИЧ" in offered["types"]
    assert "Бесплатно" in offered["cost"]
    assert offered["anonymous"] == ["да", "нет"]


def test_codes_are_said_in_words(world):
    Service.objects.filter(pk=world.service.pk).update(groups={"plhiv": "only", "msm": "all"}, languages=["ru", "ka"])
    (service,) = rows(taken(world.editor), "Услуги")
    parts = set(service["groups"].split("; "))
    assert parts == {
        "Мужчины, практикующие секс с мужчинами (МСМ)",
        "Люди, живущие с ВИЧ (ЛЖВ): Только эта группа",
    }
    assert service["languages"] == "русский; грузинский"


def test_the_empty_table_has_three_examples_in_the_language_of_the_person(world):
    with translation.override("ru"):
        found = sheets()
    book = taken(world.editor, f"{MINE}empty/")
    assert len(rows(book, found["service"].label)) == 3
    services, places = (
        {row["id"] for row in rows(book, name)} for name in (found["service"].label, found["location"].label)
    )
    for listing in rows(book, found["listing"].label):
        assert listing["service"] in services
        assert listing["location"] in {*places, None}
    assert taken(world.editor, "/en/workspace/excel/empty/").sheetnames[0] == "Services"


def test_how_many_rows_there_are_costs_no_query(world, django_assert_max_num_queries):
    for number in range(12):
        place = make_location(world.organization, name=f"Кабинет {number}")
        make_listing(make_service(world.organization, title=f"Услуга {number}"), place)
    assert Location.objects.filter(organization=world.organization).count() == 13
    with django_assert_max_num_queries(45):
        taken(world.editor)


def test_the_desk_offers_it(world):
    page = world.get("").content.decode()
    assert f"{MINE}?organization={world.organization.slug}" in page
