"""Texts as files for people who work elsewhere: strings of pages as PO, everything else as XLIFF 1.2.

Each text carries the hash of its source, so that what comes back says of what it was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

import polib

from core.languages import SOURCE, babel_locale, by_code
from core.phrasing.plurals import catalogue_rule
from directory.tables import wording
from translations.models import Translation
from translations.states import WordState, forms_told, state_of
from translations.texts import catalogues
from translations.texts.units import Unit

XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
#: Before the hash of the source, in a comment or a note.
SOURCE_MARK = "source:"
#: As XLIFF calls our states.
_STATES = {
    WordState.CHECKED: "signed-off",
    WordState.OUTDATED: "needs-translation",
    WordState.MACHINE: "needs-review-translation",
}
Pairs = Iterable[tuple[Unit, Translation | None]]


def as_po(language: str, pairs: Pairs) -> bytes:
    """Strings of pages. An outdated text is marked fuzzy: tools show it and do not take it for done."""
    forms, expression = catalogue_rule(babel_locale(language))
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": f"nplurals={forms}; plural={expression};",
    }
    for unit, row in pairs:
        if unit.kind == wording.MESSAGE:
            file.append(_entry(unit, row, catalogues.forms_needed(language)))
    return str(file).encode()


def _entry(unit: Unit, row: Translation | None, forms: int) -> polib.POEntry:
    context, _separator, _message = unit.key.rpartition("\x04")
    texts = forms_told(unit, row)
    entry = polib.POEntry(
        msgctxt=context or None,
        msgid=unit.english[0],
        comment="\n".join([f"{SOURCE_MARK}{unit.source_hash[:16]}", *(f"ru: {text}" for text in unit.source)]),
        occurrences=[(name, "") for name in unit.where],
        flags=["fuzzy"] if state_of(unit, row) == WordState.OUTDATED else [],
    )
    if unit.is_counted:
        entry.msgid_plural = unit.english[-1]
        entry.msgstr_plural = {at: texts[at] if at < len(texts) else "" for at in range(forms)}
    else:
        entry.msgstr = texts[0] if texts else ""
    return entry


def as_xliff(language: str, pairs: Pairs) -> bytes:
    """Words of the vocabulary and texts of records, from Russian."""
    ElementTree.register_namespace("", XLIFF)
    root = ElementTree.Element(f"{{{XLIFF}}}xliff", version="1.2")
    file = ElementTree.SubElement(
        root,
        f"{{{XLIFF}}}file",
        {
            "original": "servicemap",
            "datatype": "plaintext",
            "source-language": by_code(SOURCE).tag,
            "target-language": by_code(language).tag,
        },
    )
    body = ElementTree.SubElement(file, f"{{{XLIFF}}}body")
    for unit, row in pairs:
        if unit.kind != wording.MESSAGE:
            _trans_unit(body, unit, row)
    ElementTree.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode").encode() + b"\n"


def _trans_unit(body: ElementTree.Element, unit: Unit, row: Translation | None) -> None:
    told = ElementTree.SubElement(
        body, f"{{{XLIFF}}}trans-unit", id=unit.id, resname=f"{unit.kind}/{unit.key}/{unit.field}"
    )
    ElementTree.SubElement(told, f"{{{XLIFF}}}source").text = unit.source[0]
    if texts := forms_told(unit, row):
        state = _STATES.get(state_of(unit, row), "translated")
        ElementTree.SubElement(told, f"{{{XLIFF}}}target", state=state).text = texts[0]
    ElementTree.SubElement(told, f"{{{XLIFF}}}note").text = f"{SOURCE_MARK}{unit.source_hash[:16]}"
    if unit.english:
        ElementTree.SubElement(told, f"{{{XLIFF}}}note").text = f"en: {unit.english[0]}"
