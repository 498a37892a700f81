"""A list as people keep it: the workbook of an organisation with forty rows more, written by hand and in a hurry."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

HOUSE, ROWS, BAD = "Дом с балконом", 40, 10
#: (title, kinds, cost, languages, how one gets in): what is read in spite of its look.
READ = [
    ("Проверка у вокзала", "  экспресс-тест на вич ;", "бесплатно", "Русский;грузинский", "можно просто прийти"),
    ("Анализ крови на рынке", "Тест на гепатиты\u00a0B и C", "БЕСПЛАТНО ", "русский ; армянский", "Сначала позвоните"),
    (
        "Бумаги по вторникам",
        "Легализация: ВНЖ, РВП, патент;",
        "Бесплатно",
        "русский",
        "Сначала позвоните;Сначала напишите",
    ),
]
#: One cell of each says what we do not know; the word that mends the first of them is MENDED.
REFUSED = [
    ("Укол у рынка", "Анализ на всё", "Бесплатно", "русский", "Можно просто прийти"),
    ("Проверка за углом", "Экспресс-тест на ВИЧ", "даром", "русский", "Можно просто прийти"),
    ("Разговор по душам", "Экспресс-тест на ВИЧ", "Бесплатно", "эльфийский", "Сначала позвоните"),
    ("", "Экспресс-тест на ВИЧ", "Бесплатно", "русский", "Можно просто прийти"),
    ("=1+1", "Экспресс-тест на ВИЧ", "Бесплатно", "русский", "Можно просто прийти"),
]
MENDED = "Экспресс-тест на ВИЧ"
SAID = "Коротко: кого принимаем, что сделаем и что взять с собой."
WEEK = {"hours_0": "9-18", "hours_1": "с 9.00 до 13.00", "hours_2": "9:00 — 13:00; 14–18", "hours_6": "выходной"}


def write_messy(taken: Path, sent: Path) -> None:
    """Of the workbook that was taken, one that comes back with ROWS new services, the last BAD of them refused.

    Each has a line of hours at the organisation's first place; rows stand apart, cells have spaces.
    """
    book = load_workbook(taken)
    services, listings = book["Услуги"], book["Где и когда"]
    place = str(book["Места"].cell(3, 1).value)
    row, hours = services.max_row + 2, listings.max_row + 2  # an empty row between
    for number in range(ROWS):
        is_bad = number >= ROWS - BAD
        title, kinds, cost, languages, intake = (REFUSED if is_bad else READ)[number % (5 if is_bad else 3)]
        named = f"{title} {number + 1}" if title and title[0] != "=" else title
        ours = f"our-{number + 1}"
        cells = {
            "id": ours,
            "organization": f" {HOUSE} ",
            "title": named,
            "types": kinds,
            "cost": cost,
            "summary": SAID,
        }
        cells |= {"languages": languages, "intake": intake, "delivery": "на месте", "documents": "Документы не нужны"}
        _put(services, row + number, cells)
        _put(listings, hours + number, {"service": ours, "location": place, **WEEK})
    book.save(sent)


def _put(sheet: Worksheet, row: int, cells: dict[str, str]) -> None:
    codes = {cell.value: cell.column for cell in sheet[2]}
    for code, text in cells.items():
        sheet.cell(row, codes[code]).value = text
