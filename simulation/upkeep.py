"""What tired people do for two thousand listings beside answering letters: campaigns, duplicates, stops, clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from accounts.models import User
from core import clock
from core.errors import HouseError
from organizations.models import MembershipRole, Organization
from services.models import ServiceAtLocation
from simulation.ledger import Ledger, both_say
from simulation.watch import Lookout
from simulation.world import Twin, duplicate
from verification import services as verification
from verification.campaigns import running
from verification.coordination.alike.hints import entered, hints_for
from verification.coordination.alike.pairs import pairs_for
from verification.coordination.desk import duplicates
from verification.models import Campaign, ListingState, Merge, MergeState, Review
from verification.services.around import intervals
from verification.services.asked.stops import stops_of
from verification.services.merging import steps

if TYPE_CHECKING:
    from simulation.people import Life

#: How often in a year; of 33 that are entered twice some are never found or agreed about.
MERGES, CALLED_OFF = 33, 24
#: Each so manieth merge is taken apart again.
UNDONE_EVERY = 5
#: Campaigns: on which day of a year, whose countries (None: the whole network), for how many days.
CAMPAIGNS = ((100, ("GE", "AM", "KZ", "DE"), 45), (115, ("GE", "PL"), 40))
#: What the one that stays takes over, by chance.
CHOICES = ([], ["service.summary"], ["listing.hours"], ["contacts"], ["service.cost_note", "contacts"])
#: Somebody who was refused tries again so often, and so many days later.
TRIES, LATER = 6, 4


class Upkeep:
    """The work of upkeep in one simulated network. `watch` looks at each step."""

    def __init__(self, life: Life, watch: Lookout) -> None:
        self.life, self.watch = life, watch
        self.world, self.rng, self.agenda = life.world, life.rng, life.agenda
        self.campaigns: list[Campaign] = []
        self.merges = self.undone = self.hints = self.called_off = self.shorter = 0
        self._twinned: set[int] = set()
        self._decided: set[tuple[str, dt.date]] = set()

    # --- campaigns

    def start_campaign(self, countries: tuple[str, ...], days: int) -> None:
        """Owners are asked; the silent are reminded, a coordinator gives more time or stops."""
        actor, now = self.world.administrators[0], clock.now()
        campaign = running.start_campaign(
            actor=actor,
            name=f"Ещё раз: {', '.join(countries)}",
            why="Перед зимой всё должно быть верно.",
            starts_on=clock.today(),
            ends_on=clock.today() + dt.timedelta(days=days),
            scope=running.CampaignScope(countries=countries),
        )
        self.campaigns.append(campaign)
        self.watch.asked[campaign.pk].append(now)
        self.later(14, lambda: self.remind(campaign))
        if len(self.campaigns) % 2:
            last = campaign.ends_on + dt.timedelta(days=10)
            self.later(30, lambda: attempt(lambda: running.extend(campaign=campaign, actor=actor, ends_on=last)))
        else:
            self.later(25, lambda: attempt(lambda: running.stop(campaign=campaign, actor=actor)))

    def remind(self, campaign: Campaign) -> None:
        actor = self.world.administrators[0]
        if attempt(lambda: running.remind_silent(campaign=campaign, actor=actor)):
            self.watch.asked[campaign.pk].append(clock.now())

    def look_at_tasks(self) -> None:
        self.watch.tasks(self.world.organizations)

    # --- duplicates

    def enter_twice(self) -> None:
        """Somebody enters what is there already, of their own organisation or of another one."""
        there = [
            row for row in self.world.listings if row.location_id and not row.stops and row.pk not in self._twinned
        ]
        original = self.rng.choice(there)
        owner = original.service.organization
        if self.rng.random() < 0.3:
            owner = self.rng.choice([one for one in self.world.organizations if one.pk != owner.pk])
        editor = self.editor_of(owner)
        if editor is None or not _is_public(original):
            return self.later(LATER, self.enter_twice)
        self._twinned.add(original.pk)
        place, title = original.location, original.service.title
        if place is not None and owner.pk == place.organization_id:
            asked = entered(owner, names=[title], types=original.service.types, places=[place])
            told = hints_for(editor, owner, asked)
            self.hints += len(told)
            self.watch.hints(editor, told)
        twin = Twin(original, duplicate(self.world, original, owner, editor))
        review = verification.submit(listing=twin.listing, actor=editor, checked=True)
        days = self.rng.randint(3, 20)
        self.have_approved(review, twin.listing, lambda: self.later(days, lambda: self.become_one(twin)))
        return None

    def look_at_pairs(self) -> None:
        """Everybody of the network looks at what may be the same, as far as it is shown to them."""
        for person in (*self.world.coordinators, *self.world.administrators):
            self.watch.pairs(person, duplicates(person))
        organization = self.rng.choice(self.world.organizations)
        if editor := self.editor_of(organization):
            self.watch.pairs(editor, pairs_for(editor))

    def become_one(self, twin: Twin, tries: int = TRIES) -> None:
        """One of the two organisations says that both are one; the other agrees, or the coordinator insists."""
        kept, gone = (twin.original, twin.listing) if self.rng.random() < 0.6 else (twin.listing, twin.original)
        actor = self.editor_of(gone.service.organization)
        chosen = list(self.rng.choice(CHOICES))

        def propose() -> Merge:
            return steps.propose(kept=kept, gone=gone, chosen=chosen, actor=actor)

        merge = self._watched(kept, gone, propose)
        if merge is None:
            if tries:
                self.later(LATER, lambda: self.become_one(twin, tries - 1))
        elif merge.state == MergeState.PROPOSED:
            if self.rng.random() < 0.6:
                self.later(self.rng.randint(1, 6), lambda: self._agree(merge))
            self.later(15, lambda: self._insist(merge))

    def _agree(self, merge: Merge) -> None:
        actor = self.editor_of(merge.kept.service.organization)
        if actor is not None:
            self._watched(merge.kept, merge.gone, lambda: steps.agree(merge=merge, actor=actor))

    def _insist(self, merge: Merge) -> None:
        actor = self.world.administrators[0]
        self._watched(merge.kept, merge.gone, lambda: steps.insist(merge=merge, actor=actor))

    def _watched(self, kept: ServiceAtLocation, gone: ServiceAtLocation, act: Callable[[], Merge]) -> Merge | None:
        """Do it, and look whether anything was lost."""
        before, done = Ledger.of(kept, gone), []
        if not attempt(lambda: done.append(act())):
            return None
        (merge,) = done
        if merge.state == MergeState.DONE:
            self.merges += 1
            self.watch.merged(merge, before)
            self.world.listings = [row for row in self.world.listings if row.pk != gone.pk]
            if self.merges % UNDONE_EVERY == 0:
                self.later(self.rng.randint(2, 20), lambda: self.take_apart(merge))
        return merge

    def take_apart(self, merge: Merge, tries: int = TRIES) -> None:
        """It was a mistake: they are two."""
        parted = both_say(merge.kept_id, merge.gone_id)
        if attempt(lambda: steps.undo(merge=merge, actor=self.world.administrators[0])):
            self.undone += 1
            self.watch.undone(merge, parted)
            self.world.listings.append(merge.gone)
        elif tries:
            self.later(1, lambda: self.take_apart(merge, tries - 1))

    # --- stops and clocks

    def call_off(self) -> None:
        """The bus does not come; now and then it does after all."""
        if not (on_wheels := [row for row in self.world.listings if row.stops]):
            return None  # a small network has no bus
        listing = self.rng.choice(on_wheels)
        editor, on = self.editor_of(listing.service.organization), clock.today() + dt.timedelta(days=1)
        stop = self.rng.choice(stops_of(listing))["id"]

        def say(*, is_back: bool) -> object:
            return verification.call_off(listing=listing, actor=editor, stop=stop, on=on, is_back=is_back)

        if (stop, on) in self._decided:  # one word for a stay: a second one would make the first a lie
            return self.later(LATER, self.call_off)
        if editor is None or not attempt(lambda: say(is_back=False)):
            return None
        self._decided.add((stop, on))
        self.called_off += 1
        self.watch.stop(listing, stop, on, is_off=True)
        is_off = self.rng.random() < 0.7 or not attempt(lambda: say(is_back=True))
        self.later(1, lambda: self.watch.stop(listing, stop, on, is_off=is_off))
        return None

    def choose_shorter(self) -> None:
        """Some owners want to be asked more often about some listings, and so does a coordinator."""
        for number, organization in enumerate(self.world.organizations[::3]):
            editor = self.editor_of(organization)
            mine = [row for row in self.world.listings if row.service.organization_id == organization.pk]
            choose = partial(intervals.choose_interval, actor=editor)
            for listing in self.rng.sample(mine, min(2, len(mine))) if editor else ():
                self._shorten(listing, choose)
            asks = self.world.coordinators[number % len(self.world.coordinators)]
            here = [row for row in mine if asks.coordinates(row.country)]
            ask = partial(intervals.ask_for_interval, actor=asks, reason="Часы здесь меняются каждый месяц.")
            if here:
                self._shorten(self.rng.choice(here), ask)

    def _shorten(self, row: ServiceAtLocation, act: Callable[..., object]) -> None:
        offered = [days for days in intervals.intervals_for(ListingState.objects.get(pk=row.pk)) if days >= 30]
        days = self.rng.choice(offered)
        if attempt(lambda: act(listing=row, days=days)):
            self.shorter += 1
            self.world.intervals[row.public_id] = (clock.today(row.timezone), days)

    # --- for all

    @property
    def countries(self) -> set[str]:
        """Where the network works."""
        return {one.registration_country for one in self.world.organizations}

    def editor_of(self, organization: Organization) -> User | None:
        """Whoever keeps its listings now."""
        roles = (MembershipRole.EDITOR, MembershipRole.MANAGER)
        found = organization.memberships.filter(role__in=roles, user__is_active=True).order_by("pk")
        membership = found.select_related("user").first()
        return membership.user if membership else None

    def later(self, days: int, act: Callable[[], object]) -> None:
        self.agenda.on(clock.today() + dt.timedelta(days=days), act)

    def have_approved(self, review: Review, listing: ServiceAtLocation, then: Callable[[], object] = int) -> None:
        """Somebody of another organisation calls within some days; then the listing is one of the network's."""
        verifier = self.life.verifier_for(listing)

        def approve() -> None:
            if verifier and attempt(lambda: verification.approve(review=review, actor=verifier, method="call")):
                self.world.listings.append(listing)
                then()

        self.later(self.rng.randint(1, 3), approve)


def _is_public(listing: ServiceAtLocation) -> bool:
    return ListingState.objects.filter(pk=listing.pk, publication="published").exists()


def attempt(act: Callable[[], object]) -> bool:
    """Whether the services let somebody do it."""
    try:
        act()
    except HouseError:
        return False
    return True
