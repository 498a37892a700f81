"""Texts in other languages that people wrote of what everybody reads: strings of pages, words of the vocabulary, texts
of records.

Rule: a text is shown while its source says what it said when it was translated, and not a day longer. The hash of the
source stands beside it and is compared when it is read, as days are: no job has to run for a text to be outdated.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from django.db import connection, models
from django.db.models import Count, Max

from core import clock
from core.languages import SOURCE, active, codes, preferred
from core.phrasing.termnames import languages_with_names, names_in

#: What a text belongs to: a string of a page, a word of the vocabulary, and what a listing is made of.
MESSAGE, TERM = "message", "term"
#: kind → (the column of a listing that names it, its texts that are translated). Names and addresses stay as they are.
RECORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "service": (
        "service_id",
        (
            "title",
            "summary",
            "text",
            "eligibility_note",
            "documents_note",
            "cost_note",
            "confidentiality_note",
            "operation_note",
        ),
    ),
    "place": ("place_id", ("directions", "transit", "accessibility_note")),
    "listing": ("id", ("note",)),
}
ORGANIZATIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {"organization": ("id", ("description",))}
#: A wrong word of these sends somebody to a closed door, without their papers or money.
HARMFUL = frozenset({"documents_note", "cost_note", "directions", "transit", "note", "operation_note"})
#: kind → (the column in which a listing or a profile holds them, texts of each): notices over it, how it is reached.
#: Each has an id of its own, which it keeps in every row that holds it.
PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "notice": ("notices", ("text",)),
    "contact": ("contacts", ("label", "hours_note")),
}

#: The same of rows that hold each text in a column of its own, by language: what is said of countries, news, learning.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "fact": ("brief", "statement"),
    "notice": ("text",),  # of a country; one over a listing is in PARTS, too
    "digest": ("opening",),
    "digestline": ("words",),
    "material": ("title", "summary"),
    "training": ("title", "summary", "audience"),
    "centre": ("rooms",),
}
#: The word about free places of a listing, which stands in a column of its own and counts for days.
CAPACITY = "capacity"
#: A paper of the network: its title, and each paragraph of its Russian version by what it says.
PAPER = "paper"
#: All that somebody wrote into a record; strings of pages and the vocabulary are the product's.
WRITTEN = frozenset({*RECORDS, *ORGANIZATIONS, *PARTS, *COLUMNS, CAPACITY, PAPER})
#: What a country lets somebody do, what is dangerous, closed or full now, who answers a phone and when.
_HARMFUL_KINDS = frozenset({"fact", "notice", "contact", CAPACITY})
_BLANK = re.compile(r"\n\s*\n")


def can_hurt(kind: str, field: str) -> bool:
    return kind in _HARMFUL_KINDS or field in HARMFUL


class PublicWording(models.Model):
    """One text in one language. `key` names what it belongs to (a message itself, "service:hiv_test", an id).

    `forms` are its plural forms, one for what is not counted; none where a text that came with the product is not
    said. `checked_on` is None for what nobody has checked.
    """

    id = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=12)
    key = models.TextField()
    field = models.CharField(max_length=24, blank=True)
    language = models.CharField(max_length=8)
    source_hash = models.CharField(max_length=64)
    forms = models.JSONField(default=list)
    checked_on = models.DateField(null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["language", "kind", "changed_at"], name="publicwording_read"),
            models.Index(fields=["key"], condition=~models.Q(kind="message"), name="publicwording_key"),
        ]


def source_hash(*texts: str) -> str:
    """SHA-256 of what a translator read, however its lines are broken."""
    told = "\n".join(" ".join(unicodedata.normalize("NFC", text).split()) for text in texts)
    return hashlib.sha256(told.encode()).hexdigest()


def message_hash(message: str, russian: Sequence[str]) -> str:
    """Of a string of a page: English as the code says it (its context before it), and the Russian beside it."""
    return source_hash(message.replace("\x04", "|"), *russian)


class HasTexts(Protocol):
    """A row whose texts stand in `content` by language."""

    @property
    def content(self) -> dict[str, dict[str, str]]: ...


def lay_over(rows: Sequence[HasTexts], kinds: Mapping[str, tuple[str, tuple[str, ...]]] = RECORDS) -> None:
    """Put the texts of the page's language into the rows, in one question; a page in a language that is on asks none.

    A text of an older source is left out: what stands there now is read in its own language.
    """
    languages = further()
    if not languages or not rows:
        return
    parts = [(kind, part) for row in rows for kind, part in _parts(row)]
    keys = {getattr(row, column) for row in rows for column, _fields in kinds.values()}
    keys |= {part["id"] for _kind, part in parts}
    wanted = {*kinds, *PARTS, CAPACITY}
    found = PublicWording.objects.filter(language__in=languages, kind__in=wanted, key__in=keys).order_by()
    texts: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
    for kind, key, *told in found.values_list("kind", "key", "field", "language", "source_hash", "forms"):
        texts.setdefault((kind, key), []).append((*told[:3], told[3][0]))
    if texts:
        for row in rows:
            for kind, (column, _fields) in kinds.items():
                _lay(row, texts.get((kind, getattr(row, column)), ()))
        for kind, part in parts:
            _lay_in_part(part, texts.get((kind, part["id"]), ()))


def further() -> list[str]:
    """The languages whose texts are laid over what a page reads; none on a page in a language that is on."""
    return [code for code in preferred(active()) if code not in codes()]


def _lay(row: HasTexts, texts: Iterable[tuple[str, str, str, str]]) -> None:
    source = row.content.get(SOURCE, {})
    for field, language, digest, text in texts:
        if (now := source.get(field)) and source_hash(now) == digest:
            row.content.setdefault(language, {})[field] = text


def _parts(row: HasTexts) -> Iterator[tuple[str, Any]]:
    """(kind, part) of a row; one that was published before parts had ids is read in its source."""
    for kind, (column, _fields) in PARTS.items():
        yield from ((kind, part) for part in getattr(row, column, ()) if part.get("id"))
    if note := getattr(row, "capacity_note", None):
        yield CAPACITY, {"id": getattr(row, "id", ""), "note": note}


def _lay_in_part(part: Any, texts: Iterable[tuple[str, str, str, str]]) -> None:
    for field, language, digest, text in texts:
        said = part.get(field) or {}
        if (now := said.get(SOURCE)) and source_hash(now) == digest:
            said[language] = text


RowT = TypeVar("RowT", bound=models.Model)


def in_further_languages(kind: str, rows: Iterable[RowT]) -> list[RowT]:
    """The rows with the texts of the page's language in their columns; as `lay_over`."""
    told = list(rows)
    languages = further()
    if not languages or not told:
        return told
    by_key = {row.pk: row for row in told}
    found = PublicWording.objects.filter(language__in=languages, kind=kind, key__in=list(by_key)).order_by()
    for key, field, language, digest, forms in found.values_list("key", "field", "language", "source_hash", "forms"):
        texts = getattr(by_key[key], field)
        if (now := texts.get(SOURCE)) and source_hash(now) == digest:
            texts[language] = forms[0]
    return told


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in _BLANK.split(text.replace("\r\n", "\n")) if part.strip()]


