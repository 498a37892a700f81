"""A question of which several answers may be ticked, as form services write it: one column for each answer."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import Workbook

from core.tests.shared import shared
from exchange.books import keeping as books
from exchange.books.sheets.lines import BookFault
from exchange.foreign import keeping, rows
from exchange.foreign.reading import MOST_COLUMNS, MOST_TICKED, read_list
from exchange.importing.reading.rows import MAIN
from workspace.tests.world import make_world

pytestmark = pytest.mark.django_db
_ground, world = shared(make_world)

HEAD = [
    "start", "a/Название", "a/Услуги", "a/Услуги/Анализ на ВИЧ", "a/Услуги/Юрист", "Языки/Русский", "Языки/Грузинский",
    "Есть пандус", "a/Сколько мест", "Город",
]  # fmt: skip
BODY = [
    ["2026-11-01", "Дом", "Анализ на ВИЧ Юрист", "1", "1", "1", "0", "1", "1", "Тбилиси"],
    ["2026-11-02", "Двор", "Юрист", "0", "1", "1", "1", "0", "0", "Батуми"],
    ["2026-11-03", "Сад", "", "", "", "", "", "1", "1", "Кутаиси"],
]


def table(head, body):
    return "\n".join(",".join(line) for line in [head, *body]).encode()


def read(head, body):
    data = table(head, body)
    with override("ru"):
        source = read_list("kobo.csv", io.BytesIO(data), len(data))
    return source.columns, [row.parts[MAIN] for row in source.rows]


def test_answers_that_were_ticked_are_one_column_beside_the_others():
    columns, lines = read(HEAD, BODY)
    assert columns == ("start", "a/Название", "a/Услуги", "Языки", "Есть пандус", "a/Сколько мест", "Город")
    assert [line.get("a/Услуги", "") for line in lines] == ["Анализ на ВИЧ; Юрист", "Юрист", ""]
    assert [line.get("Языки", "") for line in lines] == ["Русский", "Русский; Грузинский", ""]
    assert [line["Есть пандус"] for line in lines] == ["1", "0", "1"]


@pytest.mark.parametrize("yes, no", [("True", "False"), ("TRUE", "FALSE"), ("1.0", "0.0"), ("ИСТИНА", "ЛОЖЬ")])
def test_other_words_for_yes_and_no(yes, no):
    columns, lines = read(["Имя", "В/Тест", "В/Юрист"], [["Дом", yes, no], ["Двор", no, yes]])
    assert columns == ("Имя", "В") and [line["В"] for line in lines] == ["Тест", "Юрист"]


@pytest.mark.parametrize(
    "head, body",
    [
        (["Имя", "В/Тест"], [["Дом", "1"], ["Двор", "0"]]),  # a lone answer without its question
        (["Имя", "В/Тест", "В/Юрист"], [["Дом", "1", "3"], ["Двор", "0", "1"]]),  # numbers
        (["В/Имя", "В/Тест", "В/Юрист"], [["Дом", "1", "0"], ["Двор", "0", "1"]]),  # questions of one page
        (["Имя", "Чай / кофе", "Чай / сок"], [["Дом", "1", "0"]]),  # a stroke between words
        (["Имя", "Вход/Пандус", "Вход/Лифт"], [["Дом", "yes", "no"]]),  # questions with an answer in words
        (["Имя", "Телефон", "Телефон/WhatsApp"], [["Дом", "+995 32 200 00 13", "1"], ["Двор", "", "0"]]),
        (["Имя", "Адрес", "Адрес/скрыть"], [["Дом", "Садовая 7", "yes"], ["Двор", "Садовая 9", "no"]]),
    ],
    ids=["lone", "numbers", "page", "words", "said", "a phone and a mark", "an address and a wish"],
)
def test_what_is_no_question_stays_as_it_is(head, body):
    columns, lines = read(head, body)
    assert columns == tuple(head) and list(lines[0].values()) == body[0]


def test_the_column_of_the_question_decides_with_one_answer_and_with_strokes_in_answers():
    columns, lines = read(["Имя", "В", "В/Дом/двор"], [["А", "Дом/двор", "1"], ["Б", "", "0"]])
    assert columns == ("Имя", "В") and [line.get("В", "") for line in lines] == ["Дом/двор", ""]
    columns, lines = read(["Имя", "В/Еда; вода", "В/Кров"], [["А", "1", "1"]])
    assert columns == ("Имя", "В") and lines[0]["В"] == "Еда, вода; Кров"


def test_a_workbook_with_true_and_false():
    book = Workbook()
    for line in (["Имя", "В", "В/Тест", "В/Юрист"], ["Дом", "Тест", True, False], ["Двор", "Тест Юрист", True, True]):
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    source = read_list("kobo.xlsx", file, len(file.getvalue()))
    assert [row.parts[MAIN]["В"] for row in source.rows] == ["Тест", "Тест; Юрист"]


def test_many_answers_of_one_question_are_one_column_of_those_that_are_counted():
    head = ["Имя", *(f"В/{number}" for number in range(MOST_COLUMNS))]
    columns, _lines = read(head, [["Дом", *("01"[number % 2] for number in range(MOST_COLUMNS))]])
    assert columns == ("Имя", "В")


def test_a_head_without_end_is_refused_before_anybody_looks_for_questions():
    head = ["Имя", *(f"В/{number}" for number in range(MOST_TICKED))]
    with pytest.raises(BookFault, match="1001"):
        read(head, [["Дом", *("1" for _number in range(MOST_TICKED))]])


def test_they_are_matched_like_a_cell_with_several_answers(world):
    data = table(HEAD, BODY)
    page, client = "/ru/workspace/excel/foreign/", world.client(world.editor)
    sent = {"file": SimpleUploadedFile("kobo.csv", data), "organization": world.organization.public_id}
    match = client.post(page, sent)["Location"]
    shown = client.get(match).content.decode()
    assert "a/Услуги/Юрист" not in shown and "Языки/Русский" not in shown and "Анализ на ВИЧ; Юрист" in shown
    assert "Здесь собраны 2 столбца с отмеченными ответами." in shown
    with override("ru"):
        kept = keeping.take_in(world.editor, world.organization, "kobo.csv", io.BytesIO(data), len(data))
        choices = rows.choices_of(kept)
        assert choices.columns["a/Услуги"] == "service.types" and choices.columns["Языки"] == "service.languages"
        assert choices.values["service.types"] == {"Анализ на ВИЧ": "hiv_rapid_test"}
        assert choices.values["service.languages"] == {"Русский": "ru", "Грузинский": "ka"}
        choices.values["service.types"] |= {"Юрист": "asylum_protection", "Анализ на ВИЧ": "hiv_rapid_test"}
        choices = keeping.choose(kept, choices)
        entries = books.entries_of(keeping.plan(kept))
    made = {entry.name: entry.fields for entry in entries if entry.sheet == "service" and entry.verdict == "new"}
    assert set(made["Дом"]["types"]) == {"hiv_rapid_test", "asylum_protection"}
    assert made["Двор"]["languages"] == ["ru", "ka"]
    client.post(match, {"show": ""})
    assert "Здесь собраны 2 столбца с отмеченными ответами." in client.get(match).content.decode(), (
        "it is said after a choice, too"
    )
