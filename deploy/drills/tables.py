"""Tables are made and changed by a plain login, and while somebody reads for long the others do not wait for long."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from deploy.drills.machine import ROOT, said
from deploy.drills.proxy import DrillReport
from tools.local.binaries import find_binaries

LONGEST_WAIT = 1.0
PORT = 54390
#: What the drill must notice: a change that waits in the queue for as long as it takes, and all readers behind it.
FAULTS = {"patient": ""}
#: The very loop of deploy/upgrade.sh, with one statement in the place of `migrate`.
GROW = """
source=%s dry=
. "$source/deploy/lib.sh"
manage() { psql -X -q -d "$DRILL" -c 'ALTER TABLE drill_places ADD COLUMN more text'; }
%s
grow_tables "$(mktemp)"
"""


@dataclass(frozen=True)
class Waits:
    code: int
    tries: int
    seconds: float
    #: The longest that one of many short readers waited.
    longest: float


# long: two connections that wait for each other, in one place
def waits(address: str, hold: float, fault: str = "") -> Waits:
    """Somebody reads for `hold` seconds; a column is added meanwhile; others read a little all the time."""
    with psycopg.connect(address, autocommit=True) as link:
        link.execute("DROP TABLE IF EXISTS drill_places")
        link.execute("CREATE TABLE drill_places AS SELECT n FROM generate_series(1, 1000) AS n")
    over, slowest = threading.Event(), [0.0]

    def read() -> None:
        with psycopg.connect(address, autocommit=True) as link:
            while not over.is_set():
                began = time.monotonic()
                link.execute("SELECT count(*) FROM drill_places")
                slowest[0] = max(slowest[0], time.monotonic() - began)
                time.sleep(0.02)

    with psycopg.connect(address) as long:
        long.execute("SELECT count(*) FROM drill_places")
        released = threading.Timer(hold, long.commit)
        reader = threading.Thread(target=read)
        reader.start()
        released.start()
        patient = "patience=0" if fault == "patient" else ""
        began = time.monotonic()
        grown = subprocess.run(
            ["sh", "-c", GROW % (ROOT, patient)], env=os.environ | {"DRILL": address}, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
        seconds = time.monotonic() - began
        released.join()
        over.set()
        reader.join()
        long.execute("DROP TABLE drill_places")
    tries = re.search(r"Done at try (\d+)", grown.stdout)
    return Waits(grown.returncode, int(tries[1]) if tries else 0, round(seconds, 1), round(slowest[0], 2))


def lock(folder: Path, fault: str = "") -> DrillReport:
    report = DrillReport()
    with cluster(folder) as address:
        found = waits(address("postgres"), 6, fault)
    report.note("ends", found.code, not found.code)
    report.numbers["done at try"] = found.tries
    report.numbers["seconds, of which somebody read for 6"] = found.seconds
    report.note("longest wait of a reader, seconds", found.longest, found.longest <= LONGEST_WAIT)
    return report


# long: the steps of one migration, one a line
def migrate(folder: Path, fault: str = "") -> DrillReport:
    """As docs/operations says: the database is the login's own, a superuser made the extension and the roles."""
    report = DrillReport()
    with cluster(folder) as address:
        superuser = address("postgres")
        with psycopg.connect(superuser, autocommit=True) as link:
            link.execute("CREATE ROLE servicemap LOGIN")
            link.execute("CREATE DATABASE servicemap OWNER servicemap")
        with psycopg.connect(superuser.replace("dbname=postgres", "dbname=servicemap"), autocommit=True) as link:
            link.execute("CREATE EXTENSION postgis")
            link.execute((ROOT / "docker" / "roles.sql").read_text())
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "servicemap.settings.trial", "SECRET_KEY": "drill", "ALLOWED_HOSTS": "drill",
            "DATABASE_URL": f"postgis://servicemap@/servicemap?host={folder}&port={PORT}",
            "VAR_DIR": str(folder / "var"),
        }  # fmt: skip
        began = time.monotonic()
        for command in (["migrate", "--no-input", "-v", "0"], ["load_vocabulary"], ["rebuild_directory", "--check"],
                        ["migrate", "--check"]):  # fmt: skip
            done = subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True,
                check=False,
            )  # fmt: skip
            report.note(" ".join(command[:2]), done.returncode, not done.returncode)
        report.numbers["seconds"] = round(time.monotonic() - began, 1)
        with psycopg.connect(superuser) as link:
            rights = link.execute(
                "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles"
                " WHERE rolname = 'servicemap'"
            ).fetchone()
        report.note("more rights than a plain login", int(rights == (True,)), rights == (False,))
    return report


@contextmanager
def cluster(folder: Path) -> Iterator[Callable[[str], str]]:
    """A PostgreSQL of its own that answers on one socket in the folder; gives the address of a login."""
    found = find_binaries()
    if found is None:
        raise SystemExit("PostgreSQL with PostGIS is needed: apt-get install postgresql-15-postgis-3")
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    become: list[str] = []
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        for place in (folder, data):
            os.chown(place, owner.pw_uid, owner.pw_gid)
        become = ["runuser", "-u", "postgres", "--"]
    program = found.program
    made = said([*become, str(program("initdb")), "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync"])
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c port={PORT} -c fsync=off"
    run = said(
        [*become, str(program("pg_ctl")), "-D", str(data), "-o", options, "-l", str(data / "log"), "-w", "start"]
    )
    if made.code or run.code:
        raise SystemExit(made.text + run.text)
    try:
        yield lambda login: f"host={folder} port={PORT} user={login} dbname=postgres"
    finally:
        said([*become, str(program("pg_ctl")), "-D", str(data), "-m", "immediate", "stop"])
