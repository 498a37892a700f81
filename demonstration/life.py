"""The ordinary course of a listing: made, sent, approved by another organisation, checked again.

Each method puts steps on the timeline; nothing happens until it runs.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from core import clock
from demonstration.freshness import Calendar
from demonstration.making.bulk import Approval, Bulk, Sending
from demonstration.making.compose import PlannedListing
from demonstration.making.content import Script, localised
from demonstration.making.network import Network
from demonstration.making.people import Cast
from demonstration.timeline import Happening, Timeline
from messaging.people import correspondents_for
from organizations.models import Contact
from services.models import ServiceAtLocation
from verification import services as verification
from verification.editing import add_listing, create_service
from verification.models import ListingState, Reminder, Review, Rung
from verification.publication import Batch

METHODS = {2: ("call", "message", "test_contact"), 3: ("visit", "documents")}
#: Fields that a person looks at when they check.
CRITICAL = ("contacts", "location.address", "listing.hours")


class Course:
    """One network, its people and its calendar, and the timeline that they share."""

    def __init__(self, content: Script, network: Network, people: Cast, calendar: Calendar) -> None:
        self.content = content
        self.network = network
        self.people = people
        self.calendar = calendar
        self.listings: dict[str, ServiceAtLocation] = {}
        self.own_contacts: dict[str, Contact] = {}
        self.reviews: dict[str, Review] = {}
        #: Readers see the network when all of it is there.
        self.batch = Batch()
        self.bulk = Bulk(self.batch)
        self.timeline = Timeline([self.bulk.submit_all, self.bulk.approve_all])

    # --- the ordinary course --------------------------------------------------------------------------------

    def publish(self, plan: PlannedListing, wanted: str, *, days_ago: int = 0, since: dt.date | None = None) -> None:
        """Bring the listing onto the map, so that its last check makes it `wanted` today.

        The check of a fresh one was before `days_ago`: the day of what happens to it afterwards. `since` is the day
        of its first publication, when that is known.
        """
        dice = dice_of(plan)
        windows = self.calendar.windows(plan.service["types"], plan.country)
        checked_on = self.calendar.checked_on(wanted, windows, dice, days_ago=days_ago)
        level = dice.choices((1, 2, 3), weights=(40, 45, 15))[0]
        has_history = dice.random() < 0.35
        first = checked_on - dt.timedelta(days=windows.months * 30 - dice.randint(2, 12)) if has_history else checked_on
        if since:
            has_history, first = True, since
        self._introduce(plan, first, 1 if has_history else level, dice)
        if has_history:
            self._check_again(plan, checked_on, level, dice)
        if plan.offer.operation:
            self.operate(plan, plan.offer.operation, plan.offer.note, self.days_ago(1))

    def _introduce(self, plan: PlannedListing, day: dt.date, level: int, dice: random.Random) -> None:
        """The first publication. The owner's word counts from the day of sending, a check from that of approval."""
        sent = day if level == 1 else day - dt.timedelta(days=2)
        approved = day + dt.timedelta(days=1) if level == 1 else day
        verifier_slug = dice.random()
        self.create(plan, sent - dt.timedelta(days=3))
        message = dice.choice(self.content.words["reviews"]["submitted"])
        method = "" if level == 1 else dice.choice(METHODS[level])
        note = "" if level == 1 else dice.choice(self.content.words["reviews"]["approved"])

        def send() -> Sending:
            return Sending(clock.now(), self.listings[plan.key], self.people.owner(plan.house.slug), message)

        def approve() -> Approval:
            actor = self.people.verifier(plan.house.slug, random.Random(verifier_slug))  # noqa: S311 (no secret)
            return Approval(clock.now(), self.listings[plan.key], actor, method, note)

        self.timeline.join(self.bulk.submit_all, sent, send, about=plan.key, minute=30 + minutes_of(plan))
        self.timeline.join(self.bulk.approve_all, approved, approve, about=plan.key, minute=90 + minutes_of(plan))

    def _check_again(self, plan: PlannedListing, day: dt.date, level: int, dice: random.Random) -> None:
        if level == 1:
            reminded = day - dt.timedelta(days=random.Random(plan.key).randint(1, 9))  # noqa: S311 (no secret)
            self.at(plan, reminded, lambda: self._remind(plan), minute=195, alone=True)
            self.at(plan, day, lambda: self._confirm(plan), minute=200, alone=True)
            return
        method, number = dice.choice(METHODS[level]), dice.random()

        def check() -> None:
            actor = self.people.verifier(plan.house.slug, random.Random(number))  # noqa: S311 (no secret)
            verification.record_check(
                listing=self.listings[plan.key], actor=actor, method=method, fields=CRITICAL, batch=self.batch
            )

        self.at(plan, day, check, minute=210, alone=True)

    def _remind(self, plan: PlannedListing) -> None:
        """That its owner was written to; letters of that time are forgotten, and none of them leaves."""
        listing = self.listings[plan.key]
        due_on = ListingState.objects.filter(pk=listing.pk).values_list("due_on", flat=True).first()
        person = correspondents_for(self.network.organizations[plan.house.slug]).order_by("pk").first()
        if due_on and person:
            Reminder.objects.create(
                listing=listing, due_on=due_on, step="notice-14", rung=Rung.OWNER, correspondent=person
            )

    def _confirm(self, plan: PlannedListing) -> None:
        verification.confirm_unchanged(
            listing=self.listings[plan.key],
            actor=self.people.owner(plan.house.slug),
            note=self.content.words["reviews"]["confirmed"][0],
            batch=self.batch,
        )

    # --- single steps ---------------------------------------------------------------------------------------

    def create(self, plan: PlannedListing, day: dt.date) -> None:
        def make() -> None:
            house, spot = plan.house, plan.spot
            location = self.network.locations.get((house.slug, spot.key))
            actor = self.people.owner(house.slug)
            service = create_service(actor=actor, organization=self.network.organizations[house.slug], **plan.service)
            contacts = self._contacts(plan)
            self.listings[plan.key] = add_listing(
                actor=actor, service=service, location=location, contacts=contacts, **plan.listing
            )

        self.at(plan, day, make, alone=True)

    def _contacts(self, plan: PlannedListing) -> list[Contact]:
        """A crisis line has its own number, and so has a listing whose number will change."""
        story = self.content.stories.get(plan.key, {})
        kind = "crisis" if plan.offer.leaf == "crisis_line" else "peer" if "contact" in story else ""
        if not kind:
            return []
        location = self.network.locations.get((plan.house.slug, plan.spot.key))
        contact = self.network.listing_contact(plan.house, location, kind, self.batch)
        self.own_contacts[plan.key] = contact
        return [contact]

    def submit(self, plan: PlannedListing, day: dt.date, message: str, *, minute: int = 30) -> None:
        def send() -> None:
            self.reviews[plan.key] = verification.submit(
                listing=self.listings[plan.key],
                actor=self.people.owner(plan.house.slug),
                message=message,
                checked=True,
                bulk=self.batch,
            )

        self.at(plan, day, send, minute=minute)

    def operate(self, plan: PlannedListing, operation: str, note: dict[str, str], day: dt.date) -> None:
        self.at(
            plan,
            day,
            lambda: verification.set_operation(
                listing=self.listings[plan.key],
                actor=self.people.owner(plan.house.slug),
                operation=operation,
                batch=self.batch,
                **localised("operation_note", note),
            ),
            minute=240,
            alone=True,
        )

    def say_places(self, plan: PlannedListing, word: dict[str, Any]) -> None:
        """Whether there are places: `fixtures/demo/capacity.yml`."""
        self.at(
            plan,
            self.days_ago(word["days_ago"]),
            lambda: verification.report_capacity(
                listing=self.listings[plan.key],
                actor=self.people.owner(plan.house.slug),
                level=word["level"],
                batch=self.batch,
                said_at=None,
                **localised("note", word.get("note", {})),
            ),
            minute=260,
            alone=True,
        )

    def at(self, plan: PlannedListing, day: dt.date, step: Happening, *, minute: int = 0, alone: bool = False) -> None:
        """On the timeline, in the minutes of the listing. `alone`: the step touches and sees this listing only."""
        about = plan.key if alone else ""
        self.timeline.at(day, step, minute=minute + minutes_of(plan), about=about)

    def days_ago(self, days: int) -> dt.date:
        return self.calendar.today - dt.timedelta(days=days)


def dice_of(plan: PlannedListing) -> random.Random:
    return random.Random(f"life {plan.key}")  # noqa: S311 (no secret)


def minutes_of(plan: PlannedListing) -> int:
    """Each listing has its own minutes, so that a day has no crowds at one instant."""
    return random.Random(plan.key).randrange(55)  # noqa: S311 (no secret)
