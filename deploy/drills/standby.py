"""A copy of the database by PostgreSQL's own replication: what the product asks it says how old it is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from deploy.drills import tables
from deploy.drills.machine import said
from deploy.drills.proxy import DrillReport
from servicemap.web.standby import BEHIND
from tools.local.binaries import find_binaries

PORT = 54391
#: As old as a copy that follows may be said to be, where home writes something each second.
FOLLOWS = 3.0
#: What the drill must notice: a copy that was told nothing yet is taken for a young one.
FAULTS = {"trusting": ("1e6), 1e6)", "0), 1e6)")}


def standby(folder: Path, fault: str = "", frozen: float = 10) -> DrillReport:
    report, sql = DrillReport(), BEHIND.replace(*FAULTS[fault]) if fault in FAULTS else BEHIND
    with tables.cluster(folder) as address, psycopg.connect(address("postgres"), autocommit=True) as home:
        home.execute("CREATE TABLE life AS SELECT now() AS at")
        report.note("home says of itself", _age(home, sql), _age(home, sql) is None)
        stop = _copy(folder)
        try:
            with psycopg.connect(f"host={folder} port={PORT} user=postgres dbname=postgres", autocommit=True) as copy:
                age = _age(copy, sql) or 0
                report.note("before it has followed anything, seconds", age, age >= 1e6)
                ages = [_written(home, copy, sql) for _time in range(5)]
                report.note("while it follows: oldest, seconds", round(max(ages), 2), max(ages) <= FOLLOWS)
                _freeze(home, copy, sql, report, frozen)
        finally:
            stop()
    return report


def _freeze(home: psycopg.Connection, copy: psycopg.Connection, sql: str, report: DrillReport, frozen: float) -> None:
    copy.execute("SELECT pg_wal_replay_pause()")
    began, age = time.monotonic(), 0.0
    while time.monotonic() - began < frozen:
        age = _written(home, copy, sql)
    report.note(f"frozen for {frozen:g} s: seconds", round(age, 2), age >= frozen)
    copy.execute("SELECT pg_wal_replay_resume()")
    began = time.monotonic()
    while _written(home, copy, sql) > FOLLOWS and time.monotonic() - began < 20:
        pass
    back = time.monotonic() - began
    report.note("young again after, seconds", round(back, 2), back < 20)


def _written(home: psycopg.Connection, copy: psycopg.Connection, sql: str) -> float:
    """Home writes, as the worker does; how old the copy is said to be half a second later."""
    home.execute("UPDATE life SET at = now()")
    time.sleep(0.5)
    return _age(copy, sql) or 0


def _age(link: psycopg.Connection, sql: str) -> float | None:
    row = link.execute(sql).fetchone()
    return row[0] if row else None


def _copy(folder: Path) -> Callable[[], object]:
    """Makes it and starts it; gives what stops it."""
    found = find_binaries()
    assert found is not None  # noqa: S101  (the cluster beside stands)
    become = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    data, program = folder / "copy", found.program
    made = said([*become, program("pg_basebackup"), "-h", str(folder), "-p", str(tables.PORT), "-U", "postgres",
                 "-D", str(data), "-R", "-c", "fast", "-X", "stream"])  # fmt: skip
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c port={PORT} -c fsync=off"
    run = said([*become, program("pg_ctl"), "-D", str(data), "-o", options, "-l", str(data / "log"), "-w", "start"])
    if made.code or run.code:
        raise SystemExit(made.text + run.text)
    return lambda: said([*become, program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])
