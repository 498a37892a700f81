"""One thing that one person should hear of in a letter."""

from __future__ import annotations

from dataclasses import dataclass

from messaging.models import Correspondent


@dataclass(frozen=True)
class News:
    """`key` names the thing for good: nobody is told of it twice. That it has become late is another thing."""

    kind: str
    key: str
    person: Correspondent
    is_urgent: bool = False
