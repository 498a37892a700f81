"""Organisations as the map shows them: from which listing their words come, and until when they are believed.

Rule: for each audience the row of an organisation is what its newest published version says, of the listings that
this audience may see. So it follows from states and snapshots alone, and the directory can be made anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core import clock
from directory.crossing.records import (
    AUDIENCES,
    Audience,
    LiveState,
    OrganizationRecord,
    ProfileDates,
    may_see,
    organization_for,
)
from organizations.models import MemberStatus, Organization
from verification import surroundings
from verification.giveaways.finding import without
from verification.giveaways.house import HidingHouse, agreed_in, held_of_house, houses
from verification.models import Clock, ListingState, ProfileState, Snapshot
from verification.models.state import SHOWN
from verification.narrowing import narrowed_now
from verification.snapshots import Content, freeze_organization
from verification.surroundings import Surroundings

#: The class of every profile.
PROFILE_CLASS = "C"
#: What a confirmation moves, in the state of a profile and in its rows.
PROFILE_FIELDS = ("level", "checked_on", "notice_on", "due_on", "hides_on", "archives_on", "timezone")
#: The network's words about an organisation, which are no part of its profile.
_OF_THE_NETWORK = ("id", "slug", "member_status")
_SUSPENDED = (MemberStatus.SUSPENDED, MemberStatus.LEFT)
#: Listings to fetch at once, for one organisation and for many: the first that is looked at is mostly the last.
_FEW, _MANY = 4, 200
_ORGANIZATION = "listing__service__organization"
_BY_KEY = f"{_ORGANIZATION}_id"
_NEWEST_FIRST = (F("published_at").desc(nulls_last=True), "-pk")
#: What `may_see` asks of dates before the public sees anything: states that can be passed over in the database.
_MAY_BE_PUBLIC = Q(level__gte=1, hides_on__isnull=False)
Left = set[tuple[int, Audience]]
Records = dict[Audience, dict[str, OrganizationRecord]]
Held = tuple[HidingHouse, Collection[str]]


class WordsOf(NamedTuple):
    """Where the words of an organisation come from: a version, and that no wider than it wants it now."""

    published: Snapshot
    content: Content


def records_of(organizations: Collection[int], around: Surroundings | None = None) -> Records:
    """The rows of these organisations by audience and public id; none for an audience that may not know of one."""
    found: Records = {audience: {} for audience in AUDIENCES}
    held: dict[str, Held] = {}
    for organization, audience, source in _sources(organizations, around):
        if organization.public_id not in held:
            held[organization.public_id] = _held(source.content, around)
        dates = dates_of(getattr(organization, "profile_state", None))
        content = _said(source.content, audience, *held[organization.public_id])
        found[audience][organization.public_id] = organization_for(content, audience, dates)
    return found


def _held(content: Content, around: Surroundings | None) -> Held:
    """The organisation's places that hide, and what somebody has agreed to at each of them."""
    if around:
        return around.house_of(content)
    house = houses([content["organization"]["id"]]).get(content["organization"]["id"], HidingHouse())
    return house, agreed_in(house)


def _said(content: Content, audience: Audience, house: HidingHouse, agreed: Collection[str]) -> Content:
    """The profile without the texts that are held for the sake of a place that hides."""
    held = held_of_house(content, house, audience, agreed)
    return without(content, held) if held else content


def said_to_all(shown: Snapshot) -> Content:
    """What everybody may read of the profile in this version, no wider than the organisation wants it now."""
    content = narrowed_now(shown.content, shown.listing)
    return _said(content, "public", *_held(content, None))


def dates_of(profile: ProfileState | None) -> ProfileDates:
    """What crosses to the directory; nothing for a profile that nobody has confirmed."""
    return ProfileDates(**{name: getattr(profile, name) for name in PROFILE_FIELDS}) if profile else ProfileDates()


def shown_profile(organization: Organization) -> Snapshot | None:
    """The version in which everybody reads the profile now, else the one that members read; None off the map."""
    return shown_profiles([organization.pk]).get(organization.pk)


def shown_profiles(organizations: Collection[int], around: Surroundings | None = None) -> dict[int, Snapshot]:
    """The same of many, by their keys."""
    found: dict[int, Snapshot] = {}
    for row, audience, source in _sources(organizations, around):
        if audience == "public" or row.pk not in found:
            found[row.pk] = source.published
    return found


