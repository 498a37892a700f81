"""deploy/restore.sh on a machine with the demonstration network: a rehearsal, back to a minute, and the sealed copy."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

from deploy.drills import changeover, host, machine
from deploy.drills.proxy import DrillReport

RESTORE = "/opt/servicemap/current/deploy/restore.sh"
LONGEST = 15 * 60
#: What the drill must notice: four bytes of the backup turned over; a private word that came into a public row.
FAULTS = {"damaged": "", "leaked": ""}
#: In the machine: manage.py as for a trial, which may hold the demonstration network.
DEMO = """
set -a; . /etc/servicemap/web.env; DJANGO_SETTINGS_MODULE=servicemap.settings.trial DEMO_NETWORK=on; set +a
cd /opt/servicemap/current && exec runuser -u servicemap -- .venv/bin/python manage.py load_demo --if-empty
"""
CANARY = "CREATE TABLE canary AS SELECT n FROM generate_series(1, 1000) AS n; ALTER TABLE canary OWNER TO servicemap"
COUNTED = (
    "SELECT (SELECT count(*) FROM canary), (SELECT count(*) FROM directory_publiclisting),"
    " (SELECT max(public_number) FROM directory_directoryrevision)"
)
HARM = "DELETE FROM directory_publiclisting; DELETE FROM canary"
LEAK = (
    "UPDATE directory_publiclisting SET content = content"
    " || jsonb_build_object('drill', (SELECT max(password) FROM accounts_user))"
)
#: Four bytes in the middle of the largest file of the repository.
DAMAGE = """
f=$(find /var/lib/pgbackrest/backup -type f -size +100k -printf '%s %p\\n' | sort -n | tail -n 1 | cut -d' ' -f2)
printf 'XXXX' | dd of="$f" bs=1 seek=50000 conv=notrunc 2>/dev/null
"""


def ask(inside: list[str], sql: str) -> str:
    said = machine.said([*inside, "runuser", "-u", "postgres", "--", "psql", "-XqAt", "-d", "servicemap", "-c", sql])
    return said.text.strip()


def rehearse(inside: list[str], report: DrillReport, folder: Path) -> None:
    done = machine.said([*inside, RESTORE, "--rehearse"])
    (folder / "rehearsal.txt").write_text(done.text)
    good, bad = len(re.findall("good: ", done.text)), re.findall("BAD: (.*)", done.text)
    report.note("rehearsal: ends, seconds", (done.code, done.seconds), not done.code and done.seconds < LONGEST)
    report.note("rehearsal: looks that are good, of 9, beside tables and map", (good, bad), good == 9 and not bad)
    left = machine.said([*inside, "sh", "-c", "ls -d /var/lib/servicemap-rehearsal 2>/dev/null | wc -l"]).text.strip()
    report.note("folders of the rehearsal that are left", left, left == "0")


def to_the_minute(inside: list[str], report: DrillReport, folder: Path) -> None:
    noted, moment = ask(inside, COUNTED), ask(inside, "SELECT now()")
    time.sleep(2)
    ask(inside, HARM)
    ask(inside, "SELECT pg_switch_wal()")
    time.sleep(3)
    harmed = ask(inside, COUNTED)
    done = machine.said([*inside, RESTORE, "--to", moment, "--yes"])
    (folder / "minute.txt").write_text(done.text)
    found = ask(inside, COUNTED)
    report.note("to a minute: ends, seconds", (done.code, done.seconds), not done.code and done.seconds < LONGEST)
    report.note("canary|listings|revision noted, after the harm, restored", (noted, harmed, found),
                noted == found and harmed.startswith("0|0|") and noted.startswith("1000|"))  # fmt: skip
    signed = ask(inside, "SELECT count(*) FROM accounts_session")
    report.note("people who are still signed in", signed, signed == "0")


def from_the_copy(inside: list[str], report: DrillReport, folder: Path) -> None:
    noted = ask(inside, COUNTED)
    command = f"{RESTORE} --dump $(ls /var/lib/servicemap-backup/map-*.dump.age | tail -n 1) --identity /root/key --yes"
    done = machine.said([*inside, "sh", "-c", command])
    (folder / "copy.txt").write_text(done.text)
    found = ask(inside, COUNTED)
    report.note("sealed copy: ends, seconds", (done.code, done.seconds), not done.code and done.seconds < LONGEST)
    report.note("canary|listings|revision before and from the copy", (noted, found), noted == found)


def as_a_reader(inside: list[str], report: DrillReport, name: str) -> None:
    told = DrillReport()
    host.as_a_reader(inside, told)
    report.note(f"{name}: pages that answer as they should", next(iter(told.numbers.values())), not told.broken)


def restore(folder: Path, fault: str = "") -> DrillReport:
    report = DrillReport()
    root = changeover.installed(folder)
    key = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    (root / "root/key").write_text(key)
    (root / "root/key").chmod(0o600)
    public = re.findall(r"age1\w+", key)[0]
    (root / "var/lib/servicemap-backup/key.pub").write_text(public + "\n")
    with machine.started(root) as inside:
        loaded = machine.said([*inside, "sh", "-c", DEMO])
        report.note("demonstration: ends, seconds", (loaded.code, loaded.seconds), not loaded.code)
        ask(inside, CANARY)
        if fault == "leaked":
            ask(inside, LEAK)
        copied = machine.said([*inside, "systemctl", "start", "servicemap-backup", "servicemap-dump"])
        report.note("backup and sealed copy: end, seconds", (copied.code, copied.seconds), not copied.code)
        if fault == "damaged":
            machine.said([*inside, "sh", "-c", DAMAGE])
        rehearse(inside, report, folder)
        if not report.broken:
            to_the_minute(inside, report, folder)
            as_a_reader(inside, report, "to a minute")
            from_the_copy(inside, report, folder)
            as_a_reader(inside, report, "sealed copy")
    for file in folder.glob("*.txt"):
        shutil.copy(file, machine.KEPT)
    return report
