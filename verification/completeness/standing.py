"""How much of what people look for a listing says."""

from __future__ import annotations

from dataclasses import dataclass

from directory.content import Content
from directory.vocabulary import Vocabulary
from verification.completeness.kinds import help_of
from verification.completeness.parts import PARTS, Part


@dataclass(frozen=True)
class Completeness:
    """`missing`, what people miss most first; `told` and `asked` are sums of weights."""

    missing: tuple[Part, ...]
    told: int
    asked: int

    @property
    def lacks(self) -> int:
        """The weight of what is missing."""
        return self.asked - self.told


def completeness_of(content: Content, terms: Vocabulary) -> Completeness:
    """Of a working copy or of what is published."""
    kind = help_of(content, terms)
    weighed = [(part.weight.of(kind), part) for part in PARTS]
    missing = [(weight, part) for weight, part in weighed if weight and not part.is_told(content)]
    asked = sum(weight for weight, _part in weighed)
    ordered = sorted(missing, key=lambda pair: -pair[0])
    return Completeness(tuple(part for _weight, part in ordered), asked - sum(w for w, _part in missing), asked)
