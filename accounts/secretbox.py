"""Encryption of the secrets of second factors at rest.

Rule: a copy of the database alone must not be enough to make anybody's one-time codes. The key comes from
SECRET_KEY; SECRET_KEY_FALLBACKS keep older boxes readable after a rotation.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(box: str) -> str:
    """Raises cryptography.fernet.InvalidToken when no present key opens the box."""
    return _keys().decrypt(box.encode()).decode()


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_fernet_key(str(secret))) for secret in secrets])


def _fernet_key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"second factor:{secret}".encode()).digest())
