"""Processes killed and a disk filled while people write: what was acknowledged is there, and pages are honest.

That a killed worker holds up no letter: `servicemap/tests/test_killed_worker.py`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from servicemap.tests.faults.site import DISK_MB, Senders, ask, served, small_disk, status_of, wait_until

pytestmark = pytest.mark.long
FOR_A_DISK = pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="no right to mount a small disk")


@pytest.fixture(scope="module")
def site():
    """Not in pytest's own folder, which nobody else may enter: the database has a user of its own."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        Path(folder).chmod(0o755)
        with small_disk(Path(folder) / "disk") as disk, served(disk) as found:
            yield found


def told(senders: Senders, what: str, gap: float) -> str:
    counts = ", ".join(f"{status or 'no answer'}: {count}" for status, count in sorted(senders.answers.items()))
    return (
        f"{what}: {len(senders.acknowledged)} acknowledged, {len(senders.lost())} lost, {senders.twice()} twice;"
        f" back after {gap:.1f} s; {counts}"
    )


def broken_by(site, harm: Callable[[], None], mend: Callable[[], None]) -> tuple[Senders, float]:
    """Let people write for a while, do the harm, mend it, and go on until they are served again."""
    with Senders(site) as senders:
        time.sleep(2)
        harm()
        began = time.monotonic()
        time.sleep(1.5)
        mend()
        wait_until(lambda: status_of(f"{site.address}/ru/places/{site.place}/") == 200)
        known = len(senders.acknowledged)
        wait_until(lambda: len(senders.acknowledged) > known + 3)
        gap = time.monotonic() - began
        time.sleep(1)
    return senders, gap


def judge(senders: Senders) -> None:
    assert len(senders.acknowledged) > 20 and not senders.lost() and not senders.twice() and not senders.dishonest


@FOR_A_DISK
def test_a_killed_web_process_loses_nothing(site, record_testsuite_property):
    for _number in range(3):
        senders, gap = broken_by(site, lambda: os.kill(site.web_workers()[0], signal.SIGKILL), lambda: None)
        record_testsuite_property("web process killed", told(senders, "web process killed", gap))
        judge(senders)


@FOR_A_DISK
def test_a_killed_database_loses_nothing_and_pages_say_so_meanwhile(site, record_testsuite_property):
    def kill() -> None:
        number = site.postmaster()
        children = subprocess.run(["pgrep", "-P", str(number)], capture_output=True, text=True, check=False).stdout
        for one in [number, *map(int, children.split())]:
            os.kill(one, signal.SIGKILL)

    for _number in range(3):
        senders, gap = broken_by(site, kill, site.restart_database)
        record_testsuite_property("database killed", told(senders, "database killed and started again", gap))
        judge(senders)
        assert senders.answers[503] > 0


@FOR_A_DISK
def test_a_full_disk_refuses_what_it_cannot_keep_and_comes_back(site, record_testsuite_property):
    ballast = site.disk / "ballast"

    def fill() -> None:
        with ballast.open("wb") as file, contextlib.suppress(OSError):
            for _block in range(DISK_MB):
                file.write(b"\0" * 1024 * 1024)
                file.flush()

    def free() -> None:
        wait_until(lambda: ask(f"{site.address}/ru/places/{site.place}/")[0] in (200, 503))
        time.sleep(8)
        ballast.unlink()
        site.restart_database()

    with site.publishing() as published:
        senders, gap = broken_by(site, fill, free)
    said = site.sql("SELECT DISTINCT (content->'service'->'title'->>'ru') FROM verification_snapshot")
    kept = {int(title.removeprefix("version ")) for (title,) in said if title.startswith("version ")}
    (shown,) = site.sql("SELECT content->'ru'->>'title' FROM directory_publiclisting")[0]
    record_testsuite_property("disk full", told(senders, "disk full for ten seconds", gap))
    lost = set(published) - kept
    record_testsuite_property("disk full, publishing", f"{len(published)} versions published, {len(lost)} lost")
    judge(senders)
    assert len(published) > 5 and not lost and int(shown.removeprefix("version ")) >= max(published)
