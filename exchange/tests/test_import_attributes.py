"""Answers of attributes out of a file: by codes of the network, of the kinds that are asked."""

import pytest

from exchange.importing.errors import MappingFault
from exchange.importing.report import RowOutcome
from exchange.importing.run import import_listings
from services.models import Service
from services.tests.makers import make_attribute

pytestmark = pytest.mark.django_db
ROWS = """id,org,title,kind,dog
1,Дом,Приют на горе,shelter,да
2,Дом,Тест у моря,hiv_rapid_test,да
3,Дом,Тихий приют,shelter,
"""
MAPPING = """source: attributes
id: id
organization: {{id: org, name: org, registration_country: {{value: GE}}}}
service: {{title: title, types: kind, attributes: {{from: dog, map: {{да: {code}}}}}}}
"""


def read(tmp_path, code: str = "dogs-yes"):
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "rows.yml").write_text(MAPPING.format(code=code), encoding="utf-8")
    return import_listings(tmp_path / "rows.csv", tmp_path / "rows.yml", refused_path=tmp_path / "refused.csv")


def test_answers_are_taken_and_refused_with_the_name_of_the_question(tmp_path):
    make_attribute("dogs", types=["safety"], name="Можно с собакой")
    report = read(tmp_path)
    assert report.counts() == {RowOutcome.CREATED: 2, RowOutcome.REFUSED: 1}
    said = dict(Service.objects.values_list("title", "attributes"))
    assert said == {"Приют на горе": ["dogs-yes"], "Тихий приют": []}
    (refused,) = [one for one in report.results if one.outcome == RowOutcome.REFUSED]
    assert "Можно с собакой: у таких услуг об этом не спрашивают" in str(refused.message)
    assert read(tmp_path).counts() == {RowOutcome.UNCHANGED: 2, RowOutcome.REFUSED: 1}


@pytest.mark.parametrize("code", ["dogs-maybe", "dogs"])
def test_a_code_that_is_no_answer_is_no_mapping(tmp_path, code):
    make_attribute("dogs")
    with pytest.raises(MappingFault, match=code):
        read(tmp_path, code)


def test_what_is_retired_cannot_be_filled_anew(tmp_path):
    make_attribute("dogs", is_retired=True)
    with pytest.raises(MappingFault, match="dogs-yes"):
        read(tmp_path)
