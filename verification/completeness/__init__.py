"""What a listing still lacks to be found and believed, as its owner reads it."""

from verification.completeness.parts import Part
from verification.completeness.standing import Completeness, completeness_of

__all__ = ["Completeness", "Part", "completeness_of"]
