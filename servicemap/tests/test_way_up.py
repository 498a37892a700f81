"""The way up from a house that somebody already runs: nothing is lost, and every page says what it said."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from core import clock
from servicemap.tests.way_up import KEPT, PAGES, older_database, row_counts, said, told
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db
#: An hour of the day on which the demonstration was made, after everything in it.
THEN = dt.datetime(2026, 11, 27, 18, 0, tzinfo=dt.UTC)
SAID = json.loads((KEPT / "e14d82e.json").read_text(encoding="utf-8"))
#: What a migration may add to: the ledger of migrations itself, and names that Django keeps of models.
LEDGERS = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="module")
def came_up(django_db_setup, django_db_blocker):
    """A deployment's steps over the older database; the tables' rows before them."""
    with django_db_blocker.unblock(), older_database(KEPT / "e14d82e.sql.xz"):
        before = row_counts()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_vocabulary", verbosity=0)
        call_command("rebuild_directory", verbosity=0)
        yield before


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_every_page_says_what_it_said(came_up, page, language):
    with clock.travel(THEN):
        now = said(page.ask(Client(), language))
    assert now == told(SAID[f"{page.address} {language}"])


def test_no_row_is_lost(came_up):
    now = row_counts()
    assert {name: count for name, count in came_up.items() if name not in LEDGERS and now.get(name) != count} == {}


def test_the_directory_is_still_what_was_approved(came_up):
    with clock.travel(THEN):
        assert not compare()


def test_no_migration_is_left(came_up):
    call_command("migrate", check_unapplied=True, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")
        assert cursor.fetchone() == (0,)
