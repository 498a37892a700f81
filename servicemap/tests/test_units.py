"""The shipped units start what docs/operations.md says, start it again whenever it ends, and lock it in."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
#: They run to their end, started by a timer of the same name.
BY_THE_CLOCK = [unit for unit in SHIPPED if unit.with_suffix(".timer").exists()]
UNITS = [unit for unit in SHIPPED if unit not in BY_THE_CLOCK]
#: systemd's own score of exposure, times ten: 20 is "OK"; a service without locks has 96.
EXPOSED = 20
LOCKS = {
    "nonewprivileges": "yes", "protectsystem": "strict", "protecthome": "yes", "limitcore": "0", "umask": "0077",
    "capabilityboundingset": "", "systemcallarchitectures": "native", "restrictnamespaces": "yes",
    # Refused, not killed: without it no page was ever served under these locks (bin/drill host --fault killed).
    "systemcallerrornumber": "EPERM",
}  # fmt: skip


def read(unit: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    found.read_string(unit.read_text())
    return found


def test_bot_face_stand_in_watch_web_and_worker_are_shipped() -> None:
    names = ("bot", "face", "standin", "watch", "web", "worker")
    assert [unit.stem for unit in UNITS] == [f"servicemap-{what}" for what in names]


def test_the_stand_in_differs_from_the_pages_by_its_port_alone_and_is_never_enabled() -> None:
    standin, web = (dict(read(unit)["Service"]) for unit in (UNITS[2], UNITS[4]))
    assert standin["execstart"].replace("8002", "8000") == web["execstart"] and not read(UNITS[2]).has_section(
        "Install"
    )
    assert {**standin, "execstart": ""} == {**web, "execstart": ""}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_it_is_started_again_and_locked_in(unit: Path) -> None:
    service = read(unit)["Service"]
    assert service["restart"] == "always" and read(unit)["Unit"]["startlimitintervalsec"] == "0"
    assert service["user"].startswith("servicemap") and service["environmentfile"].startswith("/etc/servicemap/")
    assert {name: service.get(name) for name in LOCKS} == LOCKS and service["privatetmp"] == "yes"
    # Nothing else may be written: what the product writes has to lie there.
    assert service["environment"] == f"VAR_DIR=/var/lib/{service['statedirectory']}"
    assert int(service["memorymax"].rstrip("M")) <= 1200
    goes_out = {"servicemap-worker": "work", "servicemap-watch": "watch", "servicemap-bot": "telegram_bot"}
    command = goes_out.get(unit.stem)
    assert service.get("ipaddressdeny") == (None if command else "any")
    assert (f"manage.py {command}" if command else "--workers-kill-timeout") in service["execstart"]
    assert not re.search(r"(?i)secret|password|://", service["execstart"])


@pytest.mark.parametrize("unit", BY_THE_CLOCK, ids=lambda unit: unit.stem)
def test_what_runs_by_the_clock_is_locked_in_and_made_up_for_when_the_machine_was_off(unit: Path) -> None:
    service, timer = read(unit)["Service"], read(unit.with_suffix(".timer"))["Timer"]
    assert service["type"] == "oneshot" and timer["persistent"] == "true"
    assert {name: service.get(name) for name in LOCKS} == LOCKS and service["privatenetwork"] == "yes"
    command = {"servicemap-backup": "nightly", "servicemap-dump": "dump"}.get(unit.stem)
    if command is None:
        return
    assert service["execstart"].endswith(f"/deploy/backup.sh {command}")
    assert f"\n{command})\n" in (ROOT / "deploy" / "backup.sh").read_text()


def test_the_emergency_copy_is_made_each_hour_and_no_other_process_reads_the_key_that_signs() -> None:
    unit = ROOT / "deploy" / "systemd" / "servicemap-copy.service"
    service = read(unit)["Service"]
    assert service["user"] == "servicemap" and service["privatetmp"] == "yes" and int(service["memorymax"][:-1]) <= 1200
    assert read(unit.with_suffix(".timer"))["Timer"]["oncalendar"] == "*-*-* *:17:00"
    given, place = service["loadcredential"].split(":")
    made = "manage.py emergency_copy /var/lib/servicemap/copy --key ${CREDENTIALS_DIRECTORY}/"
    assert service["execstart"].endswith(f"{made}{given}")
    assert not [one.stem for one in SHIPPED if one != unit and place in one.read_text()]
    parts = (ROOT / "deploy" / "parts.sh").read_text()
    assert 'umask 077 && openssl genpkey -algorithm ed25519 -out "$settings/copy.pem"' in parts
    assert "servicemap-copy.timer" in parts


def test_the_face_shares_no_user_no_variable_and_no_file_with_the_members() -> None:
    face, web = (read(unit)["Service"] for unit in (UNITS[1], UNITS[4]))
    for name in ("user", "environmentfile", "statedirectory"):
        assert face[name] != web[name]


def test_containers_are_started_again_likewise() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert {name: one["restart"] for name, one in services.items()} == {
        "db": "unless-stopped", "prepare": "no", "web": "unless-stopped", "face": "unless-stopped",
        "worker": "unless-stopped", "bot": "unless-stopped",
    }  # fmt: skip


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine to ask")
def test_systemd_finds_no_fault_and_little_that_is_open(tmp_path: Path) -> None:
    """With programs that are there: the paths of an installation are not those of this machine."""
    for unit in SHIPPED:
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^(ExecStart=)\S+", r"\1/bin/true", unit.read_text()))
    copies = [str(tmp_path / unit.name) for unit in SHIPPED]
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *copies], capture_output=True, text=True, check=False
    )
    assert not [line for line in said.stderr.splitlines() if str(tmp_path) in line], said.stderr
    options = ["security", "--offline=true", f"--threshold={EXPOSED}", "--no-pager"]
    scored = subprocess.run(["systemd-analyze", *options, *copies], capture_output=True, text=True, check=False)
    assert scored.returncode == 0, scored.stdout[-1500:] + scored.stderr
