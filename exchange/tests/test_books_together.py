"""Rows of a workbook are written together, and each is still refused alone, in words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.tests.shared import shared
from exchange.books import keeping
from exchange.tests.test_books import taken
from exchange.tests.test_books_back import SERVICES, WHERE, house, plan_of, put, rows_of
from services.models import Service, ServiceAtLocation
from verification.models import Review

pytestmark = pytest.mark.django_db
_ground, world = shared(house)


def test_one_row_that_the_database_refuses_keeps_no_other_from_being_written(world):
    second = world.add_listing(title="Юрист").service
    book = taken(world.editor)
    lines = {cell.value: cell.row for cell in book[SERVICES]["A"] if cell.row > 2}
    put(book, SERVICES, lines[world.service.public_id], age_from=40, age_to=20)
    put(book, SERVICES, lines[second.public_id], title="Юрист сегодня")
    kept = plan_of(world, book)
    found = rows_of(kept)
    refused, fine = (found["service", lines[one.public_id]] for one in (world.service, second))
    assert refused.verdict == "refused" and refused.faults[0]["cell"] and fine.verdict == "changed"
    keeping.apply(kept, world.editor)
    second.refresh_from_db()
    assert second.title == "Юрист сегодня" and Service.objects.get(pk=world.service.pk).age_from is None


def test_new_rows_of_which_one_is_there_twice_are_written_but_for_that_one(world):
    book = taken(world.editor)
    put(book, SERVICES, 4, id="новая", title="Консультация", types="Экспресс-тест на ВИЧ")
    for line in (4, 5):
        put(book, WHERE, line, service="новая", location=world.place.public_id, hours_1="10:00–12:00")
    kept = plan_of(world, book)
    keeping.apply(kept, world.editor)
    kept.refresh_from_db()
    found = rows_of(kept)
    assert [found["listing", line].verdict for line in (4, 5)] == ["new", "refused"] and found["listing", 5].faults
    made = ServiceAtLocation.objects.get(service__title="Консультация")
    assert made.public_id == found["listing", 4].public_id and made.version == found["listing", 4].after


def test_statements_of_an_import_and_of_its_undoing_do_not_grow_with_its_rows(world):
    counts = []
    for many in (1, 8):
        rows = [world.publish(world.add_listing(title=f"Услуга {many}-{number}")) for number in range(many)]
        book = taken(world.editor)
        lines = {cell.value: cell.row for cell in book[WHERE]["A"] if cell.row > 2}
        for row in rows:
            put(book, WHERE, lines[row.public_id], hours_5="10:00–14:00")
        kept = plan_of(world, book)
        for step in (keeping.apply, keeping.undo):
            with CaptureQueriesContext(connection) as asked:
                step(kept, world.editor)
            counts.append(len(asked))
            open_ones = Review.objects.open().filter(listing__in=rows).count()
            assert open_ones == (many if step is keeping.apply else 0)
            kept.refresh_from_db()
    assert counts[2] < counts[0] + 8 and counts[3] < counts[1] + 8, counts
