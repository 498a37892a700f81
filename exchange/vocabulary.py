"""From `fixtures/vocabulary/*.json` to rows: terms are added, changed or retired, never deleted.

A file is a list of `{"code", "name": {language: text}, …}` in the order in which screens show the terms. Every text
has all languages: the files are the source, and a gap in them would be a gap on every screen. What people type in
further languages stands in `words/<language>.json`; where a term has words of such a language already, those stay: an
administrator may have bettered them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import HouseError
from core.languages import codes, columns
from core.spelling.wordlists import Words, words_of_files
from services.models import (
    DeliveryLanguage,
    DocumentKind,
    Family,
    MigrationStatus,
    OtherMap,
    ServiceType,
    TargetGroup,
    VerificationClass,
)
from services.models.vocabulary import Term
from verification.publication import publish_vocabulary
from verification.upkeep.rebuild import reword

FOLDER = settings.BASE_DIR / "fixtures" / "vocabulary"  # the common one; a network may have lists of its own
Item = Mapping[str, Any]


class VocabularyError(HouseError):
    """A vocabulary file that cannot be loaded; `problems` names the file, the code and what is wrong."""

    code = "vocabulary"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Scheme:
    """One file and its model. `texts` are translated fields; those in `optional` may be absent. `words` is what the
    lists of further words call it."""

    file: str
    model: type[Term]
    texts: tuple[str, ...] = ("name",)
    optional: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""


SCHEMES = (
    Scheme(
        "service_types",
        ServiceType,
        texts=("name", "hint"),
        optional=("hint",),
        plain=("parent_id", "family", "verification_class", "way_in"),
        choices={"family": Family, "verification_class": VerificationClass},
        words="service",
    ),
    Scheme("target_groups", TargetGroup, texts=("name", "short"), optional=("short",), words="group"),
    Scheme("migration_statuses", MigrationStatus, words="status"),
    Scheme("delivery_languages", DeliveryLanguage, plain=("autonym",), words="language"),
    Scheme("document_kinds", DocumentKind),
    Scheme("other_maps", OtherMap),
)


@dataclass
class Loaded:
    """How many terms each kind of change touched."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0


def load_vocabulary(folder: Path | None = None) -> Loaded:
    """Bring the rows in step with the files (the network's own, unless a folder is given) and the directory with the
    rows, then what listings are found by.

    Loading the same files again writes nothing. Raises VocabularyError, with every problem found, before it writes.
    """
    files = {scheme.file: _read(folder, scheme) for scheme in SCHEMES}
    further = words_of_files(folder / "words" if folder else settings.NETWORK.vocabulary_file("words"))
    problems = [text for scheme in SCHEMES for text in _problems(scheme, files[scheme.file])]
    if problems:
        raise VocabularyError(problems)
    loaded = Loaded()
    with transaction.atomic():
        for scheme in SCHEMES:
            _load(scheme, files[scheme.file], further, loaded)
        publish_vocabulary()
    reword()
    return loaded


def _read(folder: Path | None, scheme: Scheme) -> list[Item]:
    name = f"{scheme.file}.json"
    path = folder / name if folder else settings.NETWORK.vocabulary_file(name)
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise VocabularyError([_("%(file)s: the file cannot be read.") % {"file": path.name}]) from error
    except ValueError as error:
        raise VocabularyError([_("%(file)s: this is not JSON.") % {"file": path.name}]) from error
    if not isinstance(items, list) or not all(isinstance(item, dict) and item.get("code") for item in items):
        raise VocabularyError([_("%(file)s: a list of terms with codes was expected.") % {"file": path.name}])
    return items


def _problems(scheme: Scheme, items: list[Item]) -> Iterable[str]:
    codes = [item["code"] for item in items]
    tops = {item["code"] for item in items if not item.get("parent")}
    for position, item in enumerate(items):
        found = (*_text_problems(scheme, item), *_code_problems(scheme, item, tops, codes[:position]))
        unknown = [code for code in item.get("way_in", []) if code not in codes]
        for what in (*found, *(_("“%(code)s” leads nowhere: there is no such code.") % {"code": c} for c in unknown)):
            yield f"{scheme.file}.json, {item['code']}: {what}"


def _text_problems(scheme: Scheme, item: Item) -> Iterable[str]:
    for name in scheme.texts:
        value = item.get(name)
        if value is None and name in scheme.optional:
            continue
        for language in codes():
            if not isinstance(value, dict) or not value.get(language):
                yield _("“%(field)s” has no text in “%(language)s”.") % {"field": name, "language": language}


def _code_problems(scheme: Scheme, item: Item, tops: set[str], before: list[str]) -> Iterable[str]:
    if item["code"] in before:
        yield _("the code is there twice.")
    if item.get("parent") and item["parent"] not in tops:
        yield _("the parent “%(code)s” is not a group of this file.") % {"code": item["parent"]}
    for name, choices in scheme.choices.items():
        if item.get(name) not in choices.values:
            yield _("“%(value)s” is not a possible “%(field)s”.") % {"value": item.get(name), "field": name}


def _load(scheme: Scheme, items: list[Item], further: Words, loaded: Loaded) -> None:
    current = {term.pk: term for term in scheme.model.objects.all()}
    # Groups before leaves: a leaf points at its group.
    for position, item in sorted(enumerate(items), key=lambda pair: bool(pair[1].get("parent"))):
        wanted = _values(scheme, item, position)
        term = current.get(item["code"])
        kept = {at: words for at, words in (term.synonyms if term else {}).items() if at not in codes()}
        wanted["synonyms"] = wanted["synonyms"] | further.get((scheme.words, item["code"]), {}) | kept
        if term is None:
            scheme.model.objects.create(code=item["code"], **wanted)
            loaded.added += 1
        elif _write_changes(term, wanted):
            loaded.changed += 1
        else:
            loaded.unchanged += 1
    for code in current.keys() - {item["code"] for item in items}:
        loaded.retired += _write_changes(current[code], {"is_retired": True})


def _values(scheme: Scheme, item: Item, position: int) -> dict[str, Any]:
    values: dict[str, Any] = {"position": position, "is_retired": False, "synonyms": item.get("synonyms") or {}}
    absent = {field.attname: field.get_default() for field in scheme.model._meta.concrete_fields}
    for name in scheme.plain:
        values[name] = item.get(name.removesuffix("_id")) or absent[name]
    for name in scheme.texts:
        text = item.get(name) or {}
        values |= {at: text.get(language, "") for at, language in columns(name)}
    return values


def _write_changes(term: Term, wanted: Mapping[str, Any]) -> bool:
    """Save the term when a value differs. An absent translation reads as None and equals an empty text."""
    differing = {name: value for name, value in wanted.items() if (getattr(term, name) or "") != (value or "")}
    for name, value in differing.items():
        setattr(term, name, value)
    if differing:
        term.save()
    return bool(differing)
