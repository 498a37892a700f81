"""Where a listing stands, in words, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from core.phrasing.dates import day_in_words
from directory.freshness import Freshness, freshness
from facts.capacity import CapacityQuestion, asked_of
from facts.changes import names_of
from facts.names import names
from services.models import Operation, ServiceAtLocation
from verification.completeness import Completeness, completeness_of
from verification.models import ListingState, Publication, Review, ReviewState
from verification.snapshots import freeze
from workspace.desk.gaps import MissedPart, missed_part
from workspace.shared.texts import interval_words

#: Filters of the desk, in the order in which they are shown.
BUCKETS = ("todo", "due", "waiting", "published", "draft", "gaps", "off")
P = Publication


@dataclass(frozen=True)
class NextStep:
    """One clear action. `name` is what it is for the desk's filters and the colour; `url` "" means nothing to do."""

    name: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Standing:
    """A listing on the desk."""

    listing: ServiceAtLocation
    state: ListingState
    review: Review | None
    differs: bool
    fresh: Freshness
    words: str
    tone: str
    detail: str
    step: NextStep
    completeness: Completeness

    @property
    def is_on_map(self) -> bool:
        return self.state.is_shown

    @property
    def can_confirm(self) -> bool:
        return self.state.is_shown and self.state.published is not None

    @property
    def asked(self) -> CapacityQuestion | None:
        """The question whether there are places; None when it is not on the map, or takes nobody."""
        words = self.listing.last_words  # type: ignore[attr-defined]  # my_listings prefetches it
        return asked_of(self.listing, words[0] if words else None) if self.can_confirm else None

    @property
    def family(self) -> str:
        """The family whose pin the listing has."""
        return names().family_of(self.listing.service.types)

    @property
    def operation(self) -> str:
        """Words for a service that does not simply work."""
        service = self.listing.service
        return "" if service.operation == Operation.WORKING else service.get_operation_display()

    @property
    def returned(self) -> list[str]:
        """Names of the fields that came back when the rest was approved, while they still wait for an answer."""
        review = self.review
        if not self.differs or review is None or review.state != ReviewState.APPROVED:
            return []
        return names_of(review.returned)

    @property
    def gaps(self) -> list[MissedPart]:
        """What would make it easier to find; nothing of what is off the map."""
        if "gaps" not in self.buckets:
            return []
        return [missed_part(part, self.listing) for part in self.completeness.missing]

    @property
    def needed(self) -> list[MissedPart]:
        """What it has to say before it can be sent to be checked for the first time."""
        parts = () if self.state.published else self.completeness.needed
        return [missed_part(part, self.listing) for part in parts]

    @property
    def useful(self) -> list[MissedPart]:
        """The other gaps."""
        needed = {part.url for part in self.needed}
        return [part for part in self.gaps if part.url not in needed]

    @property
    def buckets(self) -> set[str]:
        found = {"todo"} if self.step.url else set()
        if self.fresh in {"due", "overdue", "lapsed"} and self.is_on_map:
            found.add("due")
        if self.review and self.review.is_open:
            found.add("waiting")
        if self.state.publication in {P.DRAFT, P.NEEDS_CHANGES, P.REJECTED}:
            found.add("draft")
        if self.is_on_map:
            found.add("published")
        if self.state.publication in {P.HIDDEN, P.ARCHIVED}:
            found.add("off")
        elif self.completeness.missing:
            found.add("gaps")
        return found


def standing_of(listing: ServiceAtLocation) -> Standing:
    """How the listing stands. It comes from `queues.my_listings`, with all that is asked of it here."""
    state = getattr(listing, "state", None) or ListingState(listing=listing)
    reviews: list[Review] = listing.recent_reviews  # type: ignore[attr-defined]  # and these
    review = reviews[0] if reviews and reviews[0].state != ReviewState.WITHDRAWN else None
    working = freeze(listing)
    differs = state.published is None or not state.published.says(working)
    fresh = freshness(DatedState(listing, state))
    words, tone, detail = _words(state, review, fresh)
    completeness = completeness_of(working, names())
    if review and review.is_open:
        step = _while_checked(review, not review.snapshot.says(working), listing)
    else:
        step = _next(listing, state, review, differs, fresh)
    if step.name == "submit" and state.published is None and completeness.needed:
        step = NextStep("finish", _("Say what is missing"), reverse("workspace:listing", args=[listing.public_id]))
    return Standing(listing, state, review, differs, fresh, words, tone, detail, step, completeness)


