"""Files out and in: what comes back says of what it was written; nine kinds of forged files are refused in words."""

import polib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from translate.storage import factory, po, xliff

from core.errors import WrongState
from translations.files.incoming import MOST_BYTES, read, take_in
from translations.files.outgoing import as_po, as_xliff
from translations.models import Origin, Translation
from translations.rows import by_unit, rows_of
from translations.services import write
from translations.tests.makers import checked, translator, unit_of
from translations.texts.units import every
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
SOURCE = "Запишитесь по телефону +995 32 212 34 56 до 18:00."
TEXT = "+995 32 212 34 56 raqamiga soat 18:00 gacha qoʻngʻiroq qiling."


@pytest.fixture
def unit():
    scenarios.published(scenarios.place(scenarios.organization()), eligibility_note=SOURCE, method="call")
    return unit_of("service", "eligibility_note")


@pytest.fixture
def vera():
    return translator("vera", "uz", "uk")


def out(language="uz", make=as_xliff):
    return make(language, by_unit(every(), rows_of(language)))


def xliff_of(identifier, target, source, language="uz"):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="servicemap" datatype="plaintext" source-language="ru" target-language="{language}"><body>
<trans-unit id="{identifier}"><source>{SOURCE}</source><target>{target}</target><note>source:{source}</note>
</trans-unit></body></file></xliff>""".encode()


def take(vera, unit, text=TEXT, **more):
    values = {"identifier": unit.id, "target": text, "source": unit.source_hash[:16]} | more
    return take_in(actor=vera, language="uz", content=xliff_of(**values))


def test_a_file_comes_back_with_its_texts(unit, vera):
    taken = take(vera, unit)
    assert (taken.written, taken.same, taken.refused) == (1, 0, [])
    row = Translation.objects.get()
    assert (row.forms, row.origin, row.checked_at) == ([TEXT], Origin.FILE, None)
    assert take(vera, unit).same == 1


@pytest.mark.parametrize(
    ("forged", "words"),
    [
        ({"identifier": "0" * 32}, "no such text"),
        ({"source": "0" * 16}, "source has changed"),
        ({"target": "+995 32 212 34 65 raqamiga soat 18:00 gacha qoʻngʻiroq qiling."}, "Numbers and phones"),
        ({"target": f"&lt;b&gt;{TEXT}&lt;/b&gt;"}, "Keep the elements"),
        ({"target": "Позвоните нам по +995 32 212 34 56 до 18:00."}, "not the letters"),
        ({"target": TEXT[:-1] + " va yana qoʻngʻiroq qiling" * 4 + "."}, "too long"),
        ({"target": "Narkomanlar +995 32 212 34 56 raqamiga soat 18:00 gacha qilsin."}, "hurts people"),
    ],
)
def test_a_forged_text_is_refused_in_words(unit, vera, forged, words):
    values = {"identifier": unit.id, "target": TEXT, "source": unit.source_hash[:16]} | forged
    with translation.override("en"):
        taken = take_in(actor=vera, language="uz", content=xliff_of(**values))
    assert taken.written == 0 and len(taken.refused) == 1 and words in taken.refused[0].words
    assert not Translation.objects.exists()


def test_a_lost_placeholder_is_refused(vera):
    file = polib.pofile(out("uz", as_po).decode())
    entry = next(one for one in file if "%(n)s" in one.msgid and not one.msgid_plural and not one.msgstr)
    entry.msgstr = "Bu yerda son yoʻq"
    taken = take_in(actor=vera, language="uz", content=str(file).encode())
    assert taken.written == 0 and len(taken.refused) == 1 and not Translation.objects.exists()


@pytest.mark.parametrize("told", ["uk", "", "xx"])
def test_another_language_is_refused_whole(unit, vera, told):
    with pytest.raises(WrongState):
        take(vera, unit, language=told)
    file = out("uk", as_po)
    with pytest.raises(WrongState):
        take_in(actor=vera, language="uz", content=file)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 no text at all \xff\xfe",
        b"just words",
        b"<html></html>",
        b"<xliff",
        '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"),
        b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>',
        b'msgid ""\nmsgstr "unclosed',
        b"x" * (MOST_BYTES + 1),
    ],
)
def test_what_is_no_file_of_ours_is_refused_in_words(content):
    with pytest.raises(WrongState):
        read(content, "uz")


def test_a_file_does_not_overwrite_what_a_person_has_checked(unit, vera):
    write(actor=vera, unit=unit, language="uz", forms=[TEXT])
    checked(translator("olim"), unit)
    taken = take(vera, unit, "+995 32 212 34 56 ga soat 18:00 gacha telefon qiling.")
    assert taken.written == 0 and len(taken.refused) == 1
    assert take(vera, unit).same == 1 and Translation.objects.get().checked_at


def test_what_a_machine_wrote_stays_a_machines(unit, vera):
    content = xliff_of(unit.id, TEXT, unit.source_hash[:16])
    take_in(actor=vera, language="uz", content=content, by_machine=True)
    assert Translation.objects.get().origin == Origin.MACHINE


def test_a_file_holds_the_directory_at_its_end_alone(unit, vera):
    """Whoever publishes a listing meanwhile waits for a moment, and not for the file to be read."""
    parts = [xliff_of(one.id, text, one.source_hash[:16]).decode() for one, text in (
        (unit, TEXT), (unit_of("service", "title"), "OIVga tezkor test"))]  # fmt: skip
    content = parts[0].replace("</body>", parts[1].split("<body>")[1].split("</body>")[0] + "</body>")
    with CaptureQueriesContext(connection) as asked:
        assert take_in(actor=vera, language="uz", content=content.encode()).written == 2
    said = [query["sql"] for query in asked]
    last = max(at for at, sql in enumerate(said) if sql.startswith('INSERT INTO "translations_translation"'))
    first = min(at for at, sql in enumerate(said) if "directory_directoryrevision" in sql or "publicwording" in sql)
    assert first > last
    assert sum(sql.startswith('INSERT INTO "directory_publicwording"') for sql in said) == 1


def test_another_reader_reads_our_files_whole(unit, vera, tmp_path):
    """translate-toolkit, which translators' programmes are built on, finds every text, and ours come back unchanged."""
    write(actor=vera, unit=unit, language="uz", forms=[TEXT])
    units = every()
    for name, content, kind, count in (
        ("a.po", out("uz", as_po), po.pofile, sum(one.kind == "message" for one in units)),
        ("a.xlf", out("uz"), xliff.xlifffile, sum(one.kind != "message" for one in units)),
    ):
        (tmp_path / name).write_bytes(content)
        store = factory.getobject(str(tmp_path / name))
        assert isinstance(store, kind)
        assert sum(one.istranslatable() for one in store.units) == count
        store.save()
        assert len(read((tmp_path / name).read_bytes(), "uz")) == len(read(content, "uz")) > 0
        before = [(came.unit, came.source, came.forms) for came in read(content, "uz")]
        assert [(came.unit, came.source, came.forms) for came in read((tmp_path / name).read_bytes(), "uz")] == before
