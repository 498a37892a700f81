"""One organisation writes, another one has read the source; dates are asked in the query."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from core import clock
from core.errors import NotAllowed, WrongState
from directory.tables.lands import MemberCountryFact, PublicCountryFact
from directory.tables.listings import DirectoryRevision
from network.countries import facts
from network.countries.models import CountryFact, FactCheck
from network.countries.tests.makers import WORDS, lawyer, published, sent
from organizations.models import MembershipRole
from verification.tests import scenarios
from verification.upkeep.rebuild import rebuild

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 7)


@pytest.fixture(autouse=True)
def _today():
    with clock.travel(TODAY):
        yield


def test_a_fact_reaches_the_public_in_the_transaction_of_its_approval():
    waiting = sent()
    assert not PublicCountryFact.objects.exists() and not MemberCountryFact.objects.exists()
    checker = scenarios.person(scenarios.organization())
    facts.approve(actor=checker, fact=waiting, has_read_source=True)
    row = PublicCountryFact.objects.get()
    assert (row.id, row.topic, row.statement["ru"]) == (waiting.public_id, "art", WORDS["statement"])
    assert (row.checked_on, row.valid_until) == (TODAY, TODAY + dt.timedelta(days=182))
    assert row.checked_by == checker.memberships.get().organization.public_id


def test_whoever_wrote_it_or_works_beside_them_does_not_approve():
    house = scenarios.organization()
    author, beside = scenarios.person(house), scenarios.verifier(house)
    waiting = sent(author)
    for actor in (author, beside):
        with pytest.raises(NotAllowed) as refused:
            facts.approve(actor=actor, fact=waiting, has_read_source=True)
        assert refused.value.code == "own_fact"


def test_the_source_has_to_be_read():
    with pytest.raises(ValidationError) as refused:
        facts.approve(actor=lawyer(), fact=sent(), has_read_source=False)
    assert "has_read_source" in refused.value.message_dict


def test_what_a_law_says_needs_the_lawyers_seat():
    waiting = sent(topic="entry")
    with pytest.raises(NotAllowed) as refused:
        facts.approve(actor=scenarios.verifier(), fact=waiting, has_read_source=True)
    assert refused.value.code == "no_seat"
    assert facts.approve(actor=lawyer(), fact=waiting, has_read_source=True).state == "published"


def test_a_new_fact_replaces_the_old_one():
    old = published(answer="yes")
    new = published(answer="no")
    old.refresh_from_db()
    assert (old.state, new.state) == ("replaced", "published")
    assert [row.answer for row in PublicCountryFact.objects.all()] == ["no"]


def test_what_is_withdrawn_is_gone_for_readers_and_cannot_be_approved():
    fact = published()
    facts.withdraw(actor=fact.author, fact=fact)
    assert not PublicCountryFact.objects.exists() and not MemberCountryFact.objects.exists()
    with pytest.raises(WrongState):
        facts.approve(actor=lawyer(), fact=fact, has_read_source=True)


def test_a_reader_writes_nothing_and_another_house_changes_nothing():
    house = scenarios.organization()
    reader = scenarios.person(house, MembershipRole.READER)
    with pytest.raises(NotAllowed):
        facts.write_fact(actor=reader, organization=house, **WORDS)
    writer = scenarios.person(house)
    draft = facts.write_fact(actor=writer, organization=house, **WORDS)
    stranger = scenarios.person(scenarios.organization())
    assert draft not in CountryFact.objects.visible_to(stranger)
    with pytest.raises(NotAllowed):
        facts.write_fact(actor=stranger, fact=draft, **WORDS)


# --- the day ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "standing"), [(0, "fresh"), (69, "fresh"), (70, "due"), (100, "due"), (101, "stale")])
def test_a_fact_ages_by_the_query_alone(days, standing):
    published(days=100)
    on = TODAY + dt.timedelta(days=days)
    for table in (PublicCountryFact, MemberCountryFact):
        assert [row.standing for row in table.objects.with_standing(on)] == [standing]


def test_confirming_gives_new_dates_and_a_check():
    fact = published(days=10)
    with clock.travel(TODAY + dt.timedelta(days=20)):
        facts.confirm(actor=lawyer(), fact=fact, has_read_source=True)
        assert [row.standing for row in PublicCountryFact.objects.with_standing()] == ["fresh"]
    assert fact.checks.count() == 2


def test_what_happened_asks_for_a_new_look():
    fact = published()
    published(topic="tb")
    assert facts.ask_again(country="GE", topic="art") == 1
    standing = {row.topic: row.standing for row in PublicCountryFact.objects.with_standing()}
    assert standing == {"art": "asked", "tb": "fresh"}
    fact.refresh_from_db()
    facts.confirm(actor=lawyer(), fact=fact, has_read_source=True)
    assert PublicCountryFact.objects.with_standing().get(topic="art").standing == "fresh"


# --- what only members may know -----------------------------------------------------------------------------------


def test_a_restricted_topic_never_enters_the_table_of_the_public():
    published(topic="undesirable", visibility="members", statement="канарейка")
    assert not PublicCountryFact.objects.exists()
    assert MemberCountryFact.objects.get().is_public is False
    with pytest.raises(ValidationError):
        sent(topic="undesirable")
    row = MemberCountryFact.objects.values().get()
    del row["is_public"]
    with pytest.raises(DatabaseError), transaction.atomic():
        PublicCountryFact.objects.create(**row)


def test_what_members_alone_see_moves_nothing_of_the_public():
    published()
    before = DirectoryRevision.objects.get().public_number
    published(topic="tb", visibility="members")
    assert DirectoryRevision.objects.get().public_number == before
    published(topic="pep")
    assert DirectoryRevision.objects.get().public_number > before


# --- by hand, in SQL ----------------------------------------------------------------------------------------------


def _refused(statement, values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


_CHECK = """
    INSERT INTO countries_factcheck (fact_id, organization_id, person_id, at, checked_on, valid_until, has_read_source)
    VALUES (%s, %s, %s, now(), '2026-10-07', '2027-01-01', %s)
