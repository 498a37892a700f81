"""Which state two hashes and two days give, and what of it readers and translators get; without a database."""

import datetime as dt

import pytest

from directory.tables.wording import COLUMNS, ORGANIZATIONS, RECORDS
from translations.models import Origin, Translation
from translations.states import WordState, counted, forms_told, is_shown, is_unsaid, is_withdrawn, state_of
from translations.texts.units import Unit

CHECKED_AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def unit(kind="message", **more):
    return Unit(kind, "key", "field", ("текст",), ("text",), "now", 1, more.pop("is_harmful", False), **more)


def row(**more):
    return Translation(**{"forms": ["matn"], "source_hash": "now", "origin": Origin.HUMAN, **more})


@pytest.mark.parametrize(("kept", "state"), [
    (None, "missing"), (row(forms=[]), "missing"),
    (row(forms=[], source_hash="then", checked_at=CHECKED_AT), "missing"),
    (row(source_hash="then"), "outdated"), (row(source_hash="then", checked_at=CHECKED_AT), "outdated"),
    (row(origin=Origin.MACHINE), "machine"), (row(), "unchecked"),
    (row(checked_at=CHECKED_AT), "checked"), (row(origin=Origin.MACHINE, checked_at=CHECKED_AT), "checked"),
])  # fmt: skip
def test_the_state_of_a_text(kept, state):
    assert state_of(unit(), kept) == state


@pytest.mark.parametrize(("of", "shown"), [
    (unit(), "unchecked checked"), (unit(waits=True), "checked"), (unit(is_harmful=True), "checked"),
])  # fmt: skip
def test_what_readers_get(of, shown):
    rows = [row(forms=[]), row(source_hash="then"), row(origin=Origin.MACHINE), row(), row(checked_at=CHECKED_AT)]
    assert [state_of(of, one) for one in rows if is_shown(of, one)] == shown.split()
    assert not is_shown(of, None)


@pytest.mark.parametrize("kind", sorted({*RECORDS, *ORGANIZATIONS, *COLUMNS}))
def test_an_old_text_of_a_record_is_given_to_nobody(kind):
    old = row(source_hash="then")
    assert is_withdrawn(unit(kind), old) and forms_told(unit(kind), old) == []
    assert not is_withdrawn(unit(kind), row()) and forms_told(unit(kind), row()) == ["matn"]
    assert not is_withdrawn(unit(kind), None) and forms_told(unit(kind), None) == []


def test_an_old_text_of_the_product_is_still_there_for_its_translators():
    assert not is_withdrawn(unit(), row(source_hash="then"))
    assert forms_told(unit(), row(source_hash="then")) == ["matn"]


def test_a_text_is_unsaid_by_a_kept_row_without_one_of_the_present_source():
    assert is_unsaid(unit(), row(pk=1, forms=[]))
    for other in (None, row(forms=[]), row(pk=1), row(pk=1, forms=[], source_hash="then")):
        assert is_unsaid(unit(), other) is False


def test_states_are_counted_by_the_ids_of_units():
    one, two, three = unit(), unit("term"), unit("service")
    rows = {one.id: row(), three.id: row(source_hash="then")}
    assert counted([one, two, three], rows) == {
        WordState.UNCHECKED: 1, WordState.MISSING: 1, WordState.OUTDATED: 1
    }  # fmt: skip
