"""With what a real deployment does not start: each fault, and how it is put right."""

from __future__ import annotations

from collections.abc import Mapping

from servicemap.settings.faces import ALL, key_of

#: Words of secrets that stand in this repository: whoever reads it could sign sessions with them.
PUBLISHED = ("for-a-trial", "only-for-tests", "django-insecure", "change-me", "changeme", "secret-key")
SHORTEST_SECRET, FEWEST_LETTERS = 50, 10
NEW_SECRET = "python -c 'import secrets; print(secrets.token_urlsafe(50))'"  # noqa: S105  (how to make one)


def faults(values: Mapping[str, object]) -> list[str]:
    """One sentence for each setting that must not go into a real deployment; empty when all are fit."""
    return [words for words in (_secret(values), _demo(values), _https(values), _frames(values)) if words]


def _secret(values: Mapping[str, object]) -> str:
    name = key_of(str(values.get("FACE", ALL)))
    for secret in (str(values["SECRET_KEY"]), *map(str, _list(values, "SECRET_KEY_FALLBACKS"))):
        if any(word in secret.lower() for word in PUBLISHED):
            return f"{name} stands in a public repository. Make one of your own: {NEW_SECRET}"
        if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_LETTERS:
            return f"{name} can be guessed (under {SHORTEST_SECRET} characters or too even). Make one: {NEW_SECRET}"
    return ""


def _demo(values: Mapping[str, object]) -> str:
    if not values["DEMO_NETWORK"]:
        return ""
    return "DEMO_NETWORK is on: fictional places would stand beside real ones. Set DEMO_NETWORK=off."


def _https(values: Mapping[str, object]) -> str:
    if values["HTTPS"]:
        return ""
    return "HTTPS is off: passwords and questions would travel open. Take HTTPS away and put TLS in front."


def _frames(values: Mapping[str, object]) -> str:
    if "*" not in _list(values, "EMBED_FRAME_ANCESTORS"):
        return ""
    return (
        "EMBED_FRAME_ANCESTORS lets any site show the map in its frame. "
        "Name those of your partners: EMBED_FRAME_ANCESTORS=https://partner.example,https://other.example"
    )


def _list(values: Mapping[str, object], name: str) -> list[object]:
    found = values.get(name, [])
    return list(found) if isinstance(found, list | tuple) else [found]
