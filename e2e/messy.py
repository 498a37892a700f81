"""A list as people keep it: forty rows of forty hands, as an Excel file."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

HEAD = ("№ п/п", "Организация ", "Услуга", "Вид помощи", "Адрес", "Город", "Широта", "Долгота", "Тел.", "Часы работы",
        "Для кого", "Примечание")  # fmt: skip
KINDS = ("Анализ на ВИЧ", "Тест на ВИЧ", "юрист", "Психолог", "еда", "приют", "Ночлежка", "экспресс тест")
PHONES = ("+995 (32) 212-34-56", "032 2 12 34 57; 555 12 34 58", "8-800", "нет", "+995322123459 доб. 4", "")
HOURS = ("пн-пт 9-18", "10.00–17.00", "круглосуточно", "по записи", "Пн, Ср 14:00-16:00", "")
#: Which of the forty no hand could take: no name, a point in the sea, no kind that anybody knows.
NAMELESS, IN_THE_SEA = (7, 23), (12, 31)


def messy_list(path: Path) -> Path:
    book = Workbook()
    page = book.active
    page.title = "Лист1"
    page.append([*HEAD, None, "итого"])
    for number in range(1, 41):
        page.append(_row(number))
        if number % 13 == 0:
            page.append([None] * len(HEAD))  # a line of air
    page.append([None, None, None, None, None, None, None, None, None, None, None, "составила Нино, 12.03"])
    book.save(path)
    return path


def _row(number: int) -> list[object]:
    lat, lon = 41.70 + number / 1000, 44.79 + number / 1000
    if number in IN_THE_SEA:
        lat, lon = 0, 0
    return [
        number,
        "  Мост\u00a0" if number % 3 else "МОСТ",
        None if number in NAMELESS else f" Приём {number}\n",
        KINDS[number % len(KINDS)],
        f"ул. Руставели,{number} " if number % 4 else f"Руставели {number}",
        ("Тбилиси", "г. Тбилиси", " тбилиси")[number % 3],
        str(lat).replace(".", ",") if number % 2 else lat,
        lon,
        PHONES[number % len(PHONES)],
        HOURS[number % len(HOURS)],
        ("все", "мигранты", "ЛЖВ", "")[number % 4],
        "«кавычки» \t и табуляция" if number % 5 == 0 else None,
    ]
