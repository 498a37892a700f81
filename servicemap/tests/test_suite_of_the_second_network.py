"""The tests of the rooms below, run once more with the second network's file: other countries, kinds, clocks, source.

A test that asks for what the first network's file says is marked `first_network`, with why; every other one passes with
both files.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.tests import databases
from tools.local.network_file import ROOT

#: Rooms whose tests were gone through with the second file.
ROOMS = ("core", "services", "organizations", "accounts", "messaging", "usage", "kept", "facts", "directory")
SECOND = "fixtures/networks/lantern.toml"


@pytest.mark.long
def test_the_rooms_hold_with_the_second_file(
    tmp_path: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    own = {
        "NETWORK_FILE": SECOND,
        "SERVICEMAP_TEST_DB": f"{os.environ.get('SERVICEMAP_TEST_DB', 'test_servicemap')}_second",
        "SERVICEMAP_TEST_TEMPLATE": databases.migrated(),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--create-db", "--tb=short", *ROOMS]
    with (tmp_path / "suite.log").open("w") as log:
        done = subprocess.run(command, cwd=ROOT, env=os.environ | own, stdout=log, stderr=log)
    said = (tmp_path / "suite.log").read_text(encoding="utf-8")
    sums = re.findall(r"(\d+) (passed|skipped|failed|errors?)", said.splitlines()[-1])
    for number, word in sums:
        record_testsuite_property(f"second network, {word}", number)
    assert done.returncode == 0, said[-4000:]
