"""One thing that one person should hear of in a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core import clock
from messaging.models import Correspondent
from messaging.people import refresh
from messaging.stand_ins import StandIns, absences_near
from organizations.models import Organization


@dataclass(frozen=True)
class News:
    """`key` names the thing for good: nobody is told of it twice. That it has become late is another thing."""

    kind: str
    key: str
    person: Correspondent
    is_urgent: bool = False


def news_of(kind: str, found: Mapping[Organization, Iterable[str]]) -> Iterator[News]:
    """Of every organisation the keys of what is new, for each of its people who is there, or who stands in."""
    if not found:
        return
    refresh(found)
    absences = list(absences_near(clock.today()))
    for organization, keys in found.items():
        everybody = list(Correspondent.objects.of(organization).awake().select_related("user").order_by("pk"))
        for person in StandIns(everybody, absences).present(everybody) or everybody:
            yield from (News(kind, key, person) for key in keys)
