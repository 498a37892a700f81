"""The stages of bin/check --long: tests that take minutes, each with the figures that it found."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

#: Name → tests, in this order. All of it within LIMIT_MINUTES on two cores.
STAGES: dict[str, tuple[str, ...]] = {
    "twins": ("servicemap/tests/guards/test_twins.py",),
    "schema": ("servicemap/tests/guards/test_schema_cases.py",),
    "attack": ("servicemap/tests/guards/test_attack.py",),
    "timing": ("servicemap/tests/guards/test_timing.py",),
    "writers": ("servicemap/tests/test_writers.py", "servicemap/tests/test_once.py"),
    "gone": ("servicemap/tests/test_gone_everywhere.py",),
    "markup": ("e2e/reading/test_markup.py", "e2e/thin/test_broken_modules.py"),
    "road": ("e2e/thin/test_road.py",),
    "thin": ("e2e/thin/test_thin.py",),
    "access": ("e2e/reading/test_access.py", "e2e/reading/test_forced_everywhere.py"),
    "browsers": ("e2e/thin/test_other_browsers.py",),
    "periods": ("servicemap/tests/test_retention.py", "accounts/tests/test_sessions.py"),
    "faults": ("servicemap/tests/faults", "servicemap/tests/test_killed_worker.py"),
    "operators": ("servicemap/tests/guards/test_admin.py",),
    "imports": ("exchange/tests/test_import_dirty.py", "exchange/tests/test_import_mutants.py"),
    "hsds": ("reading/tests/test_hsds.py",),
    "referrals": ("referrals/tests/test_state_machine.py",),
    "year": ("simulation/tests/test_year.py",),
    "networks": ("servicemap/tests/test_suite_of_the_second_network.py",),
    "migrations": ("servicemap/tests/test_migrating.py",),
}
LIMIT_MINUTES = 25
#: Stages whose tests are quick enough for every run, too: here they are asked for their figures.
QUICK = frozenset({"gone", "periods", "faults"})


def figures(report: Path) -> list[str]:
    """What the tests of a JUnit report said of themselves by `record_testsuite_property`."""
    if not report.exists():
        return []
    found = ElementTree.parse(report).getroot().iter("property")  # noqa: S314  (written by pytest a moment ago)
    return [f"{one.get('name')}: {one.get('value')}" for one in found]


def words(name: str, paths: tuple[str, ...]) -> list[str]:
    """For pytest."""
    return ["-m", "long or not long" if name in QUICK else "long", *paths]
