"""An import asks before it makes what is probably there already."""

import json

import pytest
from django.conf import settings

from exchange.importing.report import RowOutcome
from exchange.importing.run import import_listings
from services.models import Service

pytestmark = pytest.mark.django_db
SAMPLE = settings.BASE_DIR / "fixtures" / "samples" / "services-advisor"
MAPPING = settings.BASE_DIR / "fixtures" / "mappings" / "services-advisor.yml"


def test_a_row_that_is_there_already_waits_until_somebody_has_looked(tmp_path):
    import_listings(SAMPLE / "compiled_en.json", MAPPING)
    mapping = tmp_path / "other.yml"
    text = MAPPING.read_text(encoding="utf-8")
    assert text.count("source: ") == 1
    mapping.write_text(text.replace("source: ", "source: other-"), encoding="utf-8")
    count = Service.objects.count()
    for name in SAMPLE.iterdir():
        (tmp_path / name.name).write_bytes(name.read_bytes())
    features = json.loads((SAMPLE / "compiled_en.json").read_text(encoding="utf-8"))[:6]
    (tmp_path / "compiled_en.json").write_text(json.dumps(features), encoding="utf-8")
    report = import_listings(tmp_path / "compiled_en.json", mapping)
    asked = [result for result in report.results if result.outcome == RowOutcome.REFUSED]
    assert len(asked) == len(features) and Service.objects.count() == count
    assert "Похоже, это уже есть" in asked[0].message
    report = import_listings(tmp_path / "compiled_en.json", mapping, is_sure=True)
    assert report.counts() == {RowOutcome.CREATED: len(features)}
    # the file itself tells its rows apart: nothing is asked when it comes again
    assert import_listings(SAMPLE / "compiled_en.json", MAPPING).counts()[RowOutcome.UNCHANGED] == count
