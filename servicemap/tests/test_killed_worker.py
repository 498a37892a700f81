"""A real worker is killed (SIGKILL) in the middle of every kind of round; the next one goes on.

Red before: the job of the killed worker stayed `doing` with its lock, and every later round waited behind it for ever.
"""

from __future__ import annotations

import time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from messaging.tests.processes import OTHERS, Processes, ask, wait_until

HEARTBEAT = 0.4
#: What every round reads, so that one lock stops all of them half-way.
READ = (
    "messaging_message, messaging_correspondent, organizations_organization, verification_listingstate, "
    "accounts_waitingletter, services_notice, decisions_vote, news_digest, news_subscriberletter, joining_application, "
    "reviews_review, "
    "personal_follow, exchange_foreignsource, translations_translation, evaluation_cycle"
)
#: They look after the queue itself or files alone, and read nothing that could be locked.
KEEPERS = {"servicemap.tasks.put_back", "servicemap.tasks.clear_away", "servicemap.tasks.forget_copies"}
ROUNDS = sorted({task.task.name for task in app.periodic_registry.periodic_tasks.values()} - KEEPERS)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workers():
    workers = Processes("work", WORKER_HEARTBEAT=str(HEARTBEAT), LINK_CHECKER="on")
    yield workers
    workers.end()


def waiting_for_locks() -> bool:
    return ask("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0


def state_of(number: int) -> str:
    """Done jobs are deleted."""
    return next(iter(ProcrastinateJob.objects.filter(pk=number).values_list("status", flat=True)), "done")


def is_over(job: int, name: str) -> bool:
    """It was done again, or given up because the next round of its kind waited already: and that one is done."""
    open_jobs = ProcrastinateJob.objects.filter(task_name=name, status__in=["todo", "doing"])
    return state_of(job) in ("done", "failed") and not open_jobs.exists()


def kill_in(workers: Processes, name: str, *, another_waits: bool) -> tuple[int, int | None]:
    """Two numbers of jobs: that of the killed round, and that of the next one, which waits already."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    job = app.configure_task(name, priority=9).defer(timestamp=0)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {READ} IN ACCESS EXCLUSIVE MODE")
        worker = workers.start()
        wait_until(lambda: state_of(job) == "doing" and waiting_for_locks())
        workers.kill(worker)
    wait_until(lambda: ask(OTHERS) == 0)
    return job, next_of(name) if another_waits else None


def next_of(name: str) -> int:
    """The number of a round that waits; the killed worker may have put it into the queue by its own clock."""
    waiting = ProcrastinateJob.objects.filter(task_name=name, status="todo").values_list("pk", flat=True)
    return waiting.first() or app.tasks[name].defer(timestamp=1)


def test_every_kind_of_round_is_here():
    assert {"messaging.tasks.send_letters", "verification.tasks.often", "verification.tasks.daily"} < set(ROUNDS)


def test_the_round_of_a_killed_worker_is_done_by_the_next_one(workers):
    for name in ROUNDS:
        job, _none = kill_in(workers, name, another_waits=False)
        assert state_of(job) == "doing", name
        time.sleep(3.5 * HEARTBEAT)
        worker = workers.start()
        wait_until(lambda job=job, name=name: is_over(job, name))
        workers.kill(worker)


def test_a_killed_round_holds_up_nobody_even_before_it_is_put_back(workers):
    job, later = kill_in(workers, "messaging.tasks.send_letters", another_waits=True)
    worker = workers.start()
    wait_until(lambda: state_of(later) == "done")
    wait_until(lambda: state_of(job) in ("done", "failed", "doing"))
    workers.kill(worker)
    time.sleep(3.5 * HEARTBEAT)
    worker = workers.start()
    wait_until(lambda: state_of(job) in ("done", "failed"))
    workers.kill(worker)


def test_a_worker_whose_database_is_away_says_so_and_fails(monkeypatch):
    """Status 0 would tell a supervisor that all is well."""

    async def ends(**options: object) -> None:
        assert options["delete_jobs"] == "successful"

    monkeypatch.setattr("procrastinate.App.run_worker_async", lambda self, **options: ends(**options))
    with pytest.raises(CommandError, match="ended by itself"):
        call_command("work")
