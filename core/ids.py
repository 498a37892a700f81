"""Public identifiers: random, short, unambiguous when read aloud."""

from __future__ import annotations

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 10


def new_public_id() -> str:
    """Ten characters of a 31-letter alphabet without look-alikes (about 49 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
