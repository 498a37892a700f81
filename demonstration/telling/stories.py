"""What happens to single listings beside the ordinary course: `fixtures/demo/stories.yml`."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from demonstration.life import Course, dice_of
from demonstration.making.compose import PlannedListing
from demonstration.making.network import centre_of, shifted
from services.models import ServiceAtLocation
from verification import services as verification
from verification.editing import update_contact, update_listing, update_location, update_service
from verification.models import Review

Story = dict[str, Any]


class Stories:
    """Tells stories into the timeline of a life."""

    def __init__(self, life: Course) -> None:
        self.life = life

    def tell(self, plan: PlannedListing, story: Story) -> None:
        """What `fixtures/demo/stories.yml` says of this listing."""
        kind = story["kind"]
        if kind in ("due", "overdue", "lapsed"):
            self.life.publish(plan, kind)
        elif kind in ("new", "draft", "needs_changes", "reject"):
            self._tell_new(plan, story)
        else:
            self.life.publish(plan, "fresh", days_ago=story["days_ago"])
            self._tell_published(plan, story)

    def _tell_new(self, plan: PlannedListing, story: Story) -> None:
        day = self.life.days_ago(story["days_ago"])
        self.life.create(plan, day - dt.timedelta(days=1))
        if story["kind"] == "draft":
            return
        self.life.submit(plan, day, story["message"])
        if story["kind"] != "new":
            self._decide(plan, story, day + dt.timedelta(days=2))

    def _tell_published(self, plan: PlannedListing, story: Story) -> None:
        day = self.life.days_ago(story["days_ago"])
        owner = plan.house.slug
        if story["kind"] == "close":
            self.life.operate(plan, "closed", story["note"], day)
        elif story["kind"] == "hide":
            self.life.at(
                plan,
                day,
                lambda: verification.hide(
                    listing=self.life.listings[plan.key],
                    actor=self.life.people.owner(owner),
                    reason=story["reason"],
                    batch=self.life.batch,
                ),
                minute=240,
            )
        else:
            self.life.at(plan, day, lambda: self._edit(plan, story), minute=240)
            self.life.submit(plan, day, story["message"], minute=250)
            if story["kind"] != "edit":
                self._decide(plan, story, day + dt.timedelta(days=1))

    def _decide(self, plan: PlannedListing, story: Story, day: dt.date) -> None:
        steps: dict[str, Callable[..., Review]] = {
            "needs_changes": verification.ask_for_changes,
            "reject": verification.reject,
            "reject_edit": verification.reject,
            "take": verification.take,
        }
        words = {"reason": story["reason"]} if "reason" in story else {}
        number = dice_of(plan).random()

        def decide() -> None:
            actor = self.life.people.verifier(plan.house.slug, random.Random(number))  # noqa: S311 (no secret)
            steps[story["kind"]](review=self.life.reviews[plan.key], actor=actor, **words)

        self.life.at(plan, day, decide, minute=120)

    def _edit(self, plan: PlannedListing, story: Story) -> None:
        """Change the working copy in the way of the story's parts."""
        actor, batch = self.life.people.owner(plan.house.slug), self.life.batch
        listing = ServiceAtLocation.objects.select_related("service", "location").get(
            pk=self.life.listings[plan.key].pk
        )
        service, location = listing.service, listing.location
        if fields := story.get("service"):
            update_service(actor=actor, service=service, expected_version=service.version, batch=batch, **fields)
        if fields := story.get("listing"):
            hours = self.life.content.hours[fields["hours"]]
            update_listing(actor=actor, listing=listing, expected_version=listing.version, batch=batch, hours=hours)
        if fields := story.get("contact"):
            contact = self.life.own_contacts[plan.key]
            contact.refresh_from_db()
            update_contact(actor=actor, contact=contact, expected_version=contact.version, batch=batch, **fields)
        if location and (fields := dict(story.get("location", {}))):
            east, north = fields.pop("moved")
            at = plan.spot.data["at"]
            fields["point"] = shifted(centre_of(self.life.content, plan.spot), at[0] + east, at[1] + north)
            update_location(actor=actor, location=location, expected_version=location.version, batch=batch, **fields)
