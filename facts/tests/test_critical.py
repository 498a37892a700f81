"""The facts that a person looks at before «Всё верно», and before a call."""

from __future__ import annotations

import pytest

from core.phrasing.sentences import lower_first
from facts.critical import contacts_fact, critical_facts
from facts.tests.makers import contact, content
from facts.wording import names

pytestmark = pytest.mark.django_db  # names of groups and languages come from the vocabulary


def facts_of(**parts):
    return {fact["label"]: fact["lines"] for fact in critical_facts(content(**parts))}


def test_in_the_order_of_a_call():
    labels = [fact["label"] for fact in critical_facts(content())]
    assert labels == ["Contacts", "Address", "Hours", "For whom", "Documents", "Cost", "How to get in", "Languages"]


def test_each_fact_says_what_the_snapshot_says():
    facts = facts_of()
    assert facts["Address"] == ["Tbilisi, 3 Mill Street"]
    assert facts["Hours"] == ["Mon–Fri 09:00–18:00", "Sat–Sun closed"]
    assert facts["For whom"][-1] == "from 16 on"
    assert facts["Documents"][-1] == "a copy will do"
    assert facts["Cost"] == ["Free", "the second one costs 5 GEL"]
    assert facts["How to get in"] == ["Just come"]


def test_what_is_not_said_has_no_fact():
    facts = facts_of(service={"documents": [], "documents_note": {}, "intake": [], "languages": []})
    assert {"Documents", "How to get in", "Languages"} & facts.keys() == set()


def test_a_note_alone_is_a_fact():
    assert facts_of(service={"documents": []})["Documents"] == ["a copy will do"]


def test_without_groups_it_is_for_everybody():
    assert facts_of(service={"groups": {}, "eligibility_note": {}})["For whom"] == ["everybody who needs it"]


def test_a_service_for_some_statuses_and_ages_is_not_called_one_for_everybody():
    narrow = {"groups": {}, "statuses": ["asylum_seeker"], "age_from": 18, "eligibility_note": {}}
    status = names().name("status", "asylum_seeker")
    assert facts_of(service=narrow)["For whom"] == ["From 18 years of age", f"Status: {lower_first(status)}"]


def test_unknown_hours_are_asked_about_too():
    assert facts_of(listing={"hours": {}})["Hours"] == ["not known"]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ({"address": {}}, "Tbilisi"),
        ({"city": {}}, "3 Mill Street"),
        ({"city": {}, "address": {}}, "Day centre"),
    ],
)
def test_an_address_falls_back_to_what_there_is(place, line):
    assert facts_of(location=place)["Address"] == [line]


def test_a_remote_service_has_no_address():
    assert "Address" not in facts_of(location=None)


def test_only_the_contacts_of_clients_are_named_with_what_a_tap_opens():
    fact = contacts_fact([contact(), contact(id="c2", audience="colleagues", value="+1 11")])
    assert fact["links"] == [{"value": "+995 32 212 34 56", "url": "tel:+995322123456", "label": "Front desk"}]
    assert fact["lines"] == []


def test_without_a_contact_it_says_none():
    assert contacts_fact([contact(audience="colleagues")]) == {"label": "Contacts", "lines": ["none"], "links": []}


def test_legal_risks_are_no_fact_for_a_letter():
    """The page of a letter can be read by somebody else."""
    assert "do not tell the police" not in str(critical_facts(content()))
