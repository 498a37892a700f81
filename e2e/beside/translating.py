"""Languages at two people's names, for the journeys: in the served network's database."""

from __future__ import annotations

from accounts.models import User


def give_languages(language: str) -> int:
    people = ["administrator@example.org", "verifier@example.org"]
    return User.objects.filter(email__in=people).update(translates=[language])
