"""Of an answer the name of its route, its status and the hour are counted, and nothing else."""

import datetime as dt

from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from core import clock
from servicemap.web.answering import AnswersMiddleware
from usage import files, tally

NOON = dt.datetime(2026, 11, 3, 12, 5, tzinfo=dt.UTC)


def test_nothing_of_the_address_is_counted(tmp_path, settings):
    """The name of the route stands for every place; what stands in the address, and who asked, nowhere."""
    settings.USAGE_DIR = str(tmp_path / "usage")
    tally.forget()
    request = RequestFactory().get("/ru/places/kanareika/?q=taina", REMOTE_ADDR="203.0.113.9")
    request.resolver_match = resolve("/ru/places/kanareika/")
    with clock.travel(NOON):
        AnswersMiddleware(lambda _request: HttpResponse(status=404))(request)
        AnswersMiddleware(lambda _request: HttpResponse(status=404))(RequestFactory().get("/taina/"))
        tally.write_now()
        cells = dict(files.read(NOON.date(), NOON.date()))
    tally.forget()
    assert {cell.code for cell in cells} == {"12 404 maps:place", "12 404 "}
    assert {cell.country for cell in cells} == {""}


def test_what_a_client_asks_for_is_counted_by_what_came_of_it(tmp_path, settings, client, db):
    settings.USAGE_DIR = str(tmp_path / "usage")
    tally.forget()
    with clock.travel(NOON):
        client.get("/healthz")
        client.get("/nirgends/")
        tally.write_now()
        codes = {cell.code for cell, _count in files.read(NOON.date(), NOON.date())}
    tally.forget()
    assert codes == {"12 200 healthz", "12 404 "}
