"""Names of the vocabulary that come with the product, for whoever writes them into `fixtures/vocabulary/names/`."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings

from core.languages import SOURCE
from core.phrasing import termnames
from directory.tables.wording import source_hash

_FILES = {
    "family": "families.json", "service": "service_types.json", "group": "target_groups.json",
    "status": "migration_statuses.json", "document": "document_kinds.json",
}  # fmt: skip


def note_names(code: str) -> int:
    """Write down, for names with "" in the place of the hash, that they say what the source says now; how many."""
    told = {key: dict(fields) for key, fields in termnames.names_in(code).items()}
    new = [(key, field) for key, fields in told.items() for field, (_text, of) in fields.items() if not of]
    if new:
        sources = _sources()
        for key, field in new:
            told[key][field] = (told[key][field][0], source_hash(sources[key][field]))
        lines = (f"  {json.dumps(key)}: {json.dumps(fields, ensure_ascii=False)}" for key, fields in told.items())
        path = termnames.FOLDER / f"{code}.json"
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        termnames.read.cache_clear()
    return len(new)


def _sources() -> Mapping[str, Mapping[str, str]]:
    """scheme:code → field → the source."""
    found: dict[str, dict[str, str]] = {}
    for scheme, name in _FILES.items():
        for term in json.loads(settings.NETWORK.vocabulary_file(name).read_text(encoding="utf-8")):
            texts = {field: said[SOURCE] for field, said in term.items() if isinstance(said, dict) and SOURCE in said}
            found[f"{scheme}:{term['code']}"] = {at: text for at, text in texts.items() if isinstance(text, str)}
    return found
