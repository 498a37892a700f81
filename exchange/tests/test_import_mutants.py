"""Nothing of a spoiled file is lost in silence: what was in it is compared with what arrived or was told."""

import json
import re
import shutil
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest
import yaml

from core.spelling.folding import bare
from exchange.importing.errors import ImportFailure
from exchange.importing.reading.rows import leaves
from exchange.importing.run import import_listings, read_rows, translate
from exchange.importing.translating.mapping import read_mapping
from exchange.tests.mutants import mutant

pytestmark = pytest.mark.django_db
MANY = 10_000
#: Together they are spoiled in every way that there is.
SOME = (*range(96), 217, 290, 312, 332)
#: Six ways for the table, eight for each of three lists of objects, two for the workbook.
KINDS = 6 + 3 * 8 + 2
DAY = re.compile(r"^(\d\d)\.(\d\d)\.(\d{4})$")
WORD = re.compile(r"[^\W\d_]{4,}")
#: Words that say what a value is, not what it says.
OF_THE_FORM = {"point", "feature", "polygon"}
mapping_of = cache(read_mapping)


@cache
def words_of(mapping: Path) -> str:
    """Everything that the mapping itself names: a value with an entry there is translated."""
    return bare(
        json.dumps(yaml.safe_load(mapping.read_text(encoding="utf-8")), ensure_ascii=False, default=str)
    ).casefold()


def told(source, wanted, report):
    """All that arrived or was told, as one text; the rows that were refused."""
    refused = {result.number for result in report.refused()}
    arrived = [
        (each.key, each.organization_key, each.organization, each.location_key, each.location, each.service,
         each.listing, each.contacts)
        for each in wanted
    ]  # fmt: skip
    notes = [asdict(note) for _number, note in report.remarks.notes]
    unread = [str(value) for row in source.rows for data in row.parts.values() for path, value in leaves(data)
              if " / ".join(path) in report.unread]  # fmt: skip
    said = json.dumps([arrived, notes, unread, [*report.unread], report.notes], ensure_ascii=False, default=str)
    return bare(said.replace("\\n", " ")).casefold(), refused


def lost(made, source, wanted, report):
    """Words and numbers of the file that are nowhere."""
    said, refused = told(source, wanted, report)
    digits = re.sub(r"[^\d\"]", "", said.replace('\\"', ""))
    said += words_of(made.mapping)
    rows = sorted({result.number for result in report.results} | {each.row.number for each in wanted})
    for number, values in made.values.items():
        owner = max((row for row in rows if row <= number), default=number)  # a cell may go over several lines
        if owner in refused or number in refused:
            continue
        for value in values:
            text = bare(value).casefold()
            for word in WORD.findall(text):
                if word not in said and word not in OF_THE_FORM:
                    yield number, word
            # A day arrives as one, or as it was written.
            forms = [re.sub(r"\D", "", form).strip("0") for form in (text, DAY.sub(r"\3-\2-\1", text))]
            is_number = len(forms[0]) >= 7 and not re.search("[:;]|e\\+", text)
            if is_number and not any(form in digits for form in forms):
                yield number, value


def read(made):
    mapping = mapping_of(made.mapping)
    source, report = read_rows(made.path, mapping)
    return source, list(translate(mapping, source.rows, report, {})), report


def check(made):
    try:
        source, wanted, report = read(made)
    except ImportFailure as fault:
        assert made.path.name in str(fault), made.seed
        return
    assert not list(lost(made, source, wanted, report)), made.seed
    assert all(result.message for result in report.refused()), made.seed


def test_a_hundred_spoiled_files(tmp_path):
    kinds = set()
    for seed in SOME:
        made = mutant(seed, tmp_path)
        kinds |= made.kinds
        check(made)
    assert len(kinds) == KINDS, kinds


@pytest.mark.long
def test_ten_thousand_spoiled_files_to_the_end(tmp_path):
    """The same; one of twenty is written (and taken back), and its report is written."""
    for seed in range(MANY):
        made = mutant(seed, tmp_path)
        check(made)
        if seed % 20:
            continue
        try:
            report = import_listings(made.path, made.mapping, dry_run=True)
        except ImportFailure:
            continue
        report.write(tmp_path / "report.csv")
        assert list(report.lines())


def test_the_comparison_sees_a_loss(tmp_path):
    """A word that the reader drops is missed by the comparison."""
    made = next(each for each in (mutant(seed, tmp_path) for seed in range(50)) if each.path.name == "clinics.csv")
    shutil.copy(Path(__file__).parent / "files" / "clinics.csv", made.path)
    made.values = {2: ["Анонимно", "Приходите", "невиданное"]}
    assert [word for _number, word in lost(made, *read(made))] == ["невиданное"]
