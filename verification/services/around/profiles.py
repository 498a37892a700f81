"""An organisation's word about its own profile. It moves the dates of the profile and never changes its content."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from core.geo import gazetteer
from messaging.models import Correspondent
from organizations.models import Organization
from verification.access import acting_organization, require_coordinator_of, require_editor
from verification.clocks import deadlines
from verification.models import Level, ProfileCheck, ProfileMethod, ProfileState, Review
from verification.profiles import clock_of_profiles, shown_profile
from verification.publication import touch_profile
from verification.services.changing import audit

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def confirm_profile(
    *, organization: Organization, actor: User | None, method: str = ProfileMethod.WORKSPACE, note: str = ""
) -> ProfileCheck:
    """The organisation says that what the map shows of it is right.

    Its own people say it in the workspace; what they say on the phone is written down by a coordinator of the
    country who is not one of them. By a link in a letter: `write_profile_confirmation`, by whoever knows the link.
    """
    if method == ProfileMethod.WORKSPACE:
        require_editor(organization, actor)
    elif method == ProfileMethod.COORDINATOR_PHONE and actor is not None:
        require_coordinator_of(organization, actor)
    else:
        raise ValueError(f"{method} is not a way in which a person who is logged in confirms a profile")
    with audit("confirm_profile", actor, note):
        return write_profile_confirmation(organization, actor, method, note=note)


def write_profile_confirmation(
    organization: Organization,
    actor: User | None,
    method: str,
    *,
    note: str = "",
    correspondent: Correspondent | None = None,
) -> ProfileCheck:
    """The organisation's word in an open transaction, after its rights were checked. Counts from today in its zone."""
    snapshot = shown_profile(organization)
    if snapshot is None:
        raise WrongState(_("Only the profile of an organisation that is on the map can be confirmed."))
    by_phone = actor is not None and method == ProfileMethod.COORDINATOR_PHONE
    check = ProfileCheck.objects.create(
        organization=organization,
        snapshot=snapshot,
        method=method,
        checked_by=actor,
        correspondent=correspondent,
        recorded_for=acting_organization(actor) if by_phone and actor else None,
        note=note.strip()[:1000],
    )
    _move(organization, method, check.checked_at)
    return check


def start_profile(*, review: Review) -> ProfileState | None:
    """The profile begins to age when another organisation approves the first listing: it has read these words.

    Counts from the day on which the organisation sent them. Nothing happens where the clock runs already: an edit is
    not a confirmation, however it was sent. Call it in the transaction of the approval, before it is published.
    """
    organization = review.listing.service.organization
    if ProfileState.objects.filter(pk=organization.pk).exists():
        return None
    word = ProfileCheck(
        organization=organization,
        snapshot=review.snapshot,
        method=ProfileMethod.FIRST_LISTING,
        checked_by=review.submitted_by,
        checked_at=review.submitted_at,
    )
    # Two first listings may be approved at one moment: the database keeps one beginning.
    ProfileCheck.objects.bulk_create([word], ignore_conflicts=True)
    values = _values(organization, ProfileMethod.FIRST_LISTING, review.submitted_at)
    ProfileState.objects.bulk_create([ProfileState(organization=organization, **values)], ignore_conflicts=True)
    profile = ProfileState.objects.select_related("organization").get(pk=organization.pk)
    touch_profile(profile)
    return profile


def _values(organization: Organization, method: str, at: dt.datetime) -> dict[str, object]:
    """The windows of the class, counted from the day of an instant in the organisation's zone."""
    zone = gazetteer.main_zone(organization.registration_country)
    found = deadlines(clock_of_profiles(), at.astimezone(clock.zone(zone)).date())
    return asdict(found) | {"level": Level.OWNER, "method": method, "timezone": zone}


def _move(organization: Organization, method: str, at: dt.datetime) -> None:
    """Give the profile its new dates, under its lock."""
    values = _values(organization, method, at)
    ProfileState.objects.bulk_create([ProfileState(organization=organization, **values)], ignore_conflicts=True)
    profile = ProfileState.objects.select_for_update().get(pk=organization.pk)
    profile.organization = organization
    for name, value in values.items():
        setattr(profile, name, value)
    profile.version += 1
    profile.save()
    touch_profile(profile)