def working_profile_differs(organization: Organization, shown: Snapshot) -> bool:
    """Whether the organisation has changed its profile since, and nobody reads that yet."""
    old, new = shown.content["organization"], freeze_organization(organization)
    return any(old.get(name) != value for name, value in new.items() if name not in _OF_THE_NETWORK)


def on_the_map(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """Those of whom the map shows anything."""
    shown = ListingState.objects.filter(listing__service__organization=OuterRef("pk"), publication__in=SHOWN)
    return organizations.exclude(member_status__in=_SUSPENDED).filter(Exists(shown))  # type: ignore[arg-type]


def profiles_in_round(organization: Organization | None = None, *, ahead: int = 30) -> QuerySet[ProfileState]:
    """Profiles on the map whose reminders have begun, or begin within `ahead` days, until they are archived.

    For whoever writes letters: what `reminders.in_round` is for listings. The steps of a profile are
    `steps(clock_of_profiles(), profile.due_on)`; a day is a day in `profile.timezone`.
    """
    today = clock.today()
    profiles = ProfileState.objects.filter(
        organization__in=on_the_map(Organization.objects.all()),
        notice_on__lte=today + dt.timedelta(days=1 + ahead),
        archives_on__gt=today - dt.timedelta(days=1),
    )
    if organization is not None:
        profiles = profiles.filter(organization=organization)
    return profiles.select_related("organization").order_by("due_on", "pk")


def clock_of_profiles() -> Clock:
    return Clock.objects.get(pk=PROFILE_CLASS)


def _sources(
    organizations: Collection[int], around: Surroundings | None = None
) -> Iterator[tuple[Organization, Audience, WordsOf]]:
    """For each organisation and audience where its words come from."""
    left: Left = {(pk, audience) for pk in organizations for audience in AUDIENCES}
    if len(organizations) == 1:
        yield from _found(_shown_of(organizations).order_by(*_NEWEST_FIRST).iterator(chunk_size=_FEW), left, around)
        return
    # Of many it is mostly the newest of each; the others are asked for where it is not.
    newest = _shown_of(organizations).order_by(_BY_KEY, *_NEWEST_FIRST).distinct(_BY_KEY)
    yield from _found(newest.iterator(chunk_size=_MANY), left, around)
    waiting: dict[Audience, list[int]] = {audience: [pk for pk, of in left if of == audience] for audience in AUDIENCES}
    can_help = Q(**{f"{_ORGANIZATION}__in": waiting["members"]})
    can_help |= _MAY_BE_PUBLIC & Q(**{f"{_ORGANIZATION}__in": waiting["public"]})
    others = _shown_of(organizations).filter(can_help).order_by(*_NEWEST_FIRST)
    yield from _found(others.iterator(chunk_size=_MANY) if left else (), left, around)


def _found(
    states: Iterable[ListingState], left: Left, around: Surroundings | None
) -> Iterator[tuple[Organization, Audience, WordsOf]]:
    """Which of the states tell what is `left` to be told; that gets less by it."""
    for state in states:
        organization = state.listing.service.organization
        wanted = [audience for audience in AUDIENCES if (organization.pk, audience) in left]
        if wanted and state.published is not None:
            content = narrowed_now(state.published.content, state.listing, around.doors if around else None)
            for audience in _readers(state, content, wanted, around):
                left.remove((organization.pk, audience))
                yield organization, audience, WordsOf(state.published, content)
        if not left:
            return


def _shown_of(organizations: Collection[int]) -> QuerySet[ListingState]:
    states = ListingState.objects.filter(publication__in=SHOWN, published__isnull=False)
    states = states.filter(**{f"{_ORGANIZATION}__in": organizations})
    return surroundings.with_parts(states, f"{_ORGANIZATION}__profile_state")


def _readers(
    state: ListingState, content: Content, wanted: Collection[Audience], around: Surroundings | None
) -> list[Audience]:
    """Which audiences get this listing. Takedowns cost queries, so they are asked about last, and once."""
    is_suspended = state.listing.service.organization.is_suspended
    live = LiveState(level=state.level, hides_on=state.hides_on, is_suspended=is_suspended)
    known = [audience for audience in wanted if may_see(content, live, audience)]
    if not known:
        return []
    is_taken_down = around.is_taken_down if around else surroundings.is_taken_down
    live = replace(live, is_taken_down=is_taken_down(state.listing))
    return [audience for audience in known if may_see(content, live, audience)]
