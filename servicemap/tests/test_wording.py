"""Strings over the catalogues: plural forms, fallbacks, and texts of the product whose source was rewritten."""

import json

import pytest
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext, ngettext

from core.errors import WrongState
from core.languages import LANGUAGES
from core.phrasing import termnames
from core.phrasing.marks import mark, marking
from core.phrasing.termnames import languages_with_names, names_in
from directory import vocabulary as vocabularies
from directory.tables.wording import MESSAGE, TERM, PublicWording, message_hash
from servicemap.tongues import wording
from servicemap.tongues.translations import lay_over, russian_of
from servicemap.tongues.wording import _outdated
from translations.publication import publish_all
from translations.rows import expected, row_of, rows_of
from translations.services import take_back, write
from translations.states import WordState, state_of
from translations.tests.makers import translator
from translations.texts import catalogues
from translations.texts.checks import problems
from translations.texts.names import note_names
from translations.texts.tiers import FIRST, tier_of
from translations.texts.units import of_messages, of_terms

CATALOGUES = sorted(row.code for row in LANGUAGES if catalogues.sources(row.code).exists())
SHELTER = ("service:shelter", "name")
COUNTED = ("%(n)s service", "%(n)s services")


@pytest.fixture
def laid():
    yield lay_over
    for code in ("uk", "uz", "az", "fa-af"):
        lay_over(code, {})


def test_every_text_of_a_catalogue_says_of_which_source_it_was_written():
    """`bin/manage note_sources CODE` after new texts; a text whose source was rewritten is translated anew."""
    for code in CATALOGUES:
        noted = json.loads(catalogues.sources(code).read_text(encoding="utf-8"))
        assert catalogues.texts(code).keys() - noted.keys() == set(), f"bin/manage note_sources {code}"


@pytest.mark.parametrize("code", CATALOGUES)
def test_what_comes_with_the_product_keeps_the_rules_that_people_keep(code):
    """A text that the rules refuse could not be checked as it stands: somebody would have to write it anew."""
    texts, units = catalogues.texts(code), of_messages()
    wrong = {unit.key: found for unit in units
             if unit.key in texts and (found := problems(unit, code, texts[unit.key]))}  # fmt: skip
    assert wrong == {}


@pytest.mark.django_db
def test_names_that_come_with_the_product_keep_them_too_and_are_of_what_the_vocabulary_says_now():
    units = {(unit.key, unit.field): unit for unit in of_terms()}
    said = {(code, key, field): told for code in languages_with_names() for key, fields in names_in(code).items()
            for field, told in fields.items()}  # fmt: skip
    assert {code for code, _key, _field in said} >= {"uk", "uz", "tg", "fa-af"}
    wrong = {at: found for at, (text, _of) in said.items() if (found := problems(units[at[1:]], at[0], [text]))}
    assert wrong == {}
    stale = [at for at, (_text, of) in said.items() if units[at[1:]].source_hash != of]
    assert stale == [], 'translate these anew, with "" for the hash, then bin/manage note_sources CODE'


@pytest.mark.django_db
def test_a_name_of_the_product_is_read_unchecked_and_lies_under_what_people_write():
    unit = next(unit for unit in of_terms() if (unit.key, unit.field) == SHELTER)
    row = rows_of("uz")[unit.id]
    assert (row.pk, row_of(unit, "uz").forms, state_of(unit, row)) == (None, row.forms, WordState.UNCHECKED)
    assert [shelter("uz"), shelter("az")] == [row.forms[0], unit.source[0]]
    PublicWording.objects.create(id="people", kind=TERM, key=SHELTER[0], field="name", language="uz",
                                 source_hash=unit.source_hash, forms=["Panoh"])  # fmt: skip
    assert shelter("uz") == "Panoh"


@pytest.mark.django_db
def test_a_name_of_the_product_is_taken_from_readers_without_a_release():
    unit = next(unit for unit in of_terms() if (unit.key, unit.field) == SHELTER)
    vera = translator("vera")

    def take_it_back():
        take_back(actor=vera, unit=unit, language="uz", seen=expected(unit, row_of(unit, "uz")))

    take_it_back()
    assert shelter("uz") == shelter("ru") and state_of(unit, rows_of("uz")[unit.id]) == WordState.MISSING
    publish_all()
    assert shelter("uz") == shelter("ru"), "nor does a round bring it back"
    with pytest.raises(WrongState):
        take_it_back()
    write(actor=vera, unit=unit, language="uz", forms=["Panoh"])
    assert shelter("uz") == "Panoh"
    take_it_back()
    assert shelter("uz") == shelter("ru"), "nor does what it lay over come back"


