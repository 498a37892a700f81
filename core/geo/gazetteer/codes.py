"""Codes of cities that the gazetteer does not know."""

from __future__ import annotations

import base64
import hashlib

from core.spelling.text import normalise

_BYTES = 10


def city_code(country: str, name: str) -> str:
    """A stable code of letters and digits: the country, and a digest of the folded name; "" for no name.

    However the name is spelled (case, ё, accents, brackets, signs that nobody sees), it is the same city.
    """
    words = normalise(name) or name.strip()
    if not words:
        return ""
    digest = hashlib.sha256(f"{country.upper()}:{words}".encode()).digest()[:_BYTES]
    return country.lower() + base64.b32encode(digest).decode().lower()
