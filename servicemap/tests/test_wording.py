"""Strings over the catalogues: plural forms, fallbacks, and texts of the product whose source was rewritten."""

import json

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext, ngettext

from core.marks import mark, marking
from directory.wording import MESSAGE, PublicWording, message_hash
from servicemap import wording
from servicemap.translations import lay_over, russian_of
from servicemap.wording import _outdated
from translations import catalogues
from translations.tiers import FIRST, tier_of

COUNTED = ("%(n)s service", "%(n)s services")


@pytest.fixture
def laid():
    yield lay_over
    for code in ("uk", "uz", "tg", "fa-af"):
        lay_over(code, {})


def test_every_text_of_a_catalogue_says_of_which_source_it_was_written():
    """`bin/manage note_sources CODE` after new texts; a text whose source was rewritten is translated anew."""
    for code in ("uk", "uz"):
        noted = json.loads((settings.BASE_DIR / "locale" / code / "sources.json").read_text(encoding="utf-8"))
        assert catalogues.texts(code).keys() - noted.keys() == set(), f"bin/manage note_sources {code}"


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
    laid("tg", {"Free": ["Ройгон"]})
    with translation.override("tg"):
        assert gettext("Free") == "Ройгон" and gettext("Paid") == russian_of("Paid")[0]
    laid("fa-af", {"Free": ["رایگان"]})
    with translation.override("ps"):
        assert gettext("Free") == "رایگان"


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
