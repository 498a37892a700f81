"""Our ES modules and style sheets, one file for what a page needs, when they are collected for readers.

Rule: what is joined is what is written. A module becomes a function of its own in the order of its imports and is put
into a table under the name by which others import it, once for a page, so that two files of a page share it. Only the
forms of `import` and `export` that our modules have are read; another one stops the collecting
(docs/adr/0075-one-file-a-page.md).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable

#: Reads a file under static/ by its path.
Read = Callable[[str], str]

#: A name that no library declares.
_TABLE = "MODULES_"
_BEGINNING = f'const {_TABLE} = (globalThis[Symbol.for("service-map")] ??= {{}});'
_FROM = r"""\s*from\s*["']([^"']+)["'];?"""
_NAMED = re.compile(r"^import\s*\{([^}]*)\}" + _FROM, re.MULTILINE)
_WHOLE = re.compile(r"(?:^|(?<=;))import\s*\*\s*as ([\w$]+)" + _FROM, re.MULTILINE)
_BARE = re.compile(r"""^import\s*["']([^"']+)["'];""", re.MULTILINE)
_DECLARED = re.compile(r"^export (?=(?:async )?function\*? |class |const )", re.MULTILINE)
_DECLARED_NAME = re.compile(r"^export (?:async function|function|class|const) ([\w$]+)", re.MULTILINE)
_LISTED = re.compile(r"(?:^|(?<=;)|(?<=\}))export\s*\{([^{}]*)\};?\s*$", re.MULTILINE)
_LEFT = re.compile(r"(?:^|;)\s*(?:import\s*[\w{*\"']|export\s)[^\n]{0,40}", re.MULTILINE)
_COMMENT_LINE = re.compile(r"^\s*//[^\n]*\n", re.MULTILINE)
_STYLE_COMMENT = re.compile(r"/\*(?!!).*?\*/\s*", re.DOTALL)
_ADDRESS = re.compile(r"""url\((["']?)(?![a-z]+:|/|#)([^"')]+)\1\)""")


class NotJoined(Exception):
    """A module is written in a form that nobody here reads."""


class Modules:
    """`libraries` are names that our modules import by, with the paths of their files."""

    def __init__(self, read: Read, libraries: dict[str, str]) -> None:
        self._read, self._paths = read, libraries
        self._names = {path: name for name, path in libraries.items()}
        self._sources: dict[str, str] = {}

    def path(self, name: str) -> str:
        return self._paths.get(name) or f"js/{name.removeprefix('#')}"

    def name(self, path: str) -> str:
        return self._names.get(path) or f"#{path.removeprefix('js/')}"

    def needed(self, name: str) -> list[str]:
        """A module with all that it imports, each after what it imports itself."""
        order: list[str] = []
        self._follow(name, order, ())
        return order

    def _follow(self, name: str, order: list[str], above: tuple[str, ...]) -> None:
        if name in above:
            raise NotJoined(f"{name} is imported by what it imports: {' → '.join(above)}")
        for other in self.imports(name):
            if other not in order:
                self._follow(other, order, (*above, name))
        order.append(name)

    def imports(self, name: str) -> list[str]:
        text = self._text(name)
        found = [match[2] for pattern in (_NAMED, _WHOLE) for match in pattern.finditer(text)]
        return [self._resolved(one, name) for one in [*found, *_BARE.findall(text)]]

    def joined(self, name: str, without: Iterable[str] = (), *, exported: bool = False) -> str:
        """One file for a module; `without` is in the table already, `exported` for who imports it on demand."""
        left_out = set(without)
        parts = [self.put(one) for one in self.needed(name) if one not in left_out]
        names = ", ".join(self.exports(name))
        last = [f'export const {{ {names} }} = {_TABLE}["{name}"];'] if exported else []
        return "\n".join([_BEGINNING, *parts, *last, ""])

    def exports(self, name: str) -> list[str]:
        text = self._text(name)
        return [*_DECLARED_NAME.findall(text), *(outside for _inside, outside in _listed(text))]

    def there_for(self, name: str, beginnings: Iterable[str]) -> set[str]:
        """What is in the table already wherever `name` is imported on demand."""
        asking = re.compile(rf"""\bimport\(["']{re.escape(name)}["']\)""")
        pages = [self.needed(one) for one in beginnings]
        askers = [set(page) for page in pages if any(asking.search(self._text(one)) for one in page)]
        return set.intersection(*askers) if askers else set()

    def put(self, name: str) -> str:
        """The module as a function that gives what it exports."""
        text = self._text(name)
        given = [f"{outside}: {inside}" for inside, outside in _listed(text)]
        given += _DECLARED_NAME.findall(text)
        text = _NAMED.sub(lambda match: f"const {{{_renamed(match[1])}}} = {self._place(match[2], name)};", text)
        text = _WHOLE.sub(lambda match: f"const {match[1]} = {self._place(match[2], name)};", text)
        text = _LISTED.sub("", _DECLARED.sub("", _BARE.sub("", text)))
        if left := _LEFT.search(text) if name.startswith("#") else None:
            raise NotJoined(f"{name}: “{left[0].strip()}” is not read; see servicemap/statics/joined.py")
        return f'{_TABLE}["{name}"] ??= (() => {{\n{text.strip()}\nreturn {{ {", ".join(given)} }};\n}})();'

    def _place(self, asked: str, by: str) -> str:
        return f'{_TABLE}["{self._resolved(asked, by)}"]'

    def _resolved(self, asked: str, by: str) -> str:
        if not asked.startswith("."):
            return asked
        return self.name(posixpath.normpath(posixpath.join(posixpath.dirname(self.path(by)), asked)))

    def _text(self, name: str) -> str:
        if name not in self._sources:
            text = self._read(self.path(name))
            self._sources[name] = _COMMENT_LINE.sub("", text) if name.startswith("#") else text
        return self._sources[name]


def _listed(text: str) -> list[tuple[str, str]]:
    """Names inside and outside, of `export { a, b as c };`."""
    return [_pair(one, " as ") for match in _LISTED.finditer(text) for one in match[1].split(",") if one.strip()]


def _pair(text: str, word: str) -> tuple[str, str]:
    inside, _word, outside = text.strip().partition(word)
    return inside, outside or inside


def _renamed(names: str) -> str:
    return names.replace(" as ", ": ")


def joined_styles(sheets: Iterable[str | tuple[str, str]], read: Read, target: str) -> str:
    """One sheet, those with a media query inside it; addresses count from where it lies."""
    parts = []
    for sheet in sheets:
        path, media = sheet if isinstance(sheet, tuple) else (sheet, "")
        text = _moved(read(path), path, target)
        parts.append(f"@media {media} {{\n{text}}}\n" if media else text)
    return "\n".join(parts)


def _moved(text: str, path: str, target: str) -> str:
    def counted(match: re.Match[str]) -> str:
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), match[2]))
        return f'url("{posixpath.relpath(whole, posixpath.dirname(target))}")'

    return _ADDRESS.sub(counted, _STYLE_COMMENT.sub("", text))
