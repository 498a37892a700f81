"""What stands around the rows of a file."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class FileFrame:
    """`first` ends the first row and `end` every other one; `between` stands before every one but the first."""

    head: bytes
    first: bytes
    end: bytes
    between: bytes
    tail: bytes

    def write(self, file: IO[bytes], lines: Iterable[bytes]) -> array[int]:
        """Where each row stands: its first byte and how many it has, by turns."""
        places = array("q")
        file.write(self.head)
        at = len(self.head)
        before, after = b"", self.first
        for line in lines:
            file.write(before + line + after)
            at += len(before)
            places.extend((at, len(line)))
            at += len(line) + len(after)
            before, after = self.between, self.end
        file.write(self.tail)
        return places
