"""The page «Здоровье»: each figure as a state with what to do, for administrators alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from core import clock
from directory.tests.factories import publish
from messaging.models import Message
from messaging.silence import note_round
from messaging.tests.makers import make_correspondent, make_message
from organizations.tests.makers import make_user
from workspace.health.figures import Vitals, ask
from workspace.health.states import states

NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
PAGE = "/ru/workspace/health/"


def ago(**long: float) -> dt.datetime:
    return NOW - dt.timedelta(**long)


#: A server on a good day.
WELL = Vitals(
    at=NOW, round_at=ago(minutes=2), beat_at=ago(seconds=9), revision=7, changed_at=ago(hours=5),
    listings={"fresh": 80, "due": 5, "overdue": 15, "lapsed": 400, "unchecked": 0},
    backup_at=ago(hours=20), restore_at=ago(days=60), disk_free=0.6, slot_bytes=1000,
    copies=True, copy_at=ago(minutes=70),
)  # fmt: skip
JOBS = {"waiting": 0, "at work": 0, "stalled": 0, "failed": 0}
FAULTS: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"round_at": ago(minutes=15)}, {"letters": "broken"}),
    ({"round_at": None, "beat_at": None}, {"letters": "broken", "worker": "broken"}),
    ({"round_at": ago(minutes=16), "beat_at": ago(minutes=16)}, {"letters": "broken", "worker": "broken"}),
    ({"due_since": ago(minutes=15)}, {"waiting": "late"}),
    ({"due_since": ago(minutes=60)}, {"waiting": "broken"}),
    ({"given_up": 1}, {"given_up": "late"}),
    ({"jobs": JOBS | {"stalled": 1}}, {"jobs": "late"}),
    ({"jobs": JOBS | {"failed": 1}}, {"jobs": "late"}),
    ({"jobs": JOBS | {"waiting": 101}}, {"jobs": "late"}),
    ({"listings": WELL.listings | {"overdue": 29}}, {"listings": "late"}),
    ({"listings": WELL.listings | {"overdue": 86}}, {"listings": "broken"}),
    ({"listings": dict.fromkeys(WELL.listings, 0)}, {"listings": "late"}),
    ({"revision": 0}, {"revision": "broken"}),
    ({"index": "broken: OSError"}, {"index": "late"}),
    ({"backup_at": ago(hours=26)}, {"backup": "late"}),
    ({"backup_at": ago(days=3)}, {"backup": "broken"}),
    ({"backup_at": None, "restore_at": None}, {"backup": "late", "restore": "late"}),
    ({"restore_at": ago(days=100)}, {"restore": "late"}),
    ({"copy_at": ago(hours=3)}, {"emergency": "late"}),
    ({"copy_at": None}, {"emergency": "late"}),
    ({"disk_free": 0.14}, {"disk": "late"}),
    ({"disk_free": 0.04}, {"disk": "broken"}),
    ({"slot_bytes": 1 << 30}, {"copies": "late"}),
    ({"slot_bytes": 3 << 30}, {"copies": "broken"}),
]


def test_a_good_day_is_healthy_and_asks_for_nothing() -> None:
    told = states(WELL)
    assert {state.verdict for state in told} == {"healthy"} and len(told) == 12
    assert not [state for state in told if state.remedy]


@pytest.mark.parametrize(("fault", "found"), FAULTS, ids=lambda one: " ".join(one))
def test_each_fault_is_one_state_with_what_to_do_and_stands_first(fault: dict[str, Any], found: dict[str, str]) -> None:
    told = states(replace(WELL, **fault))
    bad = [state for state in told if state.verdict != "healthy"]
    assert {state.code: state.verdict for state in bad} == found
    assert all(state.remedy for state in bad) and told[: len(bad)] == bad


def test_what_to_do_about_letters_depends_on_whether_the_worker_lives() -> None:
    server, worker = (
        states(replace(WELL, round_at=ago(hours=3), beat_at=beat))[0].remedy for beat in (WELL.beat_at, ago(hours=3))
    )
    assert "NOTICE_EMAIL_URL" in server and "NOTICE_EMAIL_URL" not in worker


def test_where_no_emergency_copy_is_made_nobody_is_told_of_one() -> None:
    assert "emergency" not in {state.code for state in states(replace(WELL, copies=False, copy_at=None))}


def test_a_host_with_cron_only_has_no_worker_to_miss() -> None:
    assert "worker" not in {state.code for state in states(replace(WELL, beat_at=None))}


@pytest.mark.django_db
def test_the_database_tells_it_all(tmp_path: Path, settings: Any) -> None:
    publish()
    note_round()
    stamp = tmp_path / "backup"
    stamp.touch()
    settings.BACKUP_STAMP, settings.RESTORE_STAMP = str(stamp), str(tmp_path / "never")
    settings.COPY_STAMP = str(stamp)
    now = clock.now()
    waits, lost = make_message(make_correspondent()), make_message(make_correspondent())
    Message.objects.filter(pk=waits.pk).update(not_before=now - dt.timedelta(minutes=40))
    Message.objects.filter(pk=lost.pk).update(state="dead", not_before=now - dt.timedelta(hours=4))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        alive = cursor.fetchone()[0]
        cursor.executemany(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) VALUES ('default', 'x', %s, %s)",
            [("doing", alive), ("doing", None), ("failed", None), ("failed", None), ("todo", None)],
        )
    found = ask()
    assert found.jobs == {"waiting": 1, "at work": 1, "stalled": 1, "failed": 2}
    assert found.given_up == 1 and found.due_since == now - dt.timedelta(minutes=40)
    assert found.listings == {"fresh": 1, "due": 0, "overdue": 0, "lapsed": 0, "unchecked": 0}
    assert found.round_at and found.beat_at and found.backup_at and not found.restore_at
    assert found.copies and found.copy_at == found.backup_at
    assert found.revision >= 1 and 0 < found.disk_free < 1
    with clock.travel(now + dt.timedelta(days=9)):
        assert ask().given_up == 0


@pytest.mark.django_db
def test_administrators_read_it_and_have_it_in_their_list_of_rooms(client: Client) -> None:
    client.force_login(make_user(network_role="administrator"))
    page = client.get(PAGE)
    html = page.content.decode()
    assert page.context["worst"] == "broken" and "Исполнителя ещё ни разу не было видно." in html
    assert f'href="{PAGE}" aria-current="page"' in html
    client.force_login(make_user(network_role="coordinator"))
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/ru/workspace/").content.decode()
