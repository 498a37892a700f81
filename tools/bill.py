"""What a release is made of: every package that is installed and every library that browsers get, with their sums.

Made of the locks and of the record of browser libraries, so it says what they say: CycloneDX 1.6, in which scanners
look for known holes (T28 in docs/privacy.md). The same locks make the same file, letter by letter.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
LOCK, LIBRARIES = ROOT / "requirements.txt", ROOT / "static" / "vendor" / "VERSIONS.md"
FILE = ROOT / "deploy" / "bill-of-materials.json"
_PACKAGE = re.compile(r"^([\w.-]+)(?:\[[\w,-]*\])?==([^\s;]+)[^\\\n]*((?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})*)", re.M)
_SUM = re.compile(r"sha256:([0-9a-f]{64})")
_LIBRARY = re.compile(r"^\| (\S+) \| ([\d.]+) \| (\S+) \| npm, ", re.M)
_BUNDLED = re.compile(r"(@?[\w./-]+) (\d[\w.-]*) \(([\w.-]+)\)")


def bill() -> str:
    """The file's text."""
    found = [*packages(LOCK.read_text("utf-8")), *libraries(LIBRARIES.read_text("utf-8"))]
    made = Bom(
        components=found,
        serial_number=uuid.uuid5(uuid.NAMESPACE_OID, " ".join(sorted(one.bom_ref.value or "" for one in found))),
    )
    told: dict[str, Any] = json.loads(JsonV1Dot6(made).output_as_string())
    del told["metadata"]["timestamp"]
    return json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def packages(lock: str) -> Iterator[Component]:
    """Of Python, with the sums of every file that an installation may take."""
    for name, version, sums in _PACKAGE.findall(lock):
        hashes = [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in _SUM.findall(sums)]
        yield _component(PackageURL("pypi", name=name, version=version), hashes=hashes)


def libraries(record: str) -> Iterator[Component]:
    """Of the browser, and what is bundled into them."""
    for name, version, licence in sorted({*_LIBRARY.findall(record), *_BUNDLED.findall(record)}):
        group, _slash, own = name.rpartition("/")
        yield _component(PackageURL("npm", group or None, own, version), licenses=[LicenseExpression(licence)])


def _component(url: PackageURL, **parts: Any) -> Component:
    return Component(
        type=ComponentType.LIBRARY, group=url.namespace, name=url.name, version=url.version, purl=url,
        bom_ref=url.to_string(), **parts,
    )  # fmt: skip
