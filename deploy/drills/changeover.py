"""deploy/upgrade.sh and its way back on a machine that is asked twenty times a second: nobody meets an error."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

from deploy.drills import host, machine
from deploy.drills.proxy import DrillReport

UPGRADE = "/root/servicemap/deploy/upgrade.sh"
BACK = ["/opt/servicemap/current/deploy/upgrade.sh", "--back"]
#: What the drill must notice: the pages started again with nobody standing in.
FAULTS = {"nobody": ("    lead_to standin\n", "    systemctl stop servicemap-standin\n")}
#: In the machine, until its input ends: one request each 50 ms by nginx, two of five past what it keeps; prints what
#: was answered.
READERS = """
import collections, http.client, itertools, json, random, ssl, sys, threading, time
host, told, slowest, lock = sys.argv[1], collections.Counter(), [0.0], threading.Lock()
over = threading.Event()
context = ssl._create_unverified_context()
ways = [("GET", "/ru/"), ("GET", "/en/about/"), ("GET", "/api/v1/listings/"), ("GET", "/ru/workspace/?n=%d"),
        ("POST", "/ru/places/drill%d/report/")]
def ask(number):
    method, path = ways[number % len(ways)]
    began = time.monotonic()
    try:
        link = http.client.HTTPSConnection("127.0.0.1", 443, context=context, timeout=30)
        path, body = path.replace("%d", str(random.randrange(10**9))), b"a=b" if method == "POST" else None
        kind = "application/x-www-form-urlencoded"
        link.request(method, path, body=body, headers={"Host": host, "Content-Type": kind})
        answer = link.getresponse(); answer.read()
        word = str(answer.status)
    except OSError as error:
        word = type(error).__name__
    with lock:
        told[method + " " + word] += 1
        slowest[0] = max(slowest[0], time.monotonic() - began)
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
running = []
for number in itertools.count():
    if over.is_set(): break
    running.append(threading.Thread(target=ask, args=(number,))); running[-1].start()
    time.sleep(0.05)
for one in running: one.join()
print(json.dumps({"told": told, "slowest": round(slowest[0], 2)}))
"""
#: In the machine: number and moment of the start of each process of the product's user.
ALIVE = """
import glob, os, pwd
mine = pwd.getpwnam("servicemap").pw_uid
for folder in glob.glob("/proc/[0-9]*"):
    try:
        if os.stat(folder).st_uid == mine:
            print(os.path.basename(folder) + "@" + open(folder + "/stat").read().rsplit(")", 1)[1].split()[19])
    except OSError:
        pass
"""
READY = "http://127.0.0.1:8000/readyz 180"
#: A reader who holds a table for six seconds, as a report or a copy does.
HOLDS = "BEGIN; SELECT count(*) FROM directory_publiclisting; SELECT pg_sleep(6); COMMIT;"
GROWS = """from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("directory", "{last}")]
    operations = [migrations.RunSQL("ALTER TABLE directory_publiclisting ADD COLUMN drill text")]
"""


def installed(folder: Path) -> Path:
    """A copy of the machine that the drill `host` left, or of one that is made now."""
    kept = machine.KEPT / machine.suite() / "machine"
    if not kept.exists():
        (folder / "host").mkdir()
        report = host.host(folder / "host")
        if report.broken:
            raise SystemExit("host is broken: " + "; ".join(report.broken))
    root = folder / "machine"
    subprocess.run(["cp", "-a", str(kept), str(root)], check=True)
    return root


def next_version(root: Path) -> None:
    """The present code, and a column more in a table that everybody reads."""
    machine.copy_code(root)
    migrations = root / "root/servicemap/directory/migrations"
    last = max(file.stem for file in migrations.glob("0*.py"))
    (migrations / "0999_drill.py").write_text(GROWS.format(last=last))


def asked_meanwhile(inside: list[str], command: list[str], report: DrillReport, name: str) -> machine.CommandEnd:
    readers = subprocess.Popen(
        [*inside, "python3", "-c", READERS, host.DOMAIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    time.sleep(3)
    done = machine.said([*inside, *command])
    time.sleep(3)
    told = json.loads(readers.communicate(timeout=90)[0])
    wrong = {word: many for word, many in told["told"].items() if not word.endswith((" 200", " 302", " 403", " 404"))}
    report.note(f"{name}: ends, seconds", (done.code, done.seconds), not done.code)
    if done.code:
        report.numbers[f"{name}: said at last"] = done.text.strip().rpartition("\n")[2]
    report.note(f"{name}: requests, wrong answers", (sum(told["told"].values()), wrong or 0), not wrong)
    report.numbers[f"{name}: slowest answer, seconds"] = told["slowest"]
    return done


def processes(inside: list[str]) -> set[str]:
    """Those of the product, by number and moment of their start."""
    return set(machine.said([*inside, "python3", "-c", ALIVE]).text.split())


# long: the steps of one changeover, one a line
def deploy(folder: Path, fault: str = "") -> DrillReport:
    report = DrillReport()
    root = installed(folder)
    next_version(root)
    if fault in FAULTS:
        file = root / "root/servicemap/deploy/upgrade.sh"
        file.write_text(file.read_text().replace(*FAULTS[fault]))
    with machine.not_started(root) as inside:
        built = machine.said([*inside, UPGRADE, "--prepare"])
        report.note("built beside: ends, seconds", (built.code, built.seconds), not built.code)
    with machine.started(root) as inside:
        # Whoever asks before the pages have started at all meets an error that no changeover made.
        machine.said([*inside, "sh", "-c", "dry=; . /opt/servicemap/current/deploy/lib.sh; answers " + READY])
        before = processes(inside)
        held = subprocess.Popen([*inside, "runuser", "-u", "postgres", "--", "sh", "-c",
                                 f"for n in 1 2 3 4 5 6; do psql -q -d servicemap -c '{HOLDS}'; sleep 1; done"],
                                stdout=subprocess.DEVNULL)  # fmt: skip
        done = asked_meanwhile(inside, [UPGRADE], report, "upgrade")
        (folder / "upgrade.txt").write_text(done.text)
        tried = re.search(r"Done at try (\d+)", done.text)
        report.note("tables: done at try", int(tried[1]) if tried else None, bool(tried))
        held.kill()
        time.sleep(30)
        old = len(before & processes(inside))
        report.note("old processes after 30 s, of", (old, len(before)), not old and len(before) > 3)
        before = processes(inside)
        back = asked_meanwhile(inside, BACK, report, "way back")
        (folder / "back.txt").write_text(back.text)
        time.sleep(30)
        old = len(before & processes(inside))
        report.note("back: old processes after 30 s, of", (old, len(before)), not old and len(before) > 3)
    for name in ("upgrade.txt", "back.txt"):
        shutil.copy(folder / name, machine.KEPT)
    return report
