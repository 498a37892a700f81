"""Russian is complete, and no text hurts."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

CATALOGUE = Path(settings.BASE_DIR) / "locale" / "ru" / "LC_MESSAGES" / "django.po"
#: Words that docs/domain.md bars, as stems.
BARRED = re.compile(
    r"носител\w+ вич|вич-инфицированн|нелегал|наркоман|проститут|заражённ|зараженн|групп\w+ риска|борьб\w+ со спид",
    re.IGNORECASE,
)
BASE = Path(settings.BASE_DIR)
TEXTS = [
    *BASE.glob("fixtures/demo/**/*.yml"),
    *BASE.glob("fixtures/vocabulary/*.json"),
    *BASE.glob("templates/**/*.html"),
]


def test_every_message_has_its_russian():
    catalogue = polib.pofile(str(CATALOGUE))
    gaps = [entry.msgid for entry in catalogue if not entry.translated()]
    assert len(catalogue) > 1500 and gaps == []


def test_plurals_have_three_forms():
    for entry in polib.pofile(str(CATALOGUE)):
        assert not entry.msgid_plural or len(entry.msgstr_plural) == 3, entry.msgid


def test_named_places_of_a_message_survive_its_translation():
    wanted = re.compile(r"%\((\w+)\)")
    for entry in polib.pofile(str(CATALOGUE)):
        said = entry.msgstr or entry.msgstr_plural.get(2, "")
        assert set(wanted.findall(said)) <= set(wanted.findall(entry.msgid + entry.msgid_plural)), entry.msgid


@pytest.mark.parametrize("path", [CATALOGUE, *TEXTS], ids=lambda path: path.name)
def test_no_text_hurts(path):
    text = path.read_text(encoding="utf-8")
    assert [found.group() for found in BARRED.finditer(text)] == []


def test_the_guard_knows_what_hurts():
    assert (
        BARRED.search("Группа риска") and BARRED.search("ВИЧ-инфицированных") and not BARRED.search("ключевые группы")
    )
