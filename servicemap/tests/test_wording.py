"""Strings over the catalogues: plural forms, fallbacks, and texts of the product whose source was rewritten."""

import json

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from core.marks import marking
from directory.wording import message_hash
from servicemap import wording
from servicemap.translations import lay_over, russian_of
from servicemap.wording import _outdated
from translations import catalogues

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
