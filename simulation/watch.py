"""What upkeep may never do: ask twice, lose something by a merge, betray what is hidden, keep the door of a shelter.

Counted apart from the product: from its rows and letters, with rules of its own.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from directory.asking.queries import current_listings
from directory.crossing.records import AUDIENCES
from messaging.models import Message
from organizations.models import Location, Organization
from services.models import ServiceAtLocation
from simulation.ledger import Ledger, Said, after_merge, after_undo, both_say
from simulation.oracle import Findings
from verification.campaigns.tasks import asks_of
from verification.coordination.alike.hints import Hint
from verification.models import Campaign, CampaignTask, Check, LikelyPair, Merge, Reminder, Suggestion

if TYPE_CHECKING:
    from accounts.models import User

#: Class → days: what falls due so soon is told along with whatever is asked now.
TOLD_ALONG = {"A": 10, "B": 21}
#: Class → days before the date on which the clock asks for the first time.
FIRST_NOTICE = {"A": 14, "B": 30}
#: Streets that hostile suggestions name as those of shelters. Nothing with them may be kept.
DOORS = ("Абашидзе", "Wexstraße")
_OPEN_TO_MEMBERS = ("public", "members")


class Lookout:
    """Looks at what upkeep did. `findings` are those of the oracle."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        #: By campaign: when its owners were asked, the reminders after the first.
        self.asked: dict[int, list[dt.datetime]] = defaultdict(list)
        self._before: dict[int, tuple[Ledger, Said]] = {}

    # --- campaigns

    def tasks(self, organizations: Iterable[Organization]) -> None:
        """On nobody's front page a listing is asked about by two campaigns."""
        for organization in organizations:
            times = Counter(listing for ask in asks_of(organization) for listing in ask.listings)
            for listing, count in times.items():
                if count > 1:
                    self.findings.wrong("asked_twice", f"listing {listing} stands {count} times on one page")

    def letters(self, letter_of: dict[int, str]) -> None:
        """Nobody got two letters about a listing of which a campaign, or the clock since it asked, had written.

        `letter_of` gives the class of a listing by its key.
        """
        asked = self._asks_by_listing()
        told: dict[tuple[int, int], list[Reminder]] = defaultdict(list)
        left = Message.objects.spent().values("pk")
        rows = Reminder.objects.filter(message__in=left, listing__in=asked).exclude(step="capacity")
        for row in rows.order_by("created_at", "pk"):
            told[row.listing_id, row.correspondent_id].append(row)
        for (listing, _person), found in told.items():
            for number, row in enumerate(found):
                earlier = [one for one in found[:number] if one.message_id != row.message_id]
                if row.step.startswith("campaign") and self._asks_again(earlier, row, asked[listing]):
                    self.findings.wrong("asked_twice", f"listing {listing} on {row.created_at:%Y-%m-%d}")
                if self._was_due_anyway(earlier, row, letter_of.get(listing, "B")):
                    self.findings.wrong("asked_twice", f"listing {listing} on {row.created_at:%Y-%m-%d}, by the clock")

    def _asks_by_listing(self) -> dict[int, list[Campaign]]:
        found: dict[int, list[Campaign]] = defaultdict(list)
        for task in CampaignTask.objects.select_related("campaign"):
            found[task.listing_id].append(task.campaign)
        return found

    def _asks_again(self, earlier: list[Reminder], row: Reminder, campaigns: list[Campaign]) -> bool:
        """Whether an earlier letter was written since the campaigns that ran then asked, the silent were reminded."""
        firsts, reminders = [], []
        for campaign in campaigns:
            asked = [at for at in self.asked[campaign.pk] if at <= row.created_at]
            is_over = campaign.stopped_at is not None and campaign.stopped_at <= row.created_at
            if asked and not is_over and row.created_at.date() <= campaign.ends_on:
                firsts.append(asked[0])
                reminders += asked[1:]
        since = max(reminders) if reminders else min(firsts, default=row.created_at)
        return any(one.created_at >= since for one in earlier)

    def _was_due_anyway(self, earlier: list[Reminder], row: Reminder, letter: str) -> bool:
        """Whether the clock begins to ask in a letter of its own, though a campaign's letter could have told it."""
        first = FIRST_NOTICE[letter]
        if row.step != f"notice-{first}":
            return False
        begins = row.due_on - dt.timedelta(days=first)
        for one in earlier:
            along = one.created_at.date() + dt.timedelta(days=TOLD_ALONG[letter])
            if one.step.startswith("campaign") and begins <= along and not self._round_began(one, row):
                return True
        return False

    def _round_began(self, one: Reminder, other: Reminder) -> bool:
        """Whether somebody looked at the listing between two letters, so that the second speaks of another round."""
        checks = Check.objects.filter(listing=one.listing_id, outcome="correct")
        return checks.filter(checked_at__range=(one.created_at, other.created_at)).exists()

    # --- duplicates

    def hints(self, user: User, hints: Iterable[Hint]) -> None:
        """Whoever enters a service is told of nothing that they may not see, and by no door that is hidden."""
        found = {hint.id: hint for hint in hints}
        for listing in _listings().filter(public_id__in=found):
            self._judge(user, listing, found[listing.public_id].likeness.reasons, f"hint {listing.public_id}")

    def pairs(self, user: User, pairs: Iterable[LikelyPair]) -> None:
        """Nobody is shown a pair with a listing that they may not see."""
        for pair in pairs:
            for listing in _listings().filter(pk__in=[pair.first_id, pair.second_id]):
                self._judge(user, listing, pair.reasons, f"pair {pair.public_id}")

    def _judge(self, user: User, listing: ServiceAtLocation, reasons: Iterable[str], name: str) -> None:
        if listing.service.organization_id in set(user.memberships.values_list("organization", flat=True)):
            return
        place = listing.location
        circles = {listing.service.visibility, place.visibility if place else "public"}
        is_known = user.network_role == "administrator" or circles <= set(_OPEN_TO_MEMBERS)
        betrays = "spot" in reasons and place is not None and place.member_precision != "exact"
        if not is_known or betrays:
            self.findings.wrong("hidden_shown_as_duplicate", f"{name} to {user.email}")

    # --- merges

    def merged(self, merge: Merge, before: Ledger) -> None:
        """Nothing of the one that went is nowhere. What both said is kept for the undoing."""
        self._before[merge.pk] = before, both_say(before.kept, before.gone)
        for lost in after_merge(before, merge.chosen):
            self.findings.wrong("lost_by_merge", f"merge {merge.pk}: {lost}")

    def undone(self, merge: Merge, parted: Said) -> None:
        """Both are as they were. `parted` is what they said right before."""
        before, merged = self._before.pop(merge.pk)
        for lost in after_undo(before, merged, parted):
            self.findings.wrong("lost_by_merge", f"undone merge {merge.pk}: {lost}")

    # --- stops

    def stop(self, listing: ServiceAtLocation, stop: str, on: dt.date, *, is_off: bool) -> None:
        """The map says of a stay whether it takes place, to everybody for whom the listing is there.

        A place that hides its door from somebody tells them no stop at all.
        """
        for audience in AUDIENCES:
            for row in current_listings(audience).filter(pk=listing.public_id):
                if not _shows_door(listing, audience):
                    if row.stops:
                        self.findings.wrong("stop_wrong", f"{listing.public_id} tells {audience} where it hides")
                    continue
                off = next((one["off"] for one in row.stops if one["id"] == stop), None)
                if off is None or (on.isoformat() in off) != is_off:
                    self.findings.wrong("stop_wrong", f"{listing.public_id} on {on} for {audience}")

    # --- suggestions

    def suggestions(self) -> None:
        """No street and no pin of a house that hides was kept, whoever wrote it."""
        for row in Suggestion.objects.all():
            said = " ".join([row.what, row.city, row.reach, row.text])
            if any(door in said for door in DOORS) or (row.kind == "safety" and row.point):
                self.findings.wrong("door_kept", f"suggestion {row.pk}")


def _shows_door(listing: ServiceAtLocation, audience: str) -> bool:
    place = Location.objects.filter(listings=listing).first()
    return place is None or (place.public_precision if audience == "public" else place.member_precision) == "exact"


def _listings() -> QuerySet[ServiceAtLocation]:
    return ServiceAtLocation.objects.select_related("service", "location")
