"""The country with most places is hidden by `hide_country`; a reader asks for one of them by nginx all the time."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

from deploy.drills import changeover, host, machine, restore
from deploy.drills.proxy import BROWSER, MINUTE, DrillReport

WITHIN = MINUTE - BROWSER
#: In the machine: asks thrice a second until its input ends; prints how often each page was there, when last, and when
#: it asked last of all.
READER = """
import http.client, json, ssl, sys, threading, time
host, paths, seen, last, over = sys.argv[1], sys.argv[2:], {}, {}, threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
while not over.is_set():
    for path in paths:
        link = http.client.HTTPSConnection("127.0.0.1", 443, context=ssl._create_unverified_context(), timeout=20)
        link.request("GET", path, headers={"Host": host})
        status = link.getresponse().status
        seen[path] = seen.get(path, 0) + (status == 200)
        if status == 200:
            last[path] = time.time()
    time.sleep(0.33)
print(json.dumps({"seen": seen, "last": last, "asked": time.time()}))
"""
MOST = "SELECT country FROM directory_publiclisting GROUP BY country ORDER BY count(*) DESC LIMIT 1"
PLACE = "SELECT max(place_id) FROM directory_publiclisting WHERE country = '{}'"
LEFT = "SELECT count(*) FROM directory_publiclisting WHERE country = '{}'"


def copied(inside: list[str], place: str) -> str:
    """What the emergency copy of this moment has of the place."""
    look = f"test -e /var/lib/servicemap/copy/current/ru/places/{place}.html && echo there || echo gone"
    made = machine.said([*inside, "systemctl", "start", "servicemap-copy"])
    return machine.said([*inside, "sh", "-c", look]).text.strip() if not made.code else made.text[-200:]


def country(folder: Path, fault: str = "") -> DrillReport:
    report = DrillReport()
    root = changeover.installed(folder)
    with machine.started(root) as inside:
        loaded = machine.said([*inside, "sh", "-c", restore.DEMO])
        report.note("demonstration: ends, seconds", (loaded.code, loaded.seconds), not loaded.code)
        code = restore.ask(inside, MOST)
        place = restore.ask(inside, PLACE.format(code))
        copies, path = [copied(inside, place)], f"/ru/places/{place}/"
        ask = [*inside, "python3", "-c", READER, host.DOMAIN, path]
        reader = subprocess.Popen(ask, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        time.sleep(5)
        command = ["servicemap-manage", "hide_country", code, "--reason", "drill", "--as"]
        address = restore.ask(inside, "SELECT email FROM accounts_user WHERE network_role = 'administrator' LIMIT 1")
        done = machine.said([*inside, *command, address])
        hidden = time.time()
        report.note("hide_country: ends, seconds", (done.code, done.seconds), not done.code)
        time.sleep(WITHIN + 10)
        told = json.loads(reader.communicate(timeout=120)[0])
        seconds, asked = (round(moment - hidden, 1) for moment in (told["last"].get(path, 0), told["asked"]))
        report.note("shown before, times", told["seen"].get(path, 0), bool(told["seen"].get(path)))
        report.note("last seen at nginx after, seconds", seconds, seconds <= WITHIN < asked)
        left = restore.ask(inside, LEFT.format(code))
        report.note("listings of the country that are left", left, left == "0")
        copies.append(copied(inside, place))
        report.note("in the emergency copy before, in the next one", copies, copies == ["there", "gone"])
        again = machine.said([*inside, *command, address, "--lift"])
        back = restore.ask(inside, LEFT.format(code))
        report.note("shown again: ends, listings", (again.code, back), not again.code and back != "0")
    return report
