"""The bill of materials says what the locks say, in a form that others read."""

import json
import re

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import bill

HOW = "bin/manage bill_of_materials"


def test_it_is_what_the_locks_say():
    assert bill.FILE.read_text(encoding="utf-8") == bill.bill(), HOW


def test_its_form_is_the_standards():
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill.FILE.read_text(encoding="utf-8")) is None


def test_every_package_and_every_library_stands_in_it():
    found = {part["bom-ref"]: part for part in json.loads(bill.FILE.read_text(encoding="utf-8"))["components"]}
    pinned = re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)(?:\[.*\])?==(\S+)", bill.LOCK.read_text(encoding="utf-8"))
    assert len(pinned) > 40 and {f"pkg:pypi/{name.lower()}@{version}" for name, version in pinned} <= set(found)
    assert all(part["hashes"] for ref, part in found.items() if ref.startswith("pkg:pypi/"))
    assert found["pkg:npm/leaflet@1.9.4"]["licenses"] == [{"expression": "BSD-2-Clause"}]
    assert "pkg:npm/%40mapbox/vector-tile@2.0.5" in found  # one that is bundled


def test_another_version_makes_another_bill():
    (one,) = bill.packages("left==1.0 \\\n    --hash=sha256:" + "a" * 64 + "\n")
    assert (one.name, one.version, one.hashes[0].content) == ("left", "1.0", "a" * 64)
    assert not list(bill.packages("# left==1.0\n"))
