"""For every test of the house: no connection leaves this machine."""

import datetime as dt
import gc
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from tools.local.network_file import current

#: Made and not yet forgotten before the collector looks; 700 by default, which a page passes many times over.
OBJECTS_BETWEEN_COLLECTIONS = 50_000
LOOPBACK = ("127.", "::1", "localhost")


#: Lines of tests that share something which takes long to make: the journeys a served network with its browser, the
#: guards their world, those of the demonstration the network itself, those of the way up the older database. What only
#: looks at pages is a line of its own, beside the journeys. The longest first.
TOGETHER = (
    ("e2e/",),
    ("servicemap/tests/guards/",),
    ("e2e/reading/test_pages.py", "e2e/reading/test_directions.py"),
    ("demonstration/tests/test_demo.py",),
    ("servicemap/tests/test_way_up.py",),
)
#: Modules that take long: begun late, one of them would keep a worker busy when the others have ended.
LONG = (
    "verification/tests/test_state_machine.py",
    "servicemap/tests/test_killed_worker.py",
    "simulation/tests/test_network_weeks.py",
    "servicemap/tests/test_circles.py",
    "telegram/tests/test_letters.py",
    "servicemap/tests/faces/test_face.py",
    "verification/tests/test_together.py",
    "servicemap/tests/test_released.py",
)
_LINES = [line[0] for line in TOGETHER] + list(LONG)


def line_of(nodeid: str) -> str:
    """What one worker takes as a whole: a line of TOGETHER, or a module, whose ground is made once then."""
    module = nodeid.partition("::")[0]
    fitting = [(start, line[0]) for line in TOGETHER for start in line if module.startswith(start)]
    return max(fitting, default=("", module), key=lambda pair: len(pair[0]))[1]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> Any:
    """Lines by the scheduler, in the order of the collection, which is ours.

    The mark `xdist_group` does nothing here: pytest-xdist 3.8 writes the group into a field of the test that pytest 9.2
    does not read any more.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return line_of(nodeid)

    config.option.loadscopereorder = False
    return Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest lines first, so that the workers end together."""
    place = {line: number for number, line in enumerate(_LINES)}
    items.sort(key=lambda item: place.get(line_of(item.nodeid), len(place)))
    _leave_out_what_needs_the_first_network(items)
    _give_the_database_to_whoever_stands_on_it(items)


def _give_the_database_to_whoever_stands_on_it(items: list[pytest.Item]) -> None:
    """pytest-django makes the database only for marks and for `db` by name. Alone, a module whose fixtures fill the
    database, and whose tests name neither, would meet one without tables."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "django_db_setup" in names and not {"db", "transactional_db"} & set(names):
            item.add_marker(pytest.mark.django_db)


def _leave_out_what_needs_the_first_network(items: list[pytest.Item]) -> None:
    """With another network's file, what asks for words, places or the source of the first one is left out, and why."""
    for item in items:
        for marked in item.iter_markers("first_network"):
            if not marked.args:
                raise pytest.UsageError(f"{item.nodeid}: say why it needs the first network")
            if not current().is_first:
                item.add_marker(pytest.mark.skip(reason=marked.args[0]))


def pytest_sessionfinish(session: Any) -> None:
    """What the workers shared goes with the run."""
    if not hasattr(session.config, "workerinput"):
        from demonstration.tests import ready

        ready.forget()


def pytest_collection_finish(session: Any) -> None:
    """What was imported and collected stays for the whole run: the collector need not walk through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])


class LeftTheMachine(AssertionError):
    """A test tried to reach the network; a visitor's address or words could travel the same way."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(connect: Any) -> Any:
    def only_here(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise LeftTheMachine(f"to {address}")
        return connect(self, address)

    return only_here


class JoinedLock(AssertionError):
    """A row was locked together with what is joined to it. Whoever waits for the lock gets the row as it is now, but
    joined to what stood there before the waiting: a snapshot that was published meanwhile is missing. Lock, then read.
    """


@pytest.fixture(autouse=True, scope="session")
def locks_without_joins() -> Iterator[None]:
    from django.db.models.sql.compiler import SQLCompiler

    as_sql = SQLCompiler.as_sql

    def watched(self: SQLCompiler, *arguments: Any, **named: Any) -> Any:
        if self.query.select_for_update and self.query.select_related:
            raise JoinedLock(str(self.query.model))
        return as_sql(self, *arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "as_sql", watched)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Every test database has the vocabulary, as every real one has, and keeps what migrations wrote."""
    from servicemap.tests.ground import lay_ground

    with django_db_blocker.unblock():
        return lay_ground()


@pytest.fixture(autouse=True, scope="session")
def second_steps() -> Iterator[None]:
    """Whoever works with a second step only has one, as at a real sign-in; a test may take it off."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.test import Client

    log_in = Client.force_login

    def force_login(self: Client, user: Any, backend: str | None = None) -> None:
        if user.is_superuser or user.is_staff or user.network_role in settings.MFA_REQUIRED_ROLES:
            Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": "none"}})
        log_in(self, user, backend)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", force_login)
        yield


@pytest.fixture(autouse=True)
def patient_sessions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who travels through years stays signed in, but in the tests of sessions and of what is forgotten themselves."""
    if not any(name in request.node.nodeid for name in ("test_sessions", "test_retention", "test_rights", "e2e/")):
        for name in ("IDLE", "LONGEST"):
            monkeypatch.setattr(f"accounts.entering.sessions.{name}", dt.timedelta(days=10_000))


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Each test has a database of its own, which the answers and counters kept in memory would not know."""
    from django.core.cache import cache

    from reading import kept
    from reading.booklets import files

    yield
    kept.forget()
    files.forget_how_many()
    cache.clear()


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    """Every test begins in Russian, whatever language the one before it left behind."""
    with translation.override("ru"):
        yield
