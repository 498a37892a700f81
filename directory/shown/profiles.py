"""What readers get of organisations: the only door to their rows.

Rule: whoever shows an organisation asks here, so no page and no answer can forget that a profile ages. The query
compares the dates, as it does for listings: the public reads a profile until `hides_on`, members until
`archives_on`; after that the name is left. A profile that nobody has confirmed is for members only.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from django.db.models import BooleanField, Case, Value, When

from core import clock
from directory.crossing.content import ContactShown
from directory.crossing.records import Audience
from directory.freshness import Freshness, LocalDate, freshness_sql, is_current
from directory.tables.listings import AbstractOrganization, MemberOrganization, PublicOrganization
from directory.tables.wording import ORGANIZATIONS, lay_over

_ORGANIZATIONS: dict[Audience, type[AbstractOrganization]] = {
    "public": PublicOrganization,
    "members": MemberOrganization,
}
_NAMES = ("name", "short_name")


@dataclasses.dataclass(frozen=True)
class Profile:
    """An organisation at one instant. `is_told` says whether more than its name is left.

    `is_member` is the network's word, not the organisation's, and stays.
    """

    id: str
    slug: str
    content: Mapping[str, Mapping[str, str]]
    is_member: bool
    freshness: Freshness
    is_told: bool
    checked_on: dt.date | None = None
    countries: tuple[str, ...] = ()
    working_languages: tuple[str, ...] = ()
    community_led: tuple[str, ...] = ()
    website: str = ""
    links: tuple[object, ...] = ()
    contacts: tuple[ContactShown, ...] = ()


class _Told(AbstractOrganization):
    """A row with what `profiles` annotates."""

    freshness: Freshness
    is_told: bool

    class Meta(AbstractOrganization.Meta):
        abstract = True


def profiles(audience: Audience, at: dt.datetime | None = None, **wanted: object) -> list[Profile]:
    """The organisations that an audience knows of and that fit `wanted` (conditions on columns), by slug."""
    told = Case(When(is_current(audience), then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = _ORGANIZATIONS[audience].objects.filter(**wanted)  # type: ignore[attr-defined]
    rows = rows.annotate(local_date=LocalDate(at or clock.now())).annotate(freshness=freshness_sql(), is_told=told)
    found = list(rows.order_by("slug"))
    lay_over(found, ORGANIZATIONS)
    return [_profile(row) for row in found]


def _profile(row: _Told) -> Profile:
    name_only = {language: _only(texts, _NAMES) for language, texts in row.content.items()}
    known = Profile(
        id=row.id,
        slug=row.slug,
        content={language: texts for language, texts in name_only.items() if texts},
        is_member=row.is_member,
        freshness=row.freshness,
        is_told=row.is_told,
        checked_on=row.checked_on,
    )
    if not row.is_told:
        return known
    return dataclasses.replace(
        known,
        content=row.content,
        countries=tuple(row.countries),
        working_languages=tuple(row.working_languages),
        community_led=tuple(row.community_led),
        website=row.website,
        links=tuple(row.links),
        contacts=tuple(row.contacts),
    )


def _only(texts: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: texts[name] for name in names if name in texts}
