"""New rows before they are written, and what an edit would change: the checks of `organizations.services` alone.

For imports, which write hundreds of rows at once (`verification.making`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import singledispatch

from core.writing import check_new, would_change
from organizations import areas, careful, places
from organizations.models import Contact, Location, Organization
from organizations.services import (
    CONTACT_FAULTS,
    ORGANIZATION_FAULTS,
    fill_contact,
    fill_location,
    fill_organization,
)
from organizations.slugs import free_slug

#: Beside which field the message of a constraint belongs.
FAULTS = ORGANIZATION_FAULTS | places.FAULTS | CONTACT_FAULTS


def known_slugs() -> set[str]:
    """Every slug that is taken, read once for many organisations."""
    return set(Organization.objects.order_by().values_list("slug", flat=True))


def new_organization(*, taken: Collection[str], **fields: object) -> Organization:
    """Not written yet. `taken` are the slugs of all others: `known_slugs` and those that are not written either."""
    organization = Organization()
    fill_organization(organization, fields, None)
    if "default_visibility" not in fields:
        organization.default_visibility = careful.for_organization(organization)
    name = organization.short_name or organization.name
    organization.slug = free_slug(name, taken=taken)
    return check_new(organization)


def new_location(*, organization: Organization, **fields: object) -> Location:
    """Without its pins: the database derives them when it is written, if `know_settlements` was called for it."""
    location = Location(organization=organization)
    fill_location(location, fields)
    places.safe_defaults(location, given=fields)
    return check_new(location)


def know_settlements(locations: Iterable[Location]) -> None:
    """Have the settlements kept in which these places are, in a statement or two for all."""
    areas.remember(*(location.place_code for location in locations if location.place_code))


def read_pins(locations: Iterable[Location]) -> None:
    """Give places that were just written the pins that the database has derived."""
    made = {location.pk: location for location in locations}
    kept = Location.objects.filter(pk__in=made).order_by().values_list("pk", "district_point", "settlement_point")
    for key, district, settlement in kept:
        made[key].district_point, made[key].settlement_point = district, settlement


def new_contact(*, organization: Organization, is_sure: bool = False, **fields: object) -> Contact:
    """Its value is normalised; whoever means to write it calls `check_new`, for most are there already.

    A value that is only doubted is kept with `is_sure`.
    """
    contact = Contact(organization=organization)
    fill_contact(contact, fields, is_sure)
    return contact


@singledispatch
def changes(row: object, fields: Mapping[str, object]) -> bool:
    """Whether an update by these fields would leave the row other than it is. ValidationError as the update's."""
    raise TypeError(f"{type(row).__name__} is not edited here")


@changes.register
def _(row: Organization, fields: Mapping[str, object]) -> bool:
    return would_change(row, lambda filled: fill_organization(filled, dict(fields), None))


@changes.register
def _(row: Location, fields: Mapping[str, object]) -> bool:
    return would_change(row, lambda filled: fill_location(filled, dict(fields)))