def paragraph_key(paper: str, paragraph: str) -> str:
    """A paragraph is known by what it says: one that moved keeps its translations, one that changed has none."""
    return f"{paper}:{source_hash(paragraph)[:32]}"


def of_papers(papers: Sequence[str]) -> dict[str, dict[str, tuple[str, str]]]:
    """Key of a title or of a paragraph of these papers → language → (hash of its source, text)."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    if not (languages := further()) or not papers:
        return found
    wanted = models.Q(key__in=papers)
    for paper in papers:
        wanted |= models.Q(key__startswith=f"{paper}:")
    rows = PublicWording.objects.filter(wanted, language__in=languages, kind=PAPER).order_by()
    for key, language, digest, forms in rows.values_list("key", "language", "source_hash", "forms"):
        found.setdefault(key, {})[language] = (digest, forms[0])
    return found


def state_of_terms() -> tuple[object, ...]:
    """Another one after every change of the words that vocabularies hold."""
    found = PublicWording.objects.filter(kind=TERM).aggregate(count=Count("pk"), newest=Max("changed_at"))
    return (found["count"], found["newest"])


#: scheme:code → field → language → (hash of its source, text).
Terms = Mapping[str, Mapping[str, Mapping[str, tuple[str, str]]]]


def terms_of_product() -> Terms:
    """What came with the product; `terms` lie over it."""
    found: dict[str, dict[str, dict[str, tuple[str, str]]]] = {}
    for language in languages_with_names():
        for key, fields in names_in(language).items():
            for field, (text, digest) in fields.items():
                found.setdefault(key, {}).setdefault(field, {})[language] = (digest, text)
    return found


def terms() -> Terms:
    found: dict[str, dict[str, dict[str, tuple[str, str]]]] = {}
    rows = PublicWording.objects.filter(kind=TERM).order_by()
    for key, field, language, digest, forms in rows.values_list("key", "field", "language", "source_hash", "forms"):
        found.setdefault(key, {}).setdefault(field, {})[language] = (digest, forms[0] if forms else "")
    return found


def worded(texts: Mapping[str, str], found: Mapping[str, tuple[str, str]]) -> Mapping[str, str]:
    """The texts of a term with those that people wrote of what its source says now, without those taken back."""
    if not found or not (now := texts.get(SOURCE)):
        return texts
    digest = source_hash(now)
    said = {**texts, **{language: text for language, (of, text) in found.items() if of == digest}}
    return {language: text for language, text in said.items() if text}


def state_of_messages(language: str) -> tuple[object, ...]:
    """Another one after every change of the strings of this language."""
    table = PublicWording._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), max(changed_at) FROM {table} WHERE language = %s AND kind = %s",  # noqa: S608
            [language, MESSAGE],
        )
        return tuple(cursor.fetchone())


def messages(language: str) -> list[tuple[str, str, list[str]]]:
    """(message, hash of its source, its forms) of this language."""
    rows = PublicWording.objects.filter(kind=MESSAGE, language=language).order_by()
    return list(rows.values_list("key", "source_hash", "forms"))
