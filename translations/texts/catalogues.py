"""The catalogues in the tree, as translators read them. They are the base; what people write lies over it.

`sources.json` beside a catalogue says of each of its texts which source it was written of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale

from core.languages import WHOLE, babel_locale
from core.phrasing.plurals import catalogue_rule
from directory.tables.wording import message_hash


@dataclass(frozen=True)
class CatalogueMessage:
    """`key` is the message with its context before it, as the framework looks it up."""

    key: str
    context: str
    english: tuple[str, ...]
    russian: tuple[str, ...]
    comment: str
    files: tuple[str, ...]


def catalogue(code: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / to_locale(code) / "LC_MESSAGES" / "django.po"


def sources(code: str) -> Path:
    return catalogue(code).parent.parent / "sources.json"


def messages() -> tuple[CatalogueMessage, ...]:
    """Every message of the product, out of the Russian catalogue, which is complete."""
    path = catalogue(WHOLE)
    return _messages(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _messages(path: Path, _changed: int) -> tuple[CatalogueMessage, ...]:
    return tuple(
        CatalogueMessage(
            key=key_of(entry),
            context=entry.msgctxt or "",
            english=(entry.msgid, entry.msgid_plural) if entry.msgid_plural else (entry.msgid,),
            russian=forms_of(entry),
            comment=entry.comment or "",
            files=tuple(name for name, _line in entry.occurrences),
        )
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    )


def key_of(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else str(entry.msgid)


def forms_of(entry: polib.POEntry) -> tuple[str, ...]:
    """Its texts; none where it is not translated, or fuzzy, which is not compiled either."""
    if not entry.translated():
        return ()
    forms = entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,)
    return tuple(map(str, forms))


def texts(code: str) -> Mapping[str, tuple[str, ...]]:
    """message → its forms in this language's catalogue; nothing where there is none."""
    path = catalogue(code)
    return _texts(path, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache(maxsize=32)
def _texts(path: Path, _changed: int) -> Mapping[str, tuple[str, ...]]:
    return {key_of(entry): forms for entry in polib.pofile(str(path)) if (forms := forms_of(entry))}


def noted(code: str) -> Mapping[str, str]:
    """message → the hash of the source that its text in the catalogue was written of."""
    path = sources(code)
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def note_sources(code: str) -> int:
    """Write down, for texts of the catalogue without a note, that they say what the source says now; how many."""
    known, now = noted(code), {one.key: message_hash(one.key, one.russian) for one in messages()}
    kept = {key: known.get(key) or now[key] for key in texts(code) if key in now}
    sources(code).write_text(json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    return len(kept.keys() - known.keys())


@cache
def forms_needed(code: str) -> int:
    """How many plural forms a counted text has in this language."""
    return catalogue_rule(babel_locale(code))[0]
