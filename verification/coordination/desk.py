"""The coordinator's desk: what needs a person, by kind, within the countries that they coordinate.

A verifier who coordinates nothing sees edits, and what was given to an organisation of theirs. Nobody sees anything
of an organisation that they belong to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from core import clock
from core.spelling.collation import in_reading_order
from core.types import Words
from directory.freshness import LocalDate
from messaging.models import Correspondent, Message
from messaging.queries import asked_for_silence, letters_for, unreachable_organizations
from organizations.models import Membership, Organization
from organizations.models.organization import works_in
from services.models import ServiceAtLocation
from services.models.coverage import for_members, in_countries
from verification.coordination.alike.across import alike_organizations, alike_places
from verification.coordination.queues import queue_for
from verification.coordination.suggestions import waiting as missing
from verification.models import Check, Level, LikelyPair, ListingState, Publication, Recheck, Report, Review
from verification.models.report import ReportQuerySet
from verification.profiles import on_the_map

if TYPE_CHECKING:
    from accounts.models import User

RowsT = TypeVar("RowsT", bound=QuerySet[Any])


@dataclass(frozen=True)
class Pile:
    """One pile of the desk: its code for addresses, its name, and how to get its rows."""

    code: str
    name: Words
    rows: Callable[[User, str], QuerySet[Any]]
    for_verifiers: bool = False


def piles_for(user: User) -> tuple[Pile, ...]:
    """The piles of this person's desk; none for those who are no verifiers."""
    if user.is_coordinator:
        return PILES
    return tuple(pile for pile in PILES if pile.for_verifiers) if user.is_verifier else ()


def checkable(user: User) -> QuerySet[ServiceAtLocation]:
    """Listings whose page of a remote check this person may open: their countries', or given to their organisation."""
    rows = ServiceAtLocation.objects.select_related("service__organization", "location", "state__published")
    rows = rows.filter(state__publication__in=[Publication.PUBLISHED, Publication.IMPORTED])
    if not user.is_verifier:
        return rows.none()
    given = Recheck.objects.open().filter(listing=OuterRef("pk"), assigned_to__memberships__user=user)
    return _others(rows, user, "", "") | _not_own(rows, user, "").filter(Exists(given))


def history_for(user: User) -> QuerySet[ServiceAtLocation]:
    """Listings whose history a coordinator may read, on the map or not."""
    rows = ServiceAtLocation.objects.select_related("service__organization", "location", "state__published")
    return _others(rows, user, "", "")


def reports_for(user: User) -> ReportQuerySet:
    """Every report that this person may read: a coordinator's countries; else those of listings given to them."""
    rows = Report.objects.select_related("listing__service__organization", "listing__location", "closed_by")
    return _others(rows, user, "", "listing__") | rows.filter(listing__in=checkable(user).values("pk"))


def states_for(user: User, country: str = "") -> QuerySet[ListingState]:
    """States of the listings of the user's countries, never of their own organisation; one country when named."""
    states = ListingState.objects.select_related("listing__service__organization", "listing__location", "published")
    return _others(states, user, country, "listing__")


def due_this_week(user: User, country: str = "") -> QuerySet[ListingState]:
    """On the map, not yet grey, but grey within seven days."""
    shown = _shown(user, country)
    return shown.filter(due_on__gt=F("local_date"), due_on__lte=F("local_date") + 7).order_by("due_on", "pk")


def overdue(user: User, country: str = "") -> QuerySet[ListingState]:
    """Grey, or gone for the public already; the longest first."""
    return _shown(user, country).filter(due_on__lte=F("local_date")).order_by("due_on", "pk")


def never_checked(user: User, country: str = "") -> QuerySet[ListingState]:
    """Imported, or never looked at by another organisation."""
    outside = Check.objects.filter(listing=OuterRef("pk"), level__gte=Level.REMOTE)
    states = states_for(user, country).filter(publication__in=[Publication.PUBLISHED, Publication.IMPORTED])
    return states.filter(~Exists(outside)).order_by("verification_class", "due_on", "pk")


def reports(user: User, country: str = "") -> QuerySet[Report]:
    """Open reports, the most urgent first."""
    rows = Report.objects.open().select_related("listing__service__organization", "listing__location")
    return _others(rows, user, country, "listing__").order_by("due_at", "pk")


def rechecks(user: User, country: str = "") -> QuerySet[Recheck]:
    """Open re-checks of the coordinator's countries, and those given to an organisation of theirs."""
    rows = Recheck.objects.open().select_related("listing__service__organization", "listing__location", "assigned_to")
    mine = Membership.objects.filter(user=user, organization=OuterRef("assigned_to"))
    given = _not_own(rows.filter(Exists(mine)), user, "listing__")
    found = given.filter(in_countries([country], "listing__")) if country else given
    return (_others(rows, user, country, "listing__") | found).order_by("due_at", "pk")


def edits(user: User, country: str = "") -> QuerySet[Review]:
    """Submissions that wait for a decision."""
    rows = queue_for(user)
    return rows.filter(in_countries([country], "listing__")) if country else rows


