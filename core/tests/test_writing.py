"""How rows are written: checked, in one piece, never over somebody else's change.

This room has no models, so the tests borrow the organisation's: it has columns, translations and constraints.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from core import clock
from core.constraints import save_version
from core.errors import HouseError, NotAllowed, StaleWrite
from core.writing import assign, check, choose_codes, clean_text, insert, one_write

pytestmark = pytest.mark.django_db
Organization = apps.get_model("organizations", "Organization")
FAULTS = {"organization_left_on_only_when_left": "left_on"}


def build(**fields):
    return Organization(**{"name": "Мост", "slug": "most", "registration_country": "GE"} | fields)


def stored(**fields):
    return insert(build(**fields), fields_of=FAULTS)


def faults(call, *arguments, **named):
    with pytest.raises(ValidationError) as caught:
        call(*arguments, **named)
    return caught.value.message_dict


class TestText:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("  два   слова ", "два слова"),
            ("раз\nдва\tтри", "раз два три"),
            ("ску\u00adльптор\u202e\ufeff", "скульптор"),
            ("и\u0306од", "йод"),
            ("می\u200cخواهم", "می\u200cخواهم"),
            (None, ""),
            (7, "7"),
            ("\ud800", ""),
        ],
    )
    def test_one_line(self, given, kept):
        assert clean_text(given) == kept

    def test_paragraphs_stay_and_hold_no_more_than_one_empty_line(self):
        assert clean_text(" раз \r\n\r\n\r\n\rдва  \n\n", lines=True) == "раз\n\nдва"

    @pytest.mark.parametrize("lines", [True, False])
    def test_cleaning_twice_changes_nothing(self, lines):
        once = clean_text(" а\r\rб \u00ad \n\n\n в ", lines=lines)
        assert clean_text(once, lines=lines) == once


class TestCodes:
    KNOWN = ("a", "b", "c")

    def test_they_come_once_and_in_the_order_of_the_vocabulary(self):
        assert choose_codes("types", ["c", "a", "c"], self.KNOWN) == ["a", "c"]

    def test_a_retired_one_may_stay_and_stands_last(self):
        assert choose_codes("types", ["old", "a"], self.KNOWN, kept=["old"]) == ["a", "old"]

    def test_a_retired_one_that_was_taken_away_stays_away(self):
        assert choose_codes("types", ["a"], self.KNOWN, kept=["old"]) == ["a"]

    def test_an_unknown_one_is_named_beside_the_field(self):
        found = faults(choose_codes, "types", ["a", "zz", "yy"], self.KNOWN)
        assert list(found) == ["types"]
        assert "yy, zz" in found["types"][0]


class TestAssign:
    def test_only_what_the_list_allows(self):
        for name in ("pk", "version", "public_id", "safety_note", "name_ka", "i18n"):
            with pytest.raises(TypeError, match=name):
                assign(build(), {name: "x"}, allowed=["name"])

    @pytest.mark.first_network("Russian is its source")
    def test_an_english_twin_comes_with_its_field_and_never_alone(self):
        row = build()
        assign(row, {"name_en": " The  bridge "}, allowed=["name"])
        assert row.i18n == {"name_en": "The bridge"}
        with pytest.raises(TypeError):
            assign(row, {"legal_form_en": "x"}, allowed=["legal_form"])  # is not translated
        with pytest.raises(TypeError):
            assign(row, {"name_en": "x"}, allowed=["slug"])

    @pytest.mark.first_network("Russian is its source")
    def test_an_empty_translation_falls_back_to_the_russian_text(self):
        row = build(name_en="The bridge")
        assign(row, {"name_en": "  "}, allowed=["name"])
        assert not row.i18n.get("name_en")

    def test_texts_are_cleaned_and_other_values_are_left(self):
        row, day = build(), dt.date(2026, 1, 1)
        assign(
            row,
            {"name": " а\n б ", "description": "а\n б", "joined_on": day},
            allowed=["name", "description", "joined_on"],
        )
        assert (row.name, row.description, row.joined_on) == ("а б", "а\n б", day)


class TestCheck:
    @pytest.mark.first_network("Russian is its source")
    def test_faults_of_columns_translations_and_constraints_come_together(self):
        row = build(default_visibility="all", left_on=dt.date(2026, 1, 1), name_en="x" * 201)
        assert set(faults(check, row, ["default_visibility"], fields_of=FAULTS)) == {
            "default_visibility",
            "left_on",
            "name_en",
        }

    def test_columns_that_are_not_asked_about_are_left_alone(self):
        check(build(default_visibility="all"), ["name"], fields_of=FAULTS)

    def test_a_constraint_without_a_field_of_its_own_stands_above_the_form(self):
        assert list(faults(check, build(left_on=dt.date(2026, 1, 1)), ["name"], fields_of={})) == ["__all__"]

    def test_a_field_that_is_wrong_already_is_not_blamed_twice(self):
        found = faults(check, build(left_on="soon"), ["left_on"], fields_of=FAULTS)
        assert len(found["left_on"]) == 1


class TestInsert:
    def test_a_refused_row_says_all_its_faults_and_leaves_nothing(self):
        found = faults(insert, build(name="", left_on=dt.date(2026, 1, 1)), fields_of=FAULTS)
        assert set(found) == {"name", "left_on"}
        assert not Organization.objects.exists()

    def test_the_transaction_lives_on_after_the_database_refused(self):
        """What only the database sees is told in the constraint's words, and the caller may go on writing."""
        found = faults(insert, build(left_on=dt.date(2026, 1, 1)), fields_of=FAULTS)
        assert list(found) == ["left_on"]
        assert stored().pk

    def test_a_taken_name_in_addresses_is_said_beside_it(self):
        stored()
        assert list(faults(insert, build(), fields_of=FAULTS)) == ["slug"]

    def test_a_rule_that_python_cannot_see_is_explained_by_its_message(self, monkeypatch):
        monkeypatch.setattr("django.db.models.CheckConstraint.validate", lambda *args, **named: None)
        found = faults(insert, build(left_on=dt.date(2026, 1, 1)), fields_of=FAULTS)
        assert found == {"left_on": [str(_("A date of leaving belongs to an organisation that has left."))]}

    def test_a_refusal_that_is_no_rule_of_the_row_stays_what_it_is(self):
        with pytest.raises(IntegrityError):
            insert(build(parent_id=10**9), fields_of=FAULTS)
            connection.check_constraints()


