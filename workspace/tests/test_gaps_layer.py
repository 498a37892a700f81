"""What is missing, over the countries of the members' map: states without numbers, and nowhere that others read."""

import re

import pytest
from django.test import Client

from core.geo import outlines
from directory.tests.factories import publish
from network.gaps import services as gaps
from network.gaps.models import CellState
from organizations.models import MembershipRole
from verification.publication import publish_vocabulary
from verification.tests import scenarios
from workspace.network.gaps.layer import middle

pytestmark = pytest.mark.django_db
LAYER = "/ru/workspace/network/gaps/layer.json"


@pytest.fixture
def house():
    publish_vocabulary()
    return scenarios.organization("Дом")


@pytest.fixture
def member(house):
    made = Client()
    made.force_login(scenarios.person(house, MembershipRole.EDITOR))
    return made


def cells(told):
    return {kind["code"]: kind["cells"] for section in told["sections"] for kind in section["kinds"]}


def numbers(told):
    if isinstance(told, dict | list):
        for inner in told.values() if isinstance(told, dict) else told:
            yield from numbers(inner)
    elif not isinstance(told, str):
        yield told


def test_unknown_is_never_none_and_no_number_is_told(house, member):
    publish(types=["naloxone"], level=2)
    person = scenarios.person(house, MembershipRole.EDITOR)
    gaps.say_absent(
        actor=person,
        organization=house,
        service_type="needle_syringe_programme",
        country="GE",
        group="",
        how="Обзвонили центры",
    )
    told = member.get(LAYER).json()
    found = cells(told)
    assert (found["naloxone"]["GE"], found["needle_syringe_programme"]["GE"]) == ("thin", "none")
    states = [state for row in found.values() for state in row.values()]
    assert states.count("none") == 1, "nobody has looked anywhere else"
    assert set(states) <= set(CellState.values)
    assert list(numbers({**told, "countries": []})) == [], "how many listings a cell has is told nowhere"


def test_each_sign_leads_to_its_cell_and_stands_in_its_country(member):
    publish(types=["naloxone"], level=2)
    told = member.get(LAYER).json()
    page = member.get(told["cell"].replace("KIND", "naloxone").replace("COUNTRY", "GE"))
    assert page.status_code == 200
    assert "Налоксон" in page.content.decode()
    assert [row["name"] for row in told["countries"]] == sorted(row["name"] for row in told["countries"])
    for row in told["countries"]:
        lat, lon = row["at"]
        assert outlines.may_hold(row["code"], lon, lat), row


def test_a_country_whose_name_the_map_does_not_write_has_its_largest_part():
    for code in ("EG", "ET", "CO"):
        lat, lon = middle(code)
        assert outlines.may_hold(code, lon, lat), code
    assert middle("ZZ") is None


def test_the_public_has_neither_the_button_nor_the_answer(client, member):
    publish(types=["naloxone"], level=2)
    assert "data-gaps-toggle" in member.get("/ru/members/").content.decode()
    for path in ("/ru/", "/ru/embed/", "/ru/?service=naloxone"):
        page = client.get(path).content.decode()
        assert "gaps" not in re.sub(r'"#?[\w/.-]*gaps[\w/.-]*\.js"', "", page), path
    assert client.get(LAYER).status_code == 302
