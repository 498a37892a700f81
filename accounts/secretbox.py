"""Encryption at rest, with a key for each purpose: secrets of second factors, chats that letters go to.

Rule: a copy of the database alone must not be enough to make anybody's one-time codes, or to say whose chat it is.
The key comes from SECRET_KEY; SECRET_KEY_FALLBACKS keep older boxes readable after a rotation.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

#: The first purpose; boxes of a second factor were made under this name.
SECOND_FACTOR = "second factor"


def seal(text: str, purpose: str = SECOND_FACTOR) -> str:
    return _keys(purpose).encrypt(text.encode()).decode()


def unseal(box: str, purpose: str = SECOND_FACTOR) -> str:
    """Raises cryptography.fernet.InvalidToken when no present key opens the box."""
    return _keys(purpose).decrypt(box.encode()).decode()


def marks(text: str, purpose: str) -> list[str]:
    """By what a text is found again without being kept: under today's key first, then under each older one."""
    return [hmac.digest(_key(secret, purpose), text.encode(), hashlib.sha256).hex() for secret in _secrets()]


def _keys(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(secret, purpose))) for secret in _secrets()])


def _secrets() -> list[str]:
    return [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _key(secret: str, purpose: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{secret}".encode()).digest()