"""


def test_sql_cannot_check_ones_own_fact():
    fact = sent()
    other = scenarios.person(scenarios.organization())
    elsewhere = other.memberships.get().organization_id
    _refused(_CHECK, [fact.pk, fact.organization_id, other.pk, True])
    _refused(_CHECK, [fact.pk, elsewhere, fact.author_id, True])
    colleague = scenarios.person(fact.organization)
    _refused(_CHECK, [fact.pk, elsewhere, colleague.pk, True])
    _refused(_CHECK, [fact.pk, elsewhere, other.pk, False])
    with connection.cursor() as cursor:
        cursor.execute(_CHECK, [fact.pk, elsewhere, other.pk, True])
    assert FactCheck.objects.count() == 1


def test_sql_cannot_publish_what_nobody_checked():
    fact = sent()
    elsewhere = scenarios.organization().pk
    publish = """
        UPDATE countries_countryfact SET state = 'published', published_at = now(), checked_on = '2026-10-07',
        valid_until = '2027-01-01', checked_by_id = %s WHERE id = %s
    """
    _refused(publish, [elsewhere, fact.pk])
    _refused("UPDATE countries_countryfact SET state = 'published' WHERE id = %s", [fact.pk])


@pytest.mark.parametrize(
    "change",
    ["statement = 'Иначе'", "answer = 'yes'", "valid_until = '2031-01-01'", "i18n = '{}'", "checked_on = '2026-10-08'"],
)
def test_sql_cannot_put_other_words_or_days_under_a_check(change):
    fact = published(statement_en="Citizens only.")
    _refused(f"UPDATE countries_countryfact SET {change} WHERE id = %s", [fact.pk])


def test_sql_cannot_keep_two_in_force_or_show_what_is_restricted():
    fact = published()
    other = published(topic="undesirable", visibility="members")
    _refused("UPDATE countries_countryfact SET visibility = 'public' WHERE id = %s", [other.pk])
    _refused("UPDATE countries_countryfact SET topic = 'art', visibility = 'public' WHERE id = %s", [other.pk])
    assert CountryFact.objects.published().filter(pk=fact.pk).exists()


def test_a_directory_made_anew_has_every_fact_in_force_and_no_other():
    fact = published(topic="ost")
    withdrawn = published(topic="tb")
    CountryFact.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    PublicCountryFact.objects.filter(pk=fact.public_id).delete()
    rebuild()
    for rows in (PublicCountryFact, MemberCountryFact):
        assert list(rows.objects.values_list("pk", flat=True)) == [fact.public_id]
