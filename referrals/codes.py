"""The code that the person holds: eight letters and one that checks them.

31 letters, a prime: the weighted sum finds every single slip and every swap of two neighbours. The code alone opens
nothing; it says which referral somebody speaks of.
"""

from __future__ import annotations

import secrets

from core.ids import ALPHABET

LETTERS = 8
LENGTH = LETTERS + 1
#: Cyrillic letters that look like ours, as people copy them from paper.
_LOOK_ALIKES = str.maketrans("авекмнрстухАВЕКМНРСТУХ", "abekmhpctyxABEKMHPCTYX")


def new_code() -> str:
    """A new code, with its check letter."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return body + _check_letter(body)


def read_code(typed: str) -> str:
    """The code as it is kept, out of what somebody typed; "" when it cannot be one."""
    found = "".join(typed.translate(_LOOK_ALIKES).lower().replace("-", " ").split())
    is_code = len(found) == LENGTH and all(letter in ALPHABET for letter in found)
    return found if is_code and _check_letter(found[:LETTERS]) == found[-1] else ""


def shown(code: str) -> str:
    """As a person reads it aloud: K7M 42Q XD3."""
    big = code.upper()
    return " ".join(big[at : at + 3] for at in range(0, len(big), 3))


def _check_letter(body: str) -> str:
    return ALPHABET[sum((at + 2) * ALPHABET.index(letter) for at, letter in enumerate(body)) % len(ALPHABET)]
