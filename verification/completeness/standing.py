"""What of all that people look for a listing does not say."""

from __future__ import annotations

from dataclasses import dataclass

from directory.content import Content
from directory.vocabulary import Vocabulary
from verification.completeness.kinds import help_of
from verification.completeness.parts import PARTS, Part


@dataclass(frozen=True)
class Completeness:
    """`missing`, what people miss most first; `lacks` is the weight of it."""

    missing: tuple[Part, ...]
    lacks: int

    @property
    def needed(self) -> tuple[Part, ...]:
        """Those without which it cannot be sent to be checked for the first time."""
        return tuple(part for part in self.missing if part.is_needed)


def completeness_of(content: Content, terms: Vocabulary) -> Completeness:
    """Of a working copy or of what is published."""
    kind = help_of(content, terms)
    missing = [(part.weight.of(kind), part) for part in PARTS if part.weight.of(kind) and not part.is_told(content)]
    missing.sort(key=lambda pair: -pair[0])
    return Completeness(tuple(part for _weight, part in missing), sum(weight for weight, _part in missing))
