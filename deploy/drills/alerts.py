"""Alarm rules, by the engine that runs them: each comes when it should, and a rule that is spoilt is noticed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from deploy.drills.proxy import DrillReport

SHIPPED = Path(__file__).resolve().parents[1] / "prometheus"
RULES, TESTS = "servicemap.rules.yml", "servicemap.rules.test.yml"
#: What the drill must notice: an alarm that waits far too long.
FAULTS = {"deaf": (r"> 900\b", "> 90000")}


def promtool() -> str | None:
    return shutil.which("promtool", path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/sbin")


def alerts(folder: Path, fault: str = "") -> DrillReport:
    program = promtool()
    if not program:
        raise SystemExit("promtool is needed: apt-get install --no-install-recommends prometheus")
    rules = (SHIPPED / RULES).read_text()
    if fault in FAULTS:
        rules = re.sub(*FAULTS[fault], rules)
    (folder / RULES).write_text(rules)
    shutil.copy(SHIPPED / TESTS, folder / TESTS)
    report = DrillReport()
    named = set(re.findall(r"alert: (\w+)", rules))
    tried = set(re.findall(r"alertname: (\w+)\n\s+exp_alerts:\n", (folder / TESTS).read_text()))
    report.numbers["rules"] = len(named)
    report.note("rules that no test makes ring", len(named - tried), named <= tried)
    for what, command in (("faults of form", ["check", "rules", RULES]), ("faults of time", ["test", "rules", TESTS])):
        said = subprocess.run([program, *command], cwd=folder, capture_output=True, text=True, check=False)
        report.note(what, len(re.findall(r"alertname:|error", said.stdout + said.stderr)), not said.returncode)
    return report
