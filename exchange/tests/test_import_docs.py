"""docs/import.md says what the product does: its codes are the vocabulary's, its examples are read as they stand."""

import json
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.utils import translation

from exchange.importing.explain import code_lists
from exchange.importing.report import RowOutcome
from exchange.importing.run import import_listings

pytestmark = pytest.mark.django_db
DOCS = (settings.BASE_DIR / "docs" / "import.md").read_text(encoding="utf-8")
FILES = Path(__file__).parent / "files"


def shown(language: str) -> list[str]:
    """The blocks of code in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCS, re.DOTALL | re.MULTILINE)


def test_the_codes_are_those_of_the_vocabulary():
    with translation.override("en"):
        lines = [
            f"| {', '.join(f'`{one}`' for one in fields.split(', '))} "
            f"| {'; '.join(f'`{code}` {name}' for code, name in codes.items())} |"
            for fields, codes in code_lists()
        ]
    table = "\n".join(["| Fields | Codes |", "|---|---|", *lines])
    assert table in DOCS, f"docs/import.md needs this table of codes:\n{table}"


def test_the_table_is_read_by_the_mapping_that_is_shown():
    assert yaml.safe_load((FILES / "clinics.yml").read_text(encoding="utf-8")) in map(yaml.safe_load, shown("yaml"))


def test_the_geojson_that_is_shown_becomes_a_listing(tmp_path):
    (feature,) = shown("json")
    mapping = next(text for text in shown("yaml") if "source: points" in text)
    assert json.loads(feature)["type"] == "FeatureCollection"
    (tmp_path / "points.geojson").write_text(feature, encoding="utf-8")
    (tmp_path / "points.yml").write_text(mapping, encoding="utf-8")
    report = import_listings(tmp_path / "points.geojson", tmp_path / "points.yml")
    assert report.counts() == {RowOutcome.CREATED: 2}
    assert not report.unread
