"""What makes a listing be looked at before its date. Run daily; asking again for what is open changes nothing."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from organizations.models import Organization
from services.models import ServiceAtLocation, VerificationClass
from verification.models import Check, CheckOutcome, Level, ListingState, Publication, Recheck, RecheckReason
from verification.publication import publish
from verification.services.held import ask_about_texts, with_held
from verification.services.rechecks import open_recheck

#: A class A listing is checked by another organisation within so many days of its publication, and once a year.
OUTSIDE_WITHIN_DAYS = 30
OUTSIDE_EVERY_DAYS = 365
#: So many days before the end of a project somebody asks what comes after.
PROJECT_NOTICE_DAYS = 14


def run_daily() -> int:
    """Open every re-check that dates ask for; returns how many were asked for."""
    return ask_for_outside_checks() + ask_about_ending_projects() + ask_about_held_texts()


def ask_about_held_texts() -> int:
    """What would be held, had anybody looked: what was on the map before texts were looked through, and imports.

    It leaves the map, and somebody is asked.
    """
    asked = Recheck.objects.open().filter(listing=OuterRef("pk"), reason=RecheckReason.GIVEAWAY)
    hides = ~Q(listing__location__public_precision="exact") | ~Q(listing__location__member_precision="exact")
    hides |= ~Q(listing__location__visibility="public") | ~Q(listing__service__visibility="public")
    shown = Q(publication__in=[Publication.PUBLISHED, Publication.IMPORTED], listing__location__isnull=False)
    states = ListingState.objects.filter(shown & hides & ~Exists(asked))
    rows = states.select_related("published", "listing__service__organization", "listing__location").order_by("pk")
    held = [state for state in with_held(rows) if ask_about_texts(state)]
    for state in held:
        publish(state)
    return len(held)


def ask_for_outside_checks() -> int:
    """Class A listings without a valid check by another organisation, a week before it is too late."""
    now = clock.now()
    recent = Check.objects.filter(
        listing=OuterRef("pk"),
        level__gte=Level.REMOTE,
        outcome=CheckOutcome.CORRECT,
        checked_at__gt=now - dt.timedelta(days=OUTSIDE_EVERY_DAYS - 7),
    )
    states = ListingState.objects.filter(
        ~Exists(recent),
        ~Exists(Recheck.objects.open().filter(listing=OuterRef("pk"), reason=RecheckReason.OUTSIDE)),
        publication=Publication.PUBLISHED,
        verification_class=VerificationClass.A,
    ).select_related("listing")
    for state in states:
        recheck = open_recheck(listing=state.listing, reason=RecheckReason.OUTSIDE)
        first = Check.objects.filter(listing=state.listing).order_by("checked_at").first()
        since = first.checked_at if first else now
        recheck.due_at = max(since + dt.timedelta(days=OUTSIDE_WITHIN_DAYS), now)
        recheck.save(update_fields=["due_at"])
    return len(states)


def ask_about_ending_projects() -> int:
    """Listings whose funding ends soon, once for each end: whoever answered is not asked again the next day."""
    last = clock.today() + dt.timedelta(days=PROJECT_NOTICE_DAYS)
    asked = Recheck.objects.filter(
        listing=OuterRef("pk"),
        reason=RecheckReason.PROJECT_ENDS,
        created_at__gte=OuterRef("service__ends_on") - dt.timedelta(days=PROJECT_NOTICE_DAYS),
    )
    return _ask(
        ServiceAtLocation.objects.filter(
            ~Exists(asked),
            service__ends_on__lte=last,
            service__ends_on__gte=clock.today(),
            state__publication=Publication.PUBLISHED,
        ),
        RecheckReason.PROJECT_ENDS,
    )


def after_bounce(organization: Organization, address: str) -> int:
    """Mail to the responsible contact came back: all that the organisation has on the map is looked at."""
    return _ask(_shown_of(organization), RecheckReason.BOUNCED, address)


def after_contact_left(organization: Organization, name: str = "") -> int:
    """The person who answered for these listings is gone."""
    return _ask(_shown_of(organization), RecheckReason.CONTACT_LEFT, name)


def after_suspension(organization: Organization) -> int:
    """The organisation was suspended or left; what it had on the map has to be looked at before it may come back."""
    return _ask(_shown_of(organization), RecheckReason.SUSPENDED, organization.get_member_status_display())


def after_dead_website(organization: Organization, address: str) -> int:
    """The website does not answer."""
    return _ask(_shown_of(organization), RecheckReason.DEAD_LINK, address)


def _shown_of(organization: Organization) -> QuerySet[ServiceAtLocation]:
    return ServiceAtLocation.objects.under(organization).filter(
        Q(state__publication=Publication.PUBLISHED) | Q(state__publication=Publication.IMPORTED)
    )


def _ask(listings: QuerySet[ServiceAtLocation], reason: str, note: str = "") -> int:
    rows = list(listings.order_by("pk"))
    for listing in rows:
        open_recheck(listing=listing, reason=reason, note=note)
    return len(rows)