class DatedState:
    """The dates of a state with the zone of its place, as `directory.freshness` reads them."""

    def __init__(self, listing: ServiceAtLocation, state: ListingState) -> None:
        self.timezone = listing.timezone
        self.level = state.level
        self.notice_on, self.due_on, self.hides_on = state.notice_on, state.due_on, state.hides_on


def _words(state: ListingState, review: Review | None, fresh: Freshness) -> tuple[str, str, str]:
    """What to call it, its tone (a class of .tag), and a second line."""
    if state.publication == P.PUBLISHED:
        return _published_words(state, fresh)
    tones = {P.NEEDS_CHANGES: "warn", P.REJECTED: "danger", P.SUBMITTED: "accent", P.IN_REVIEW: "accent"}
    tone = tones.get(P(state.publication), "stale" if state.publication != P.DRAFT else "")
    detail = state.reason
    if review and review.is_open:
        detail = _("sent on %(date)s") % {"date": day_in_words(review.submitted_at.date())}
    return str(state.get_publication_display()), tone, detail


def _published_words(state: ListingState, fresh: Freshness) -> tuple[str, str, str]:
    due = day_in_words(state.due_on) if state.due_on else ""
    if due and state.interval_days:
        due = f"{due} ({interval_words(state.interval_days)})"
    if fresh == "lapsed":
        return _("Gone from the public map"), "stale", _("was to be checked by %(date)s") % {"date": due}
    if fresh == "overdue":
        return _("Grey on the map"), "stale", _("was to be checked by %(date)s") % {"date": due}
    if fresh == "due":
        return _("On the map"), "warn", _("check it by %(date)s") % {"date": due}
    return _("On the map"), "ok", _("check it again by %(date)s") % {"date": due} if due else ""


def _next(
    listing: ServiceAtLocation, state: ListingState, review: Review | None, differs: bool, fresh: Freshness
) -> NextStep:
    page = reverse("workspace:listing", args=[listing.public_id])
    changes = reverse("workspace:listing-changes", args=[listing.public_id])
    confirm = f"{reverse('workspace:confirm')}?listing={listing.public_id}"
    if review is not None and differs and _came_back(review):
        name = _("See why it was refused") if review.state == ReviewState.REJECTED else _("Answer and correct")
        return NextStep("returned", name, page)
    if state.publication in {P.HIDDEN, P.ARCHIVED}:
        return NextStep("off", _("Bring back"), page) if state.publication == P.HIDDEN else NextStep("none", "")
    if not state.is_shown:
        return NextStep("submit", _("Look through and send"), changes)
    if state.publication == P.IMPORTED:
        return NextStep("confirm", _("Check and confirm"), confirm)
    if differs:
        return NextStep("submit", _("Send the changes"), changes)
    if fresh in {"due", "overdue", "lapsed"}:
        return NextStep("confirm", _("Everything right?"), confirm)
    return NextStep("none", "")


def _came_back(review: Review) -> bool:
    """The whole submission, or some fields of it."""
    return bool(review.state in {ReviewState.NEEDS_CHANGES, ReviewState.REJECTED} or review.returned)


def _while_checked(review: Review, newer: bool, listing: ServiceAtLocation) -> NextStep:
    """Waiting is not a thing to do, unless the working copy went on changing after it was sent."""
    if newer:
        return NextStep(
            "submit", _("Send the newer changes"), reverse("workspace:listing-changes", args=[listing.public_id])
        )
    if review.state == ReviewState.IN_REVIEW:
        return NextStep("wait", _("Somebody is checking it"))
    return NextStep("wait", _("Waits for a check"))
