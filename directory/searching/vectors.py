"""The tsvector of a listing. What the vocabulary says of it is most of it, and the same for many listings, so for
many rows it is worked out once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.db import connection

from directory.searching.documents import SearchDocument, Weighted

#: Columns of a row that is given to PostgreSQL as JSON.
Given = Mapping[str, str | Mapping[str, str] | None]


def _vector(words: str) -> str:
    """SQL: a tsvector of `{"A": text, "B": text, …}`, word forms in both languages and the words as they are. The plain
    words are there because the Russian stemmer cuts «гепатит» and «гепатита» to different stems."""
    return " || ".join(
        f"setweight(to_tsvector('{config}', coalesce({words}->>'{weight}', '')), '{weight}')"
        for weight in Weighted._fields
        for config in ("russian", "english", "simple")
    )


_OWN, _SHARED = _vector("(given->'own')"), _vector("(given->'shared')")
#: SQL over `given`, one of `vectors_of`.
VECTOR = f"{_OWN} || coalesce((given->>'known')::tsvector, {_SHARED})"


def vectors_of(documents: Sequence[SearchDocument]) -> list[Given]:
    """What PostgreSQL makes the vector of each document of. One statement for many documents, none for a single one."""
    known = _known({document.shared for document in documents}) if len(documents) > 1 else {}
    return [_given(document, known.get(document.shared)) for document in documents]


def _given(document: SearchDocument, known: str | None) -> Given:
    shared = None if known else document.shared._asdict()
    return {"own": document.own._asdict(), "known": known, "shared": shared}


def _known(shared: set[Weighted]) -> dict[Weighted, str]:
    """The vectors of these words, as text."""
    asked = list(shared)
    sql = (
        f"SELECT ({_SHARED})::text FROM json_array_elements(%s::json) WITH ORDINALITY AS each (words, number), "  # noqa: S608  (no word of anybody)
        "json_build_object('shared', words) AS given ORDER BY number"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps([words._asdict() for words in asked])])
        return {words: vector for words, (vector,) in zip(asked, cursor.fetchall(), strict=True)}
