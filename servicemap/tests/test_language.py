"""Russian is complete, and no text hurts."""

import ast
import re
import unicodedata
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
OTHERS = sorted(set(BASE.glob("locale/*/LC_MESSAGES/django.po")) - {CATALOGUE})
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


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.parent.parent.name)
def test_other_catalogues_hold_what_the_message_holds(path):
    """Places for values, elements and figures; and no words stand for a message that is gone."""
    held = re.compile(r"%\(\w+\)s|</?\w+[^>]*>|\d+")
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(CATALOGUE))}
    for entry in polib.pofile(str(path)):
        assert (entry.msgctxt, entry.msgid) in known, entry.msgid
        wanted = sorted(held.findall(entry.msgid))
        for said in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert not said or sorted(held.findall(said)) == wanted, entry.msgid
            assert unicodedata.is_normalized("NFC", said) and said == said.strip()


def test_uzbek_letters_have_their_own_sign():
    text = (CATALOGUE.parents[2] / "uz" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    said = " ".join(line for line in text.splitlines() if line.startswith("msgstr"))
    assert "\u02bb" in said and not re.search("[oOgG]['\u2018\u2019`]", said)


@pytest.mark.parametrize("path", [CATALOGUE, *OTHERS, *TEXTS], ids=lambda path: path.name)
def test_no_text_hurts(path):
    text = path.read_text(encoding="utf-8")
    assert [found.group() for found in BARRED.finditer(text)] == []


def test_the_guard_knows_what_hurts():
    assert (
        BARRED.search("Группа риска") and BARRED.search("ВИЧ-инфицированных") and not BARRED.search("ключевые группы")
    )


# --- what is said in the code and not in the catalogue -----------------------------------------------------------

_SPEAKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
_ONE = re.compile(r"""(?:\{% translate |_\()(["'])(.+?)\1""")
_BLOCK = re.compile(r"\{% blocktranslate(.*?)%\}(.*?)(?:\{% plural %\}.*?)?\{% endblocktranslate %\}", re.DOTALL)


def said_in_python(source):
    """The messages of a module, but those that are told apart by a context."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    for call in calls:
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        words = call.args[0]
        if name in _SPEAKS and isinstance(words, ast.Constant) and isinstance(words.value, str):
            yield words.value


def said_in_template(source):
    for found in _ONE.finditer(source):
        yield found.group(2).replace("%", "%%")
    for found in _BLOCK.finditer(source):
        words = found.group(2).replace("%", "%%")
        if "trimmed" in found.group(1):
            words = " ".join(line.strip() for line in words.strip().splitlines() if line.strip())
        yield re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", words)


def test_everything_that_is_said_stands_in_the_catalogue():
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}
    rooms = [room for room in settings.INSTALLED_APPS if (BASE / room).is_dir()]
    modules = [
        path for room in [*rooms, "servicemap"] for path in (BASE / room).rglob("*.py") if "tests" not in path.parts
    ]
    said = {(path.name, words) for path in modules for words in said_in_python(path.read_text(encoding="utf-8"))}
    templates = [path for kind in ("html", "txt") for path in BASE.glob(f"templates/**/*.{kind}")]
    said |= {(path.name, words) for path in templates for words in said_in_template(path.read_text(encoding="utf-8"))}
    assert len(said) > 1500
    assert sorted(one for one in said if one[1] not in known and one[1].replace("%%", "%") not in known) == []
