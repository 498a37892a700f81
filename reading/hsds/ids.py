"""HSDS names things by UUIDs; ours are ten letters. What has an id of ours carries it inside, so that it leads back."""

from __future__ import annotations

import uuid

from core.ids import LENGTH

#: One byte each; they stand in addresses that others keep.
KINDS = {"service": 1, "service_at_location": 2, "location": 3, "organization": 4}
_OURS = uuid.UUID("6f1c1f5e-6a0b-5c8e-9d3c-0e8d7d3f4b11")
_FIRST, _NEXT = 5, 6


def uuid_of(kind: str, public_id: str) -> str:
    """A UUID of version 8 (RFC 9562) that says the kind and the id."""
    letters = public_id.encode("ascii").ljust(LENGTH, b"\0")
    if len(letters) > LENGTH:
        raise ValueError(f"{public_id!r} is longer than an id of ours")
    head = bytes([KINDS[kind]]) + letters[:_FIRST]
    return str(uuid.UUID(bytes=head + b"\x80" + letters[_FIRST:_NEXT] + b"\x80" + letters[_NEXT:] + bytes(3)))


def public_id_of(kind: str, text: str) -> str:
    """The id that a UUID carries; "" for any other."""
    try:
        raw = uuid.UUID(text).bytes
        found = (raw[1:6] + raw[7:8] + raw[9:13]).rstrip(b"\0").decode("ascii")
        return found if found and uuid_of(kind, found) == text.lower() else ""
    except ValueError:
        return ""


def derived(*parts: object) -> str:
    """For what has no id of ours (a phone, a term): the same words give the same UUID."""
    return str(uuid.uuid5(_OURS, "/".join(map(str, parts))))