@pytest.mark.django_db
def test_a_string_of_the_product_is_taken_from_readers_too(laid):
    rows = rows_of("uk")
    plain = [unit for unit in of_messages() if not (unit.is_harmful or unit.is_counted or "\x04" in unit.key)]
    read = (unit for unit in plain if state_of(unit, rows.get(unit.id)) == WordState.UNCHECKED)
    unit = next(unit for unit in read if rows[unit.id].forms[0] != unit.source[0])
    wording.refresh("uk")
    with translation.override("uk"):
        assert gettext(unit.key) == rows[unit.id].forms[0] != unit.source[0]
        take_back(actor=translator("vera", "uk"), unit=unit, language="uk", seen=expected(unit, row_of(unit, "uk")))
        wording.refresh("uk")
        assert gettext(unit.key) == unit.source[0]


@pytest.mark.django_db
def test_a_name_of_an_older_source_is_not_read(monkeypatch, tmp_path):
    names = {SHELTER[0]: {"name": ["Eski", "0" * 64]}}
    (tmp_path / "uz.json").write_text(json.dumps(names), encoding="utf-8")
    monkeypatch.setattr(termnames, "FOLDER", tmp_path)
    for kept in ("_kept", "_kept_terms"):
        monkeypatch.setattr(vocabularies, kept, {})
    assert shelter("uz") == shelter("ru")
    assert note_names("uz") == 0, "a hash that is there stays: somebody has to look"
    names[SHELTER[0]]["name"] = ["Boshpana", ""]
    (tmp_path / "uz.json").write_text(json.dumps(names), encoding="utf-8")
    termnames.read.cache_clear()
    assert note_names("uz") == 1
    monkeypatch.setattr(vocabularies, "_kept", {})
    monkeypatch.setattr(vocabularies, "_kept_terms", {})
    assert shelter("uz") == "Boshpana"
    termnames.read.cache_clear()


def shelter(language):
    return vocabularies.vocabulary().scheme("service")["shelter"].name(language)


def test_a_text_of_the_product_whose_source_was_rewritten_is_not_said(laid, monkeypatch):
    with translation.override("uk"):
        assert gettext("Free") != russian_of("Free")[0]
    monkeypatch.setattr(wording, "russian_of", lambda message: ["иначе"] if message == "Free" else russian_of(message))
    assert _outdated.__wrapped__("uk") == {"Free": []}
    laid("uk", {"Free": []})
    with translation.override("uk"):
        assert gettext("Free") == russian_of("Free")[0]
        with marking(on=True):
            assert gettext("Free") != russian_of("Free")[0], "marked as Russian"


def test_numbers_take_the_forms_that_were_written(laid):
    laid("uk", {COUNTED[0]: ["%(n)s раз", "%(n)s рази", "%(n)s разів"]})
    with translation.override("uk"):
        said = [ngettext(*COUNTED, n) % {"n": n} for n in (1, 2, 5, 11, 21)]
    assert said == ["1 раз", "2 рази", "5 разів", "11 разів", "21 раз"]
    laid("uk", {COUNTED[0]: []})
    with translation.override("uk"):
        assert [ngettext(*COUNTED, n) % {"n": n} for n in (1, 5)] == ["1 услуга", "5 услуг"]


def test_a_language_without_words_reads_its_fallback_and_what_was_written_there(laid):
    laid("az", {"Free": ["Pulsuz"]})
    with translation.override("az"):
        assert gettext("Free") == "Pulsuz" and gettext("Paid") == russian_of("Paid")[0]
    laid("fa-af", {"Free": ["مجانی"]})
    with translation.override("ps"):
        assert gettext("Free") == "مجانی"


def test_the_hash_is_of_words_and_not_of_lines():
    assert message_hash("a  b\n c", ["д"]) == message_hash("a b c", ["д"]) != message_hash("a b c", ["е"])


@pytest.mark.django_db
def test_what_can_hurt_is_not_said_in_a_preview_until_somebody_has_checked_it(laid, monkeypatch):
    monkeypatch.setattr(wording, "_read", {})
    harmful = next(one for one in catalogues.messages() if one.files and tier_of(one.files) == FIRST and not one.context
                   and one.key in catalogues.texts("uk"))  # fmt: skip
    wording.refresh("uk")
    with translation.override("uk"), marking(on=True):
        assert gettext("Free") == catalogues.texts("uk")["Free"][0]
        assert gettext(harmful.key) == mark(harmful.russian[0], "ru")
    digest = message_hash(harmful.key, harmful.russian)
    row = {"kind": MESSAGE, "key": harmful.key, "language": "uk", "source_hash": digest, "forms": ["перевірено"]}
    PublicWording.objects.create(id="checked", **row)
    wording.refresh("uk")
    with translation.override("uk"), marking(on=True):
        assert gettext(harmful.key) == "перевірено"


@pytest.mark.django_db
def test_nor_where_the_database_does_not_answer(laid, monkeypatch):
    monkeypatch.setattr(wording, "_read", {})

    def silent(_language):
        raise DatabaseError

    monkeypatch.setattr(wording, "_refresh", silent)
    wording.refresh("uk")
    harmful = next(key for key, forms in wording._harmful("uk").items() if key in catalogues.texts("uk"))
    with translation.override("uk"):
        assert gettext(harmful) == russian_of(harmful)[0]
