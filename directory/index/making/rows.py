"""What was read of a table: numbers, and texts of which each stands once and is pointed to by its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from directory.index.packed import Array

#: Up to so many texts of a column two equal ones become one again when rows are joined. Of more (titles) nearly each is
#: the only one of its kind, and two equal ones harm nobody.
_MERGED = 20_000
_LETTERS, _ENDS = ".letters", ".ends"


@dataclass(frozen=True)
class Texts:
    """All letters (UTF-8), one text behind the other, and where each ends, with a nought in front."""

    letters: Array
    ends: Array

    @classmethod
    def of(cls, texts: Iterable[bytes]) -> Texts:
        told = list(texts)
        return cls(np.frombuffer(b"".join(told), np.uint8), np.cumsum([0, *map(len, told)], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends) - 1

    @cached_property
    def each(self) -> list[bytes]:
        letters, ends = self.letters.tobytes(), self.ends.tolist()
        return [letters[start:end] for start, end in pairwise(ends)]

    @cached_property
    def told(self) -> list[str]:
        return [text.decode() for text in self.each]

    def kept(self, which: Array) -> Texts:
        """Those for which it is true."""
        sizes = np.diff(self.ends)
        ends = np.concatenate([[0], np.cumsum(sizes[which])]).astype(np.int64)
        return Texts(self.letters[np.repeat(which, sizes)], ends)

    def behind(self, others: Texts) -> Texts:
        """Those first, then these."""
        ends = np.concatenate([others.ends, self.ends[1:] + others.ends[-1]])
        return Texts(np.concatenate([others.letters, self.letters]), ends)


@dataclass(frozen=True)
class ReadRows:
    """Columns by their names, rows in no order; of a column with `texts` the numbers of these.

    `origin` says of which table, by which expressions and in which life of the database they were read.
    """

    origin: str
    columns: Mapping[str, Array]
    texts: Mapping[str, Texts]

    def __len__(self) -> int:
        return len(self.columns["id"])

    def taken(self, rows: Array) -> ReadRows:
        """Only these rows, and no text that none of them says."""
        columns = {name: column[rows] for name, column in self.columns.items()}
        texts = {}
        for name, some in self.texts.items():
            said = np.bincount(columns[name], minlength=len(some)) > 0
            if said.all():
                texts[name] = some
                continue
            columns[name] = (np.cumsum(said) - 1).astype(np.int32)[columns[name]]
            texts[name] = some.kept(said)
        return ReadRows(self.origin, columns, texts)

    def joined(self, others: ReadRows) -> ReadRows:
        """These rows and the others behind them."""
        columns, texts = {}, {}
        for name, column in self.columns.items():
            added = others.columns[name]
            if name in self.texts:
                texts[name], numbers = _joined(self.texts[name], others.texts[name])
                added = numbers[added]
            columns[name] = np.concatenate([column, added])
        return ReadRows(self.origin, columns, texts)

    @property
    def arrays(self) -> dict[str, Array]:
        """All of it as arrays by name, for a folder."""
        told = dict(self.columns)
        for name, texts in self.texts.items():
            told |= {f"{name}{_LETTERS}": texts.letters, f"{name}{_ENDS}": texts.ends}
        return told

    @classmethod
    def of_arrays(cls, origin: str, arrays: Mapping[str, Array]) -> ReadRows:
        named = [name.removesuffix(_ENDS) for name in arrays if name.endswith(_ENDS)]
        texts = {name: Texts(arrays[f"{name}{_LETTERS}"], arrays[f"{name}{_ENDS}"]) for name in named}
        columns = {name: array for name, array in arrays.items() if not name.endswith((_LETTERS, _ENDS))}
        return cls(origin, columns, texts)


def _joined(texts: Texts, others: Texts) -> tuple[Texts, Array]:
    """The texts with those of the others that are new, and the numbers that the others have among them."""
    if len(texts) > _MERGED:
        return others.behind(texts), np.arange(len(others), dtype=np.int32) + np.int32(len(texts))
    known = {text: number for number, text in enumerate(texts.each)}
    is_new = np.array([text not in known for text in others.each], np.bool_)
    new = others.kept(is_new)
    known |= {text: len(texts) + place for place, text in enumerate(new.each)}
    numbers = np.array([known[text] for text in others.each], np.int32)
    return (new.behind(texts) if len(new) else texts), numbers
