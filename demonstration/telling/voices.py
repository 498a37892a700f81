"""What readers and members tell the network, and what its coordinators do: `fixtures/demo/voices.yml`.

Also the figures of every month that has passed, so that the charts have a past.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from demonstration.life import Course
from messaging.people import correspondents_for
from messaging.services import record_bounce
from services.models import ServiceAtLocation
from services.models.coverage import in_countries
from verification import services as verification
from verification.campaigns.running import CampaignScope, start_campaign
from verification.models import Recheck, Report, Suggestion
from verification.upkeep import rounds, triggers

MONTHS = 12
LONG_AGO = 90
Words = dict[str, Any]


class Voices:
    """Puts the voices on the timeline of a life. Listings are chosen when their day comes, among those on the map."""

    def __init__(self, life: Course) -> None:
        self.life = life
        self.dice = random.Random("voices")  # noqa: S311 (no secret)
        self.reports: dict[int, Report] = {}
        self.suggestions: dict[int, Suggestion] = {}

    def speak(self) -> None:
        words = self.life.content.voices
        for number, told in enumerate(words["reports"]):
            self._on(told["days_ago"], lambda number=number, told=told: self._report(number, told), minute=320)
            if "took" in told:
                day = told["days_ago"] - told["took"]
                self._on(day, lambda number=number, told=told: self._close(number, told), minute=325)
        for number, told in enumerate(words["suggestions"]):
            self._on(told["days_ago"], lambda number=number, told=told: self._suggest(number, told), minute=326)
            if "took" in told:
                day = told["days_ago"] - told["took"]
                self._on(day, lambda number=number, told=told: self._answer(number, told), minute=327)
        for visit in words["visits"]:
            self._on(visit["days_ago"], lambda visit=visit: self._visit(visit), minute=330)
        bounced, assigned, campaign = words["bounced"], words["assigned"], words["campaign"]
        self._on(bounced["days_ago"], lambda: self._bounce(bounced), minute=340)
        self._on(assigned["days_ago"], lambda: self._assign(assigned), minute=350)
        self._on(campaign["days_ago"], lambda: self._campaign(campaign), minute=360)
        self._record_months()

    def _on(self, days_ago: int, step: Any, *, minute: int) -> None:
        self.life.timeline.at(self.life.days_ago(days_ago), step, minute=minute)

    def _listing(self, country: str, days_ago: int = 0) -> ServiceAtLocation:
        """What was told long ago has dice of its own: it changes nothing of what is told since."""
        dice = random.Random(f"voices {days_ago}") if days_ago > LONG_AGO else self.dice  # noqa: S311 (no secret)
        rows = ServiceAtLocation.objects.in_countries([country]).filter(state__publication="published")
        return dice.choice(list(rows.select_related("service__organization", "location").order_by("public_id")))

    def _report(self, number: int, told: Words) -> None:
        listing = self._listing(told["country"], told["days_ago"])
        self.reports[number], _code = verification.receive_report(
            listing=listing, kind=told["kind"], text=told.get("text", "")
        )

    def _close(self, number: int, told: Words) -> None:
        report = self.reports[number]
        actor = self.life.people.verifier(report.listing.service.organization.slug, self.dice)
        verification.close_report(report=report, actor=actor, state=told["state"], answer=told["answer"])

    def _suggest(self, number: int, told: Words) -> None:
        """Somebody misses a service."""
        about = ("what", "country", "city", "kind", "reach", "known_from", "text")
        asked = {name: told[name] for name in about if name in told}
        self.suggestions[number], _code = verification.receive_suggestion(**asked)

    def _answer(self, number: int, told: Words) -> None:
        """Where it took days, the coordinator answers after so many."""
        verification.close_suggestion(
            suggestion=self.suggestions[number],
            actor=self.life.people.coordinator,
            state=told["state"],
            answer=told["answer"],
        )

    def _visit(self, visit: Words) -> None:
        listing = self._listing(visit["country"])
        verification.tell_visit(
            listing=listing,
            actor=self.life.people.verifier(listing.service.organization.slug, self.dice),
            visited_on=self.life.days_ago(visit["days_ago"] + 1),
            was_served=visit["served"],
            reason=visit.get("reason", ""),
            note=visit.get("note", ""),
        )

    def _bounce(self, bounced: Words) -> None:
        organization = self.life.network.organizations[bounced["house"]]
        person = correspondents_for(organization).order_by("pk").first()
        if person is not None:
            record_bounce(address=person.email, reason=bounced["reason"])
            rounds.follow_up_people()

    def _assign(self, assigned: Words) -> None:
        """What class A asks for is asked for, and the coordinator gives some of it to somebody."""
        triggers.ask_for_outside_checks()
        to = self.life.network.organizations[assigned["to"]]
        rows = Recheck.objects.open().filter(in_countries([assigned["country"]], "listing__")).order_by("due_at", "pk")
        for recheck in rows.exclude(listing__service__organization=to)[: assigned["count"]]:
            verification.assign(recheck=recheck, actor=None, organization=to)

    def _campaign(self, campaign: Words) -> None:
        starts_on = self.life.days_ago(campaign["days_ago"])
        start_campaign(
            actor=self.life.people.coordinator,
            name=campaign["name"],
            starts_on=starts_on,
            ends_on=starts_on + dt.timedelta(days=campaign["days"]),
            why=campaign["why"],
            scope=CampaignScope(countries=campaign["countries"]),
        )

    def _record_months(self) -> None:
        """On the last evening of every month, as the worker would have done."""
        first = self.life.calendar.today.replace(day=1)
        for _number in range(MONTHS):
            last = first - dt.timedelta(days=1)
            self.life.timeline.at(last, rounds.close_month, minute=600)
            first = last.replace(day=1)
