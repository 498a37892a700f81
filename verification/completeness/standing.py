"""What of all that people look for a listing does not say."""

from __future__ import annotations

from dataclasses import dataclass

from directory.crossing.content import Content
from directory.vocabulary import Vocabulary
from verification.completeness.kinds import help_of
from verification.completeness.parts import PARTS, Part


@dataclass(frozen=True)
class Completeness:
    """`missing`, what people miss most first; `lacks` is the weight of it, out of all that is `asked` for."""

    missing: tuple[Part, ...]
    lacks: int
    asked: int

    @property
    def percent(self) -> int:
        """How much of what people look for is said, by weight."""
        return round(100 * (self.asked - self.lacks) / self.asked) if self.asked else 100

    @property
    def needed(self) -> tuple[Part, ...]:
        """Those without which it cannot be sent to be checked for the first time."""
        return tuple(part for part in self.missing if part.is_needed)


def completeness_of(content: Content, terms: Vocabulary) -> Completeness:
    """Of a working copy or of what is published."""
    kind = help_of(content, terms)
    asked = [(weight, part) for part in PARTS if (weight := part.weight.of(kind))]
    missing = [(weight, part) for weight, part in asked if not part.is_told(content)]
    missing.sort(key=lambda pair: -pair[0])
    lacks = sum(weight for weight, _part in missing)
    return Completeness(tuple(part for _weight, part in missing), lacks, sum(weight for weight, _part in asked))
