"""Files that come back. Rule: a file is read whole before anything is written; each text that is refused is named.

What comes in is unchecked. A text that somebody has checked is not overwritten by a file: who wants another one writes
it where its source stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from xml.etree import ElementTree

import polib
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import HouseError, WrongState
from core.languages import best_of, by_code
from directory.tables import wording
from translations import services
from translations.files.outgoing import SOURCE_MARK, XLIFF
from translations.locks import hold
from translations.models import Origin, Translation
from translations.publication import publish
from translations.rights import organizations_of, translated_into
from translations.rows import rows_of
from translations.states import WordState, state_of
from translations.texts import catalogues
from translations.texts.units import Unit, every, unit_id

MOST_BYTES = 5 * 1024 * 1024
_MARK = re.compile(rf"{SOURCE_MARK}([0-9a-f]{{16}})")


@dataclass(frozen=True)
class Came:
    """One text of a file. `shown` names it to people."""

    unit: str
    shown: str
    source: str
    forms: list[str]


@dataclass(frozen=True)
class RefusedText:
    """`shown` is its source as translators read it; `unit` is "" where there is no such text here."""

    shown: str
    words: str
    unit: str = ""


@dataclass
class TakenIn:
    """What became of a file: how many texts were written, how many said nothing new, and what was refused, and why."""

    written: int = 0
    same: int = 0
    refused: list[RefusedText] = field(default_factory=list)


@transaction.atomic
def take_in(*, actor: User, language: str, content: bytes, by_machine: bool = False) -> TakenIn:
    """Readers are told of all of it at the end: the directory waits for nobody who reads a file."""
    came_in = read(content, language)
    services.may_write(actor, language)
    hold(language)
    own = next(iter(organizations_of(actor)), "")
    written: dict[str, tuple[Unit, Translation]] = {}
    units, rows = {unit.id: unit for unit in every()}, rows_of(language)
    taken = TakenIn()
    origin = Origin.MACHINE if by_machine else Origin.FILE
    set_down = partial(services.set_down, actor=actor, own=own, language=language, origin=origin)
    for came in came_in:
        unit, row = units.get(came.unit), rows.get(came.unit)
        if unit is not None and row and row.forms == came.forms and row.source_hash == unit.source_hash:
            taken.same += 1
        elif words := _refusal(came, unit, state_of(unit, row) if unit else WordState.MISSING):
            taken.refused.append(_refused(came, unit, words))
        elif unit is not None:
            try:
                new = set_down(unit=unit, forms=came.forms, row=row)
            except WrongState as error:
                taken.refused.append(_refused(came, unit, str(error.message)))
                continue
            if new is None:
                taken.same += 1
            else:
                rows[unit.id], written[unit.id] = new, (unit, new)
    publish(language, list(written.values()))
    taken.written = len(written)
    return taken


def _refused(came: Came, unit: Unit | None, words: str) -> RefusedText:
    return RefusedText(_short(unit.texts[0]), words, unit.id) if unit else RefusedText(came.shown, words)


def _refusal(came: Came, unit: Unit | None, state: WordState) -> str:
    if unit is None:
        return _("There is no such text, or it is not for everybody any more.")
    if came.source != unit.source_hash[:16]:
        return _("The source has changed since the file was made.")
    if state == WordState.CHECKED:
        return _("A person has checked this text. Change it on its page.")
    return ""


def read(content: bytes, language: str) -> list[Came]:
    """The texts of a PO or XLIFF file in this language; WrongState in words for anything else."""
    if len(content) > MOST_BYTES:
        raise WrongState(_("This file is larger than 5 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongState(_("This file is not in UTF-8.")) from error
    try:
        return list(_xliff(text, language) if text.lstrip().startswith("<") else _po(text, language))
    except HouseError:
        raise
    except (OSError, ValueError, ElementTree.ParseError, UnicodeError, IndexError) as error:
        raise WrongState(_("This is neither a PO file nor XLIFF 1.2.")) from error


def _must_be_in(told: str, language: str) -> None:
    if best_of(told, translated_into()) != language:
        raise WrongState(
            _("This file says that it is in “%(told)s”, not in %(language)s.")
            % {"told": told[:20], "language": by_code(language).name}
        )


def _po(text: str, language: str) -> Iterator[Came]:
    if 'msgid ""' not in text:
        raise WrongState(_("This is neither a PO file nor XLIFF 1.2."))
    file = polib.pofile(text)
    _must_be_in(file.metadata.get("Language", ""), language)
    for entry in file:
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.obsolete or "fuzzy" in entry.flags or not any(forms):
            continue
        mark = _MARK.search(entry.comment or "")
        identifier = unit_id(wording.MESSAGE, catalogues.key_of(entry), "")
        yield Came(identifier, _short(entry.msgid), mark[1] if mark else "", forms)


def _xliff(text: str, language: str) -> Iterator[Came]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise WrongState(_("This file declares entities, which no file of ours does."))
    root = ElementTree.fromstring(text)  # noqa: S314  # no declarations of a document's type get here
    if root.tag != f"{{{XLIFF}}}xliff":
        raise WrongState(_("This is neither a PO file nor XLIFF 1.2."))
    for file in root.iter(f"{{{XLIFF}}}file"):
        _must_be_in(file.get("target-language", ""), language)
        for told in file.iter(f"{{{XLIFF}}}trans-unit"):
            target = told.find(f"{{{XLIFF}}}target")
            words = "" if target is None else "".join(target.itertext()).strip()
            if not words or target is None or target.get("state") == "needs-translation":
                continue
            notes = " ".join("".join(note.itertext()) for note in told.iter(f"{{{XLIFF}}}note"))
            mark = _MARK.search(notes)
            yield Came(told.get("id", ""), _short(_source_of(told)), mark[1] if mark else "", [words])


def _source_of(told: ElementTree.Element) -> str:
    source = told.find(f"{{{XLIFF}}}source")
    return "".join(source.itertext()) if source is not None else told.get("id", "")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return f"{plain[:80]}…" if len(plain) > 80 else plain
