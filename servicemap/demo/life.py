"""The course of a listing: made, sent, approved by another organisation, checked again, changed, closed.

Each method puts steps on the timeline; nothing happens until it runs.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from organizations.models import Contact
from organizations.services import update_contact, update_location
from servicemap.demo.compose import Plan
from servicemap.demo.content import Content, localised
from servicemap.demo.freshness import Calendar
from servicemap.demo.network import Network, shifted
from servicemap.demo.people import People
from servicemap.demo.timeline import Step, Timeline
from services.models import ServiceAtLocation
from services.services import add_listing, create_service, update_listing, update_service
from verification import services as verification
from verification.models import Review

METHODS = {2: ("call", "message", "test_contact"), 3: ("visit", "documents")}
#: Fields that a person looks at when they check.
CRITICAL = ("contacts", "location.address", "listing.hours")
Story = dict[str, Any]


class Life:
    """One network, its people and its calendar, and the timeline that they share."""

    def __init__(self, content: Content, network: Network, people: People, calendar: Calendar) -> None:
        self.content = content
        self.network = network
        self.people = people
        self.calendar = calendar
        self.timeline = Timeline()
        self._listings: dict[str, ServiceAtLocation] = {}
        self._own_contacts: dict[str, Contact] = {}
        self._reviews: dict[str, Review] = {}

    # --- the ordinary course --------------------------------------------------------------------------------

    def publish(self, plan: Plan, wanted: str, *, days_ago: int = 0) -> None:
        """Bring the listing onto the map, so that its last check makes it `wanted` today.

        The check of a fresh one was before `days_ago`: the day of what happens to it afterwards.
        """
        dice = _dice(plan)
        windows = self.calendar.windows(plan.service["types"], plan.country)
        checked_on = self.calendar.checked_on(wanted, windows, dice, days_ago=days_ago)
        level = dice.choices((1, 2, 3), weights=(40, 45, 15))[0]
        has_history = dice.random() < 0.35
        first = checked_on - dt.timedelta(days=windows.months * 30 - dice.randint(2, 12)) if has_history else checked_on
        self._introduce(plan, first, 1 if has_history else level, dice)
        if has_history:
            self._check_again(plan, checked_on, level, dice)
        if plan.offer.operation:
            self._operate(plan, plan.offer.operation, plan.offer.note, self._days_ago(1))

    def _introduce(self, plan: Plan, day: dt.date, level: int, dice: random.Random) -> None:
        """The first publication. The owner's word counts from the day of sending, a check from that of approval."""
        sent = day if level == 1 else day - dt.timedelta(days=2)
        approved = day + dt.timedelta(days=1) if level == 1 else day
        verifier_slug = dice.random()
        self.create(plan, sent - dt.timedelta(days=3))
        self.submit(plan, sent, dice.choice(self.content.words["reviews"]["submitted"]))
        method = "" if level == 1 else dice.choice(METHODS[level])
        note = "" if level == 1 else dice.choice(self.content.words["reviews"]["approved"])

        def approve() -> None:
            actor = self.people.verifier(plan.house.slug, random.Random(verifier_slug))  # noqa: S311 (no secret)
            verification.approve(review=self._reviews[plan.key], actor=actor, method=method, note=note)

        self._at(plan, approved, approve, minute=90)

    def _check_again(self, plan: Plan, day: dt.date, level: int, dice: random.Random) -> None:
        if level == 1:
            self._at(plan, day, lambda: self._confirm(plan), minute=200)
            return
        method, number = dice.choice(METHODS[level]), dice.random()

        def check() -> None:
            actor = self.people.verifier(plan.house.slug, random.Random(number))  # noqa: S311 (no secret)
            verification.record_check(listing=self._listings[plan.key], actor=actor, method=method, fields=CRITICAL)

        self._at(plan, day, check, minute=210)

    def _confirm(self, plan: Plan) -> None:
        verification.confirm_unchanged(
            listing=self._listings[plan.key],
            actor=self.people.owner(plan.house.slug),
            note=self.content.words["reviews"]["confirmed"][0],
        )

    # --- single steps ---------------------------------------------------------------------------------------

    def create(self, plan: Plan, day: dt.date) -> None:
        def make() -> None:
            house, spot = plan.house, plan.spot
            location = self.network.locations.get((house.slug, spot.key))
            actor = self.people.owner(house.slug)
            service = create_service(actor=actor, organization=self.network.organizations[house.slug], **plan.service)
            contacts = self._contacts(plan)
            self._listings[plan.key] = add_listing(
                actor=actor, service=service, location=location, contacts=contacts, **plan.listing
            )

        self._at(plan, day, make)

    def _contacts(self, plan: Plan) -> list[Contact]:
        """A crisis line has its own number, and so has a listing whose number will change."""
        story = self.content.stories.get(plan.key, {})
        kind = "crisis" if plan.offer.leaf == "crisis_line" else "peer" if "contact" in story else ""
        if not kind:
            return []
        location = self.network.locations.get((plan.house.slug, plan.spot.key))
        contact = self.network.listing_contact(plan.house, location, kind)
        self._own_contacts[plan.key] = contact
        return [contact]

    def submit(self, plan: Plan, day: dt.date, message: str, *, minute: int = 30) -> None:
        def send() -> None:
            self._reviews[plan.key] = verification.submit(
                listing=self._listings[plan.key],
                actor=self.people.owner(plan.house.slug),
                message=message,
                checked=True,
            )

        self._at(plan, day, send, minute=minute)

    def _operate(self, plan: Plan, operation: str, note: dict[str, str], day: dt.date) -> None:
        self._at(
            plan,
            day,
            lambda: verification.set_operation(
                listing=self._listings[plan.key],
                actor=self.people.owner(plan.house.slug),
                operation=operation,
                **localised("operation_note", note),
            ),
            minute=240,
        )

    def _at(self, plan: Plan, day: dt.date, step: Step, *, minute: int = 0) -> None:
        """On the timeline; each listing has its own minutes, so that a day has no crowds at one instant."""
        self.timeline.at(day, step, minute=minute + random.Random(plan.key).randrange(55))  # noqa: S311 (no secret)

    def _days_ago(self, days: int) -> dt.date:
        return self.calendar.today - dt.timedelta(days=days)

    # --- stories --------------------------------------------------------------------------------------------

    def tell(self, plan: Plan, story: Story) -> None:
        """What `fixtures/demo/stories.yml` says of this listing."""
        kind = story["kind"]
        if kind in ("due", "overdue", "lapsed"):
            self.publish(plan, kind)
        elif kind in ("new", "draft", "needs_changes", "reject"):
            self._tell_new(plan, story)
        else:
            self.publish(plan, "fresh", days_ago=story["days_ago"])
            self._tell_published(plan, story)

    def _tell_new(self, plan: Plan, story: Story) -> None:
        day = self._days_ago(story["days_ago"])
        self.create(plan, day - dt.timedelta(days=1))
        if story["kind"] == "draft":
            return
        self.submit(plan, day, story["message"])
        if story["kind"] != "new":
            self._decide(plan, story, day + dt.timedelta(days=2))

    def _tell_published(self, plan: Plan, story: Story) -> None:
        day = self._days_ago(story["days_ago"])
        owner = plan.house.slug
        if story["kind"] == "close":
            self._operate(plan, "closed", story["note"], day)
        elif story["kind"] == "hide":
            self._at(
                plan,
                day,
                lambda: verification.hide(
                    listing=self._listings[plan.key], actor=self.people.owner(owner), reason=story["reason"]
                ),
                minute=240,
            )
        else:
            self._at(plan, day, lambda: self._edit(plan, story), minute=240)
            self.submit(plan, day, story["message"], minute=250)
            if story["kind"] != "edit":
                self._decide(plan, story, day + dt.timedelta(days=1))

    def _decide(self, plan: Plan, story: Story, day: dt.date) -> None:
        steps = {
            "needs_changes": verification.ask_for_changes,
            "reject": verification.reject,
            "reject_edit": verification.reject,
            "take": verification.take,
        }
        words = {"reason": story["reason"]} if "reason" in story else {}
        number = _dice(plan).random()

        def decide() -> None:
            actor = self.people.verifier(plan.house.slug, random.Random(number))  # noqa: S311 (no secret)
            steps[story["kind"]](review=self._reviews[plan.key], actor=actor, **words)

        self._at(plan, day, decide, minute=120)

    def _edit(self, plan: Plan, story: Story) -> None:
        """Change the working copy in the way of the story's parts."""
        actor = self.people.owner(plan.house.slug)
        listing = ServiceAtLocation.objects.select_related("service", "location").get(pk=self._listings[plan.key].pk)
        service, location = listing.service, listing.location
        if fields := story.get("service"):
            update_service(actor=actor, service=service, expected_version=service.version, **fields)
        if fields := story.get("listing"):
            hours = self.content.hours[fields["hours"]]
            update_listing(actor=actor, listing=listing, expected_version=listing.version, hours=hours)
        if fields := story.get("contact"):
            contact = self._own_contacts[plan.key]
            contact.refresh_from_db()
            update_contact(actor=actor, contact=contact, expected_version=contact.version, **fields)
        if location and (fields := dict(story.get("location", {}))):
            east, north = fields.pop("moved")
            at = plan.spot.data["at"]
            fields["point"] = shifted(self.network.centre(plan.spot), at[0] + east, at[1] + north)
            update_location(actor=actor, location=location, expected_version=location.version, **fields)
        verification.after_edit(listings=[listing], actor=actor)


def _dice(plan: Plan) -> random.Random:
    return random.Random(f"life {plan.key}")  # noqa: S311 (no secret)
