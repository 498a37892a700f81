"""Codes of a survey: signed, and kept nowhere. What is kept when one was used is a hash that nobody can go back from.

Rule: whoever hands a code out writes down that the organisation has one and nothing of the code, so that no row of the
database joins an organisation with a code, and none joins a code with answers.
"""

from __future__ import annotations

import hashlib
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from core.ids import ALPHABET
from network.evaluation.models import EvaluationCycle

_SALT = "network.evaluation.survey"
_LENGTH = 10


def new_code(cycle: EvaluationCycle) -> str:
    """“k3v9m2p7qa-84bd10c9f2”."""
    nonce = "".join(secrets.choice(ALPHABET) for _n in range(_LENGTH))
    return f"{nonce}-{_signed(cycle, nonce)}"


def digest_of(cycle: EvaluationCycle, code: str) -> str:
    """What is kept of a code once it is used; "" when the code is none of this cycle."""
    nonce, _dash, signature = "".join(code.split()).lower().partition("-")
    if not constant_time_compare(signature, _signed(cycle, nonce)):
        return ""
    return hashlib.sha256(f"{cycle.public_id}:{nonce}".encode()).hexdigest()


def _signed(cycle: EvaluationCycle, nonce: str) -> str:
    return salted_hmac(_SALT, f"{cycle.public_id}:{nonce}", algorithm="sha256").hexdigest()[:_LENGTH]
