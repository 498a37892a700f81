"""The code by which a stranger looks up what came of what they wrote. It is shown once; only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets

from core.ids import ALPHABET

CODE_LENGTH = 10
#: Cyrillic letters as they are seen on paper, and the Latin ones of a code.
LOOK_ALIKES = str.maketrans("авекмнорстухгпѕіјз", "abekmhopctyxrnsij3")


def fresh_code() -> str:
    """Ten letters and digits, in two halves as they are read aloud."""
    code = "".join(secrets.choice(ALPHABET) for _i in range(CODE_LENGTH))
    return f"{code[:5]}-{code[5:]}"


def code_hash(code: str) -> str:
    """The hash under which something is found by its code, however somebody types that: only its letters and digits

    count, in either case, and a Cyrillic letter counts as the Latin one that looks like it.
    """
    typed = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(typed.translate(LOOK_ALIKES).encode()).hexdigest()