def duplicates(user: User, country: str = "") -> QuerySet[LikelyPair]:
    """Pairs that may be one and the same, the likeliest first. Only of two listings that the user may both know of.

    What is off the map for good waits for nobody. Listings are looked up first, each once: with both sides of every
    pair in one statement the database joins the same tables twice, and takes minutes when it guesses their sizes wrong.
    """
    pairs = LikelyPair.objects.open()
    sides = {side for pair in pairs.values_list("first", "second") for side in pair}
    over = ListingState.objects.filter(publication=Publication.ARCHIVED)
    listings = _others(ServiceAtLocation.objects.filter(pk__in=sides).exclude(state__in=over), user, "", "")
    known = list(listings.order_by().values_list("pk", flat=True))
    rows = pairs.filter(first__in=known, second__in=known)
    if country:
        here = list(listings.filter(in_countries([country])).order_by().values_list("pk", flat=True))
        rows = rows.filter(Q(first__in=here) | Q(second__in=here))
    for side in ("first", "second"):
        rows = rows.select_related(f"{side}__service__organization", f"{side}__location")
    return rows.order_by("-likeness", "pk")


def unreachable(user: User, country: str = "") -> QuerySet[Organization]:
    """Organisations with an address from which letters come back, without a reachable one, or asking for silence."""
    bounced = Correspondent.objects.filter(left_at__isnull=True, bounced_at__isnull=False)
    lost = [
        unreachable_organizations(user).order_by().values("pk"),
        asked_for_silence(user).order_by().values("organization"),
        letters_in_trouble(user).order_by().values("correspondent__organization"),
    ]
    troubled = Q(pk__in=bounced.values("organization"))
    for found in lost:
        troubled |= Q(pk__in=found)
    return _of_circle(
        Organization.objects.in_network().filter(troubled).order_by(in_reading_order("name"), "pk"), user, country
    )


def profiles_for(user: User, country: str = "") -> QuerySet[Organization]:
    """Organisations on the map whose profile this coordinator looks after, with `.profile_state` if it has one."""
    return _of_circle(on_the_map(Organization.objects.select_related("profile_state")), user, country)


def profiles(user: User, country: str = "") -> QuerySet[Organization]:
    """Profiles that turn grey within seven days or have done so, the longest first; then those never confirmed.

    What members alone see of an import waits for its first listing.
    """
    published = ListingState.objects.filter(
        listing__service__organization=OuterRef("pk"), publication=Publication.PUBLISHED
    )
    rows = profiles_for(user, country).annotate(local_date=LocalDate(clock.now(), zone="profile_state__timezone"))
    due = Q(profile_state__due_on__lte=F("local_date") + 7)
    rows = rows.filter(due | (Q(profile_state=None) & Exists(published)))
    return rows.order_by(F("profile_state__due_on").asc(nulls_last=True), in_reading_order("name"), "pk")


def letters_in_trouble(user: User) -> QuerySet[Message]:
    """Letters of the last month that did not arrive and were not sent again; none about the user's organisations."""
    again = Message.objects.filter(dedupe_key=Concat(OuterRef("dedupe_key"), Value(":again")))
    own = Membership.objects.filter(user=user, organization=OuterRef("correspondent__organization"))
    letters = letters_for(user).troubled().filter(created_at__gt=clock.now() - dt.timedelta(days=31))
    return letters.filter(~Exists(again), ~Exists(own))


def people_of(organizations: QuerySet[Organization] | list[Organization]) -> QuerySet[Correspondent]:
    """Who got letters for these organisations, and what became of it."""
    people = Correspondent.objects.filter(organization__in=organizations, left_at__isnull=True)
    return people.order_by("organization", "email", "pk")


PILES = (
    Pile("reports", _("Reports of readers"), reports),
    Pile("suggestions", _("Missing services"), missing),
    Pile("edits", _("Edits to decide on"), edits, for_verifiers=True),
    Pile("rechecks", _("Re-checks"), rechecks, for_verifiers=True),
    Pile("due", _("Due this week"), due_this_week),
    Pile("overdue", _("Overdue"), overdue),
    Pile("profiles", _("Details of organisations"), profiles),
    Pile("unchecked", _("Never checked by others"), never_checked),
    Pile("duplicates", _("Possible duplicates"), duplicates),
    Pile("doors", _("Alike places"), alike_places),
    Pile("organizations", _("Alike organisations"), alike_organizations),
    Pile("unreachable", _("Unreachable contacts"), unreachable),
)


def _shown(user: User, country: str) -> QuerySet[ListingState]:
    states = states_for(user, country).filter(publication=Publication.PUBLISHED)
    return states.annotate(local_date=LocalDate(clock.now(), zone="listing__location__timezone"))


def _of_circle(rows: QuerySet[Organization], user: User, country: str) -> QuerySet[Organization]:
    """Those that work or are registered in the user's countries, without the user's own."""
    own = Membership.objects.filter(user=user, organization=OuterRef("pk"))
    rows = rows.filter(~Exists(own), pk__in=Organization.objects.in_circle_of(user).order_by().values("pk"))
    return rows.filter(works_in([country])) if country else rows


def _others(rows: RowsT, user: User, country: str, prefix: str) -> RowsT:
    """Rows of the countries that the user coordinates, and of any country; none of their own organisations."""
    if not user.is_coordinator:
        return rows.none()
    rows = _not_own(rows, user, prefix)
    if not user.coordinates_everywhere:
        rows = rows.filter(in_countries([*user.countries, ""], prefix))
    return rows.filter(in_countries([country], prefix)) if country else rows


def _not_own(rows: RowsT, user: User, prefix: str) -> RowsT:
    """None of the user's own organisations, and none that is for its organisation and administrators alone."""
    own = Membership.objects.filter(user=user, organization=OuterRef(f"{prefix}service__organization"))
    rows = rows.filter(~Exists(own))
    return rows if user.is_administrator else rows.filter(for_members(prefix))
