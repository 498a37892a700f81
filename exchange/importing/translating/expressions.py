"""How a value of ours is made of a foreign row: the small language of mapping files.

An expression is a path (`properties.name`, or a list of steps when a name contains a dot: `[properties, "8. Open"]`),
or a mapping with one source and any modifiers:
    from: PATH        what the row has there. An object `{name: true}` counts as the list of its true names, an object
                      `{"en": …, "ru": …}` as the text in the language of the field
    value: X          a constant
    lines: […]        texts below each other, empty ones left out
    first: […]        the first that has a value
    all: […]          the values of all
with    file: NAME    of a joined file instead of the file itself
        map: {…}      foreign value → ours (one, several, or none: [])
        nearest: {…}  as map, for values that have no exact counterpart; the report lists them
        otherwise: E  an expression for rows without a value
        minus: E      take these values away
        without: […]  regular expressions whose matches are removed from a text
        label: TEXT   put before a text, with a colon
        separator: S  between several values of one text (", " unless given)
        split: S      a text that holds several values
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.languages import SOURCE, by_code, codes, preferred
from exchange.importing.errors import MappingFault
from exchange.importing.notes import Note, Remarks, shown
from exchange.importing.reading.rows import MAIN, Path_, Row, lookup, origin

SOURCES = ("from", "value", "lines", "first", "all")
MODIFIERS = ("file", "map", "nearest", "otherwise", "minus", "without", "label", "separator", "split")


#: Keys of an object that holds one text in several languages.
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?")


@dataclass(frozen=True)
class Expression:
    """See the module. `where` is its place in the mapping file, for messages.

    `language` is that of the field that it fills, "" for a field without one; an expression that is `only_translated`
    gives what objects of several languages have in that one, and nothing else. `covered` are the languages that the
    fields beside it take from the same objects.
    """

    where: str
    path: Path_ = ()
    constant: object = None
    parts: tuple[Expression, ...] = ()
    kind: str = "from"
    file: str = MAIN
    table: Mapping[str, object] | None = None
    nearest: Mapping[str, object] = field(default_factory=dict)
    otherwise: Expression | None = None
    minus: Expression | None = None
    without: tuple[re.Pattern[str], ...] = ()
    label: str = ""
    separator: str = ", "
    split: str = ""
    language: str = ""
    only_translated: bool = False
    covered: frozenset[str] = frozenset()

    def values(self, row: Row, remarks: Remarks) -> list[object]:
        """The values that the row gives, none of them empty."""
        found = [clean for value in self._source(row, remarks) if (clean := self._clean(value)) not in ("", None)]
        if self.table is not None:
            found = list(self._translated(found, row, remarks))
        if self.minus:
            unwanted = self.minus.values(row, Remarks())
            found = [value for value in found if value not in unwanted]
        if not found and self.otherwise:
            return self.otherwise.values(row, remarks)
        return found

    def text(self, row: Row, remarks: Remarks) -> str:
        """The values as one text."""
        found = self.separator.join(shown(value) for value in self.values(row, remarks))
        return f"{self.label}: {found}" if found and self.label else found

    def _source(self, row: Row, remarks: Remarks) -> list[object]:
        if self.kind == "value":
            return self.constant if isinstance(self.constant, list) else [self.constant]
        if self.kind == "lines":
            return ["\n".join(text for part in self.parts if (text := part.text(row, remarks)))]
        if self.kind == "first":
            return next((found for part in self.parts if (found := part.values(row, remarks))), [])
        if self.kind == "all":
            return [value for part in self.parts for value in part.values(row, remarks)]
        return list(self._spread(lookup(row.parts.get(self.file), self.path), row, remarks))

    def _spread(self, found: object, row: Row, remarks: Remarks) -> Iterator[object]:
        """The single values of what the row has. ValidationError for an object that is no list of names and no text."""
        if isinstance(found, Mapping):
            yield from self._of_object(found, row, remarks)
        elif isinstance(found, list):
            for item in found:
                yield from self._spread(item, row, remarks)
        elif self.only_translated:
            return
        elif isinstance(found, str) and self.split:
            yield from found.split(self.split)
        else:
            yield found

    def _of_object(self, found: Mapping[str, object], row: Row, remarks: Remarks) -> Iterator[object]:
        if all(chosen is None or chosen == "" or isinstance(chosen, int | float) for chosen in found.values()):
            if not self.only_translated:
                yield from (name for name, chosen in found.items() if chosen)
            return
        texts = {tag: text for tag, text in found.items() if isinstance(text, str) and _LANGUAGE_TAG.fullmatch(tag)}
        if len(texts) < sum(value is not None for value in found.values()):
            message = _("This is an object of several values. Name the path to one of them, like %(path)s.")
            raise ValidationError(message % {"path": ".".join([*self.path, next(iter(found))])})
        yield from self._in_one_language({tag: text for tag, text in texts.items() if text.strip()}, row, remarks)

    def _in_one_language(self, texts: dict[str, str], row: Row, remarks: Remarks) -> Iterator[str]:
        """The text in the language of the field; what has no field of its own is told."""
        ours = {code: tag for tag in texts for code in codes() if tag.lower() in (code, by_code(code).tag.lower())}
        wanted = [self.language] if self.language else preferred(SOURCE)
        code = next((code for code in wanted if code in ours), "")
        if code:
            yield texts[ours[code]]
        if self.only_translated:
            return
        message = _("This language has no place of its own here.")
        left = set(texts) - {ours.get(read) for read in {code, *self.covered}}
        column = origin(row, [(self.file, self.path)])[0]
        for tag in sorted(left):
            remarks.notes.append((row.number, Note(self.where, message, f"{column} / {tag}", texts[tag])))

    def _clean(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        for pattern in self.without:
            value = pattern.sub("", value)
        return value.strip()

    def _translated(self, found: list[object], row: Row, remarks: Remarks) -> Iterator[object]:
        for value in found:
            name = shown(value)
            if name in (self.table or {}):
                ours = (self.table or {})[name]
            elif name in self.nearest:
                remarks.nearest[self.where, name] += 1
                ours = self.nearest[name]
            else:
                remarks.unmapped[self.where, name] += 1
                message = _("The mapping does not translate this value.")
                remarks.notes.append((row.number, Note(self.where, message, origin(row, [*self.paths()])[0], name)))
                continue
            yield from ours if isinstance(ours, list) else [ours]

    def outcomes(self) -> Iterator[object]:
        """Every value of ours that the mapping itself names."""
        if self.kind == "value":
            yield from self.constant if isinstance(self.constant, list) else [self.constant]
        for ours in [*(self.table or {}).values(), *self.nearest.values()]:
            yield from ours if isinstance(ours, list) else [ours]
        for part in (*self.parts, self.otherwise):
            if part is not None:
                yield from part.outcomes()

    def paths(self) -> Iterator[tuple[str, Path_]]:
        """Which paths of which files it reads."""
        if self.kind == "from":
            yield self.file, self.path
        for part in (*self.parts, self.otherwise, self.minus):
            if part is not None:
                yield from part.paths()


def parse_path(data: object, where: str) -> Path_:
    """A path: text with dots between the steps, or a list of steps."""
    if isinstance(data, str) and data:
        return tuple(data.split("."))
    if isinstance(data, list) and data and all(isinstance(step, str | int) for step in data):
        return tuple(str(step) for step in data)
    raise MappingFault(_("a path was expected, like properties.name."), where=where)


def parse(data: object, where: str, files: tuple[str, ...], language: str = "") -> Expression:
    """An expression out of the mapping file, for a field in that language. Raises MappingFault."""
    if isinstance(data, str | list):
        return Expression(where, path=parse_path(data, where), language=language)
    if not isinstance(data, dict):
        raise MappingFault(_("a path or an expression was expected."), where=where)
    if unknown := set(data) - set(SOURCES) - set(MODIFIERS):
        raise MappingFault(_("unknown word “%(word)s”.") % {"word": min(map(str, unknown))}, where=where)
    kind = _kind(data, where)
    if data.get("file", MAIN) not in (MAIN, *files):
        raise MappingFault(_("no joined file has the name “%(name)s”.") % {"name": data["file"]}, where=where)
    return Expression(
        where,
        kind=kind,
        path=parse_path(data["from"], where) if kind == "from" else (),
        constant=data.get("value"),
        parts=_parts(data.get(kind), where, files, language) if kind in ("lines", "first", "all") else (),
        file=data.get("file", MAIN),
        table=_table(data.get("map"), where) if "map" in data or "nearest" in data else None,
        nearest=_table(data.get("nearest"), where),
        otherwise=parse(data["otherwise"], where, files, language) if "otherwise" in data else None,
        minus=parse(data["minus"], where, files) if "minus" in data else None,
        without=tuple(_pattern(each, where) for each in data.get("without", [])),
        label=str(data.get("label", "")),
        separator=str(data.get("separator", ", ")),
        split=str(data.get("split", "")),
        language=language,
    )


def twin(expression: Expression, where: str, language: str) -> Expression:
    """What the same source has in another language, where it has objects of several."""
    parts = tuple(twin(part, where, language) for part in expression.parts)
    otherwise = twin(expression.otherwise, where, language) if expression.otherwise else None
    kind = "all" if expression.kind == "value" else expression.kind
    return replace(
        expression,
        where=where,
        kind=kind,
        parts=parts,
        otherwise=otherwise,
        label="",
        language=language,
        only_translated=True,
    )


def covering(expression: Expression, codes: frozenset[str]) -> Expression:
    """The expression beside fields that take these languages from the same objects."""
    otherwise = covering(expression.otherwise, codes) if expression.otherwise else None
    parts = tuple(covering(part, codes) for part in expression.parts)
    return replace(expression, parts=parts, otherwise=otherwise, covered=codes)


def _kind(data: dict[str, object], where: str) -> str:
    kinds = [kind for kind in SOURCES if kind in data]
    if len(kinds) != 1:
        raise MappingFault(_("exactly one of %(words)s is needed.") % {"words": ", ".join(SOURCES)}, where=where)
    return kinds[0]


def _parts(data: object, where: str, files: tuple[str, ...], language: str) -> tuple[Expression, ...]:
    if not isinstance(data, list):
        raise MappingFault(_("a list of expressions was expected."), where=where)
    return tuple(parse(item, where, files, language) for item in data)


def _table(data: object, where: str) -> dict[str, object]:
    if data is not None and not isinstance(data, dict):
        raise MappingFault(_("a table “foreign value: our value” was expected."), where=where)
    return {shown(foreign): ours for foreign, ours in (data or {}).items()}


def _pattern(text: object, where: str) -> re.Pattern[str]:
    try:
        return re.compile(str(text))
    except re.error as error:
        raise MappingFault(_("“%(text)s” is not a regular expression.") % {"text": text}, where=where) from error