class TestVersions:
    def test_a_save_counts_one_up_and_writes_its_fields_only(self):
        row = stored()
        row.name, row.description = "Новый мост", "не сохраняется"
        with clock.travel(dt.date(2030, 1, 1)):
            save_version(row, expected=1, fields=["name"])
        fresh = Organization.objects.get()
        assert (fresh.name, fresh.description, fresh.version) == ("Новый мост", "", 2)
        assert fresh.updated_at.year == 2030
        assert (row.version, row.updated_at) == (fresh.version, fresh.updated_at)

    def test_a_stale_write_changes_nothing_and_shows_both_sides(self):
        row = stored()
        theirs, mine = Organization.objects.get(), Organization.objects.get()
        theirs.name = "Их мост"
        save_version(theirs, expected=1, fields=["name"])
        mine.name, mine.legal_form = "Мой мост", "фонд"
        with pytest.raises(StaleWrite) as caught:
            save_version(mine, expected=1, fields=["name", "legal_form", "slug"])
        row.refresh_from_db()
        assert (row.name, row.legal_form, row.version) == ("Их мост", "", 2)
        assert caught.value.changed == {"name": ("Мой мост", "Их мост"), "legal_form": ("фонд", "")}
        assert caught.value.current == row and caught.value.current.version == 2
        assert mine.version == 1, "what was refused does not look saved"

    def test_a_version_from_the_future_is_stale_too(self):
        row = stored()
        with pytest.raises(StaleWrite):
            save_version(row, expected=2, fields=["name"])

    def test_constraints_speak_before_the_version(self):
        row = stored()
        row.left_on = dt.date(2026, 1, 1)
        with pytest.raises(ValidationError):
            save_version(row, expected=99, fields=["member_status", "left_on"])


class TestOneWrite:
    def test_all_or_nothing(self):
        @one_write
        def break_off(*, actor):
            stored()
            raise NotAllowed("нет")

        with pytest.raises(NotAllowed):
            break_off(actor=None)
        assert not Organization.objects.exists()

    @pytest.mark.parametrize("email", ["anna@example.org", None])
    def test_the_audit_names_who_wrote(self, email):
        actor = apps.get_model("accounts", "User").objects.create_user(email) if email else None

        @one_write
        def found(*, actor):
            return stored()

        event = found(actor=actor).events.get()
        assert event.pgh_context.metadata.get("user") == (actor.pk if actor else None)


def test_an_error_speaks_to_people_and_to_programs():
    plain, own = HouseError("Слова"), HouseError("Слова", code="own", field="name")
    assert (str(plain), plain.code, plain.field) == ("Слова", "error", None)
    assert (own.code, own.field, HouseError.code) == ("own", "name", "error")
