"""An organisation's profile: what there is to confirm, and how it stands day by day."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from facts.profile import ProfileStanding, profile_facts, profile_standing, standing_on_map
from facts.tests.makers import contact, content
from organizations.models import Organization
from verification.services import confirm_profile
from verification.tests import scenarios

CHECKED = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)


def facts_of(**parts):
    return {fact["label"]: fact for fact in profile_facts(content(**parts))}


@pytest.mark.django_db
@pytest.mark.first_network("Russian is its source")
def test_each_language_of_a_text_is_confirmed_on_its_own():
    facts = facts_of()
    assert facts["Name"]["lines"] == ["Мост"]
    assert facts["Name in English"]["lines"] == ["Bridge"]
    assert "About the organisation" not in facts  # there is no Russian text
    assert facts["The same in English"]["lines"] == ["We help on the way."]


@pytest.mark.django_db
def test_lists_are_one_line_and_pages_are_links():
    facts = facts_of(organization={"community_led": ["msm", "trans"]})
    assert facts["Countries"]["lines"] == ["Georgia, Armenia"]
    assert facts["Led by"]["lines"] == ["Men who have sex with men, Transgender people"]
    assert facts["Website"]["links"] == [
        {"value": "https://bridge.example", "url": "https://bridge.example", "label": ""}
    ]
    assert [link["label"] for link in facts["Other pages"]["links"]] == ["Channel"]


@pytest.mark.django_db
@pytest.mark.first_network("Russian is its source")
def test_what_is_empty_has_no_fact():
    facts = facts_of(organization={"website": "", "links": [], "countries": [], "working_languages": []}, contacts=[])
    assert list(facts) == ["Name", "Name in English", "The same in English"]


@pytest.mark.django_db
def test_only_general_contacts_of_clients_belong_to_the_profile():
    contacts = [contact(value="1"), contact(value="2", location="p1"), contact(value="3", audience="colleagues")]
    assert [link["value"] for link in facts_of(contacts=contacts)["Contacts"]["links"]] == ["1"]
    assert "Contacts" not in facts_of(contacts=contacts[1:])


@pytest.fixture
def organization(db: None) -> Organization:
    """Confirmed on the day CHECKED, with a listing on the map."""
    row = scenarios.organization()
    with clock.travel(CHECKED):
        scenarios.published(scenarios.place(row))
        confirm_profile(organization=row, actor=scenarios.person(row, "manager"))
    return Organization.objects.select_related("profile_state").get(pk=row.pk)


def at(organization: Organization, field: str, days: int = 0) -> ProfileStanding:
    day = getattr(organization.profile_state, field) + dt.timedelta(days=days)
    with clock.travel(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)):
        return profile_standing(organization)


@pytest.mark.first_network("its listings are of kinds of the first vocabulary")
def test_fresh_says_when_it_was_and_when_it_will_be(organization):
    standing = at(organization, "checked_on", 1)
    assert standing.confirmed == "confirmed on 5 January 2026"
    assert standing.next.startswith("next check by ")
    assert standing.line == f"Details of the organisation: {standing.confirmed}, {standing.next}"
    assert (standing.seen, standing.needs_word) == ("", False)


@pytest.mark.parametrize(
    ("field", "days", "seen"),
    [
        ("due_on", -1, ""),
        ("due_on", 0, "Visitors read that this was not confirmed for a long time."),
        ("hides_on", -1, "Visitors read that this was not confirmed for a long time."),
        ("hides_on", 0, "Visitors see the name alone."),
        ("archives_on", -1, "Visitors see the name alone."),
        ("archives_on", 0, "Everybody sees the name alone."),
    ],
)
@pytest.mark.first_network("its listings are of kinds of the first vocabulary")
def test_day_by_day_less_is_seen(organization, field, days, seen):
    standing = at(organization, field, days)
    assert standing.seen == seen
    assert standing.needs_word
    late = (field, days) != ("due_on", -1)
    assert standing.next.startswith("check was due by" if late else "next check by")


@pytest.mark.django_db
def test_never_confirmed():
    standing = profile_standing(scenarios.organization())
    assert (standing.words, standing.seen) == ("never confirmed", "Visitors see the name alone.")
    assert standing.needs_word


@pytest.mark.first_network("its listings are of kinds of the first vocabulary")
def test_only_what_is_on_the_map_has_a_standing_there(organization):
    assert standing_on_map(organization) is not None
    assert standing_on_map(scenarios.organization()) is None
