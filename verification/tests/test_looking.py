"""The worker looks at a listing while somebody edits it: no fingerprint outlives what it was made of."""

import threading

import pytest
from django.db import connections

from verification import editing
from verification.coordination.alike import finding
from verification.coordination.alike.finding import look
from verification.coordination.alike.sketches import basis_of, sketches_of
from verification.models import Fingerprint
from verification.tests import scenarios

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 2


@pytest.fixture
def row():
    return scenarios.published()


def in_between(row):
    """Somebody gives the listing another name, in a thread and a connection of their own."""

    def edit():
        service = row.service
        editing.update_service(actor=None, service=service, expected_version=service.version, title="Аптека")
        connections.close_all()

    thread = threading.Thread(target=edit)
    thread.start()
    return thread


def is_true(row):
    """Whether the fingerprint, where there is one, is that of the listing as it is now."""
    found = Fingerprint.objects.filter(listing=row).first()
    return found is None or found.basis == basis_of(sketches_of([row.pk])[row.pk])


def test_an_edit_that_comes_between_reading_and_writing(row, monkeypatch):
    threads = []

    def read(keys):
        found = sketches_of(keys)
        if not threads:
            threads.append(in_between(row))
            threads[0].join(PATIENCE)
        return found

    monkeypatch.setattr(finding, "sketches_of", read)
    assert look() == 1
    threads[0].join(PATIENCE)
    assert not threads[0].is_alive() and is_true(row)
    assert look() == 1 and is_true(row)


def test_an_edit_that_is_written_and_not_committed_yet_is_left_for_the_next_round(row, monkeypatch):
    written, looked, narrow = threading.Event(), threading.Event(), editing.let_narrow

    def wait(**given):
        written.set()
        looked.wait(PATIENCE)
        return narrow(**given)

    monkeypatch.setattr(editing, "let_narrow", wait)
    thread = in_between(row)
    assert written.wait(PATIENCE)
    assert look() == 0
    looked.set()
    thread.join(PATIENCE)
    assert not thread.is_alive() and is_true(row)
    assert look() == 1 and is_true(row)
