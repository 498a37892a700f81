"""The figures as states: healthy, late or broken, what that means for people, and what to do. One list for the page,
the alarm and the letter; deploy/prometheus/servicemap.rules.yml draws the same lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from messaging.silence import PATIENCE
from workspace.health.figures import Vitals

Verdict = Literal["healthy", "late", "broken"]
ORDER: tuple[Verdict, ...] = ("broken", "late", "healthy")
#: From here on it is late, then broken.
LETTER_WAITS = (dt.timedelta(minutes=15), dt.timedelta(hours=1))
BACKUP_AGE = (dt.timedelta(hours=26), dt.timedelta(days=3))
COPY_AGE = dt.timedelta(hours=3)
RESTORE_AGE = dt.timedelta(days=100)
GREY_PART = (0.25, 0.5)
DISK_FREE = (0.15, 0.05)
SLOT_BYTES = (1 << 30, 3 << 30)
BACKLOG = 100


@dataclass(frozen=True)
class State:
    """`means` says what it is now; `remedy` what to do, "" where there is nothing."""

    code: str
    name: str
    verdict: Verdict
    means: str
    remedy: str = ""


def states(found: Vitals) -> list[State]:
    """The worst first."""
    told = [state for tell in _TELLERS if (state := tell(found))]
    return sorted(told, key=lambda state: ORDER.index(state.verdict))


def no_database() -> State:
    """Instead of all others: nobody can be asked."""
    return State(
        "database", _("Database"), "broken", _("The database does not answer, so readers see no map."),
        _("On the server: systemctl status postgresql, and look whether the disk is full."),
    )  # fmt: skip


def worker_is_alive(found: Vitals) -> bool:
    """Whether a worker gave a sign of life lately; a host with cron only never has one."""
    return found.beat_at is not None and found.at - found.beat_at < dt.timedelta(seconds=6 * settings.WORKER_HEARTBEAT)


def _letters(found: Vitals) -> State:
    name = _("Letters leave")
    if found.round_at is not None and (silent := found.at - found.round_at) < PATIENCE:
        return State("letters", name, "healthy", _("The mail server was reached %(ago)s.") % {"ago": _ago(silent)})
    means = (
        _("Letters have not begun to leave yet.")
        if found.round_at is None
        else _("The mail server was last reached %(ago)s.") % {"ago": _ago(found.at - found.round_at)}
    )
    means += " " + _("The map is right without them, but nobody is reminded.")
    if worker_is_alive(found):
        return State("letters", name, "broken", means, _(
            "The worker is alive, so it is the mail server: look at NOTICE_EMAIL_URL, the password and the quota."
        ))  # fmt: skip
    return State("letters", name, "broken", means, _("Start the worker again (the line below); letters follow."))


def _worker(found: Vitals) -> State | None:
    """Where rounds come by cron there is no worker to speak of."""
    if worker_is_alive(found):
        return State("worker", _("Worker"), "healthy", _("It gives signs of life."))
    if found.round_at is not None and found.at - found.round_at < PATIENCE:
        return None
    means = (
        _("No worker has ever been seen.")
        if found.beat_at is None
        else _("The last sign of life came %(ago)s.") % {"ago": _ago(found.at - found.beat_at)}
    )
    return State("worker", _("Worker"), "broken", means, _(
        "On the server: systemctl restart servicemap-worker, then journalctl -u servicemap-worker says why it ended."
    ))  # fmt: skip


def _waiting(found: Vitals) -> State:
    name, waits = _("Letters in time"), found.at - (found.due_since or found.at)
    if waits < LETTER_WAITS[0]:
        return State("waiting", name, "healthy", _("No letter waits longer than it should."))
    verdict: Verdict = "late" if waits < LETTER_WAITS[1] else "broken"
    means = _("The oldest letter has been due for %(long)s.") % {"long": _long(waits)}
    return State("waiting", name, verdict, means, _(
        "If the lines about letters and the worker are healthy, wait a quarter of an hour; if it grows, look into the "
        "worker's log."
    ))  # fmt: skip


def _given_up(found: Vitals) -> State:
    name, n = _("Letters that came to nothing"), found.given_up
    if not n:
        return State("given_up", name, "healthy", _("None in the last seven days."))
    means = ngettext(
        "%(n)d letter was given up in the last seven days.", "%(n)d letters were given up in the last seven days.", n
    ) % {"n": n}
    remedy = _(
        "Coordinators see the addresses under “Unreachable contacts”. If it is many at once, look at the mail server."
    )
    return State("given_up", name, "late", means, remedy)


def _jobs(found: Vitals) -> State:
    name, jobs = _("Work in the background"), found.jobs
    if jobs["stalled"]:
        means = ngettext(
            "%(n)d job stands still: its worker is gone.",
            "%(n)d jobs stand still: their worker is gone.",
            jobs["stalled"],
        )
        return State("jobs", name, "late", means % {"n": jobs["stalled"]}, _(
            "They go back into the queue by themselves within a minute. If not: systemctl restart servicemap-worker."
        ))  # fmt: skip
    if jobs["failed"]:
        means = ngettext("%(n)d job failed this week.", "%(n)d jobs failed this week.", jobs["failed"])
        return State("jobs", name, "late", means % {"n": jobs["failed"]}, _(
            "Most are tried again with the next round. The back office shows which; the worker's log says why."
        ))  # fmt: skip
    if jobs["waiting"] > BACKLOG:
        means = ngettext("%(n)d job waits.", "%(n)d jobs wait.", jobs["waiting"]) % {"n": jobs["waiting"]}
        return State("jobs", name, "late", means, _("The worker does not keep up: look whether it runs."))
    return State("jobs", name, "healthy", _("Nothing is stuck."))


def _listings(found: Vitals) -> State:
    name, grey = _("The map is confirmed"), found.listings["overdue"]
    shown = sum(found.listings.values()) - found.listings["lapsed"]
    if not shown:
        return State("listings", name, "late", _("The public map is empty."), _(
            "On a new installation that is right. Otherwise on the server: bin/manage rebuild_directory --check."
        ))  # fmt: skip
    part = grey / shown
    means = ngettext("%(grey)d of %(n)d service is grey.", "%(grey)d of %(n)d services are grey.", shown)
    means %= {"grey": grey, "n": shown}
    if part <= GREY_PART[0]:
        return State("listings", name, "healthy", means)
    return State("listings", name, "late" if part <= GREY_PART[1] else "broken", means, _(
        "Owners do not confirm: look whether letters leave, then at the pile “Overdue” of the coordinators."
    ))  # fmt: skip


def _revision(found: Vitals) -> State:
    name = _("The public map")
    if not found.revision:
        return State("revision", name, "broken", _("Nothing has been published yet."), _(
            "On the server: bin/manage rebuild_directory."
        ))  # fmt: skip
    if found.changed_at is None:
        return State("revision", name, "healthy", _("It answers."))
    return State(
        "revision", name, "healthy", _("It last changed %(ago)s.") % {"ago": _ago(found.at - found.changed_at)}
    )


def _index(found: Vitals) -> State | None:
    if not found.index.startswith("broken"):
        return None
    return State("index", _("Quick answers"), "late", _("The packed index is broken: the map answers, but slowly."), _(
        "Look whether INDEX_DIR can be written and the disk has room; the log of the pages says why."
    ))  # fmt: skip


def _backup(found: Vitals) -> State:
    name = _("Backup")
    if found.backup_at is None:
        return State("backup", name, "late", _("Nobody tells this page whether backups are made."), _(
            "Let the backup touch a file when it is done, and name that file in BACKUP_STAMP."
        ))  # fmt: skip
    age = found.at - found.backup_at
    means = _("The last one was made %(ago)s.") % {"ago": _ago(age)}
    if age < BACKUP_AGE[0]:
        return State("backup", name, "healthy", means)
    return State("backup", name, "late" if age < BACKUP_AGE[1] else "broken", means, _(
        "Start it by hand and read what it says: a full disk, a changed password, a place that is away."
    ))  # fmt: skip


def _restore(found: Vitals) -> State:
    name, age = _("Restoring was tried"), found.at - (found.restore_at or found.at)
    if found.restore_at is not None and age < RESTORE_AGE:
        return State("restore", name, "healthy", _("Last %(ago)s.") % {"ago": _ago(age)})
    means = (
        _("Nobody has tried it, or nobody tells this page.")
        if found.restore_at is None
        else _("Last %(ago)s: too long ago.") % {"ago": _ago(age)}
    )
    return State("restore", name, "late", means, _(
        "Restore the newest backup on a closed machine, and touch the file of RESTORE_STAMP afterwards."
    ))  # fmt: skip


def _emergency(found: Vitals) -> State | None:
    if not found.copies:
        return None
    name = _("Emergency copy")
    if found.copy_at is not None and found.at - found.copy_at < COPY_AGE:
        return State(
            "emergency", name, "healthy", _("The last one was made %(ago)s.") % {"ago": _ago(found.at - found.copy_at)}
        )
    means = (
        _("None has been made yet: if the domain is blocked, there is nothing to hand on.")
        if found.copy_at is None
        else _("The last one was made %(ago)s, so it still shows what was hidden since.")
        % {"ago": _ago(found.at - found.copy_at)}
    )
    return State("emergency", name, "late", means, _(
        "On the server: systemctl start servicemap-copy; journalctl -u servicemap-copy says what was in its way."
    ))  # fmt: skip


def _disk(found: Vitals) -> State:
    name, free = _("Room on the disk"), found.disk_free
    means = _("%(part)d %% of the disk is free.") % {"part": round(free * 100)}
    if free >= DISK_FREE[0]:
        return State("disk", name, "healthy", means)
    return State("disk", name, "late" if free >= DISK_FREE[1] else "broken", means, _(
        "A full disk stops the database. Look what grew: logs, old backups, what is kept for a copy that is gone."
    ))  # fmt: skip


def _copies(found: Vitals) -> State | None:
    if found.slot_bytes is None:
        return None
    name = _("Copies of the database")
    if found.slot_bytes < SLOT_BYTES[0]:
        return State("copies", name, "healthy", _("They fetch what changes."))
    verdict: Verdict = "late" if found.slot_bytes < SLOT_BYTES[1] else "broken"
    return State("copies", name, verdict, _("A copy has not fetched its changes; they fill the disk."), _(
        "Start the copy again. If it is gone for good, a superuser drops its slot: pg_drop_replication_slot."
    ))  # fmt: skip


_TELLERS: tuple[Callable[[Vitals], State | None], ...] = (
    _letters, _worker, _waiting, _given_up, _jobs, _revision, _listings, _index, _backup, _restore, _emergency,
    _disk, _copies,
)  # fmt: skip


def _ago(time: dt.timedelta) -> str:
    if time < dt.timedelta(minutes=1):
        return _("just now")
    return _("%(long)s ago") % {"long": _long(time)}


def _long(time: dt.timedelta) -> str:
    """In one unit: minutes up to two hours, hours up to two days, then days."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)d day", "%(n)d days", minutes // 1440) % {"n": minutes // 1440}
