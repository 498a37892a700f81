"""Writing organisations, their places and contacts.

Every function takes keywords only, asks first whether the actor may, writes in one transaction and returns the row.
`actor=None` is for commands run by the operator. Errors: NotAllowed, StaleWrite, WrongState, and ValidationError
with every fault beside the name of its field. Nothing here is public until a verifier approves it. Rooms above edit
through `verification.editing`, because narrowing never waits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.constraints import Editable
from core.errors import NotAllowed
from core.geo.countries import country_codes
from core.writing import assign, clean_text, insert, one_write, update
from organizations import careful, contact_values, places
from organizations.models import (
    Channel,
    Contact,
    ContactAudience,
    Location,
    MemberStatus,
    Organization,
    Visibility,
)
from organizations.slugs import free_slug

Actor = User | None
RowT = TypeVar("RowT", bound=Editable)
Link = str | Mapping[str, str]

ORGANIZATION_FIELDS = (
    "name",
    "name_local",
    "short_name",
    "description",
    "legal_form",
    "registration_country",
    "countries",
    "working_languages",
    "website",
    "links",
    "community_led",
    "default_visibility",
)
#: What only administrators set.
NETWORK_FIELDS = (
    "slug",
    "parent",
    "member_status",
    "joined_on",
    "left_on",
    "due_diligence_note",
    "safety_note",
    "spectrum_reviewed_on",
    "source",
    "external_id",
)
LOCATION_FIELDS = (
    "name",
    "type",
    "country",
    "region",
    "city",
    "place_code",
    "district",
    "address",
    "postal_code",
    "point",
    "public_precision",
    "member_precision",
    "country_precision",
    "circle_precision",
    "visibility",
    "directions",
    "transit",
    "step_free",
    "accessible_toilet",
    "lift",
    "accessibility_note",
    "timezone",
    "safety_note",
    "source",
    "external_id",
)
CONTACT_FIELDS = (
    "location",
    "label",
    "person",
    "channel",
    "value",
    "audience",
    "visibility",
    "languages",
    "hours_note",
    "is_crisis",
    "position",
)
ORGANIZATION_FAULTS = {
    "organization_left_on_only_when_left": "left_on",
    "organization_leaves_after_joining": "left_on",
}
CONTACT_FAULTS = {
    "contact_for_colleagues_is_not_public": "visibility",
    "contact_person_only_for_colleagues": "person",
}
_LINKS_AT_MOST = 10


def may_edit(actor: Actor, organization: Organization) -> None:
    """Raise NotAllowed unless the actor edits this organisation's data."""
    if actor is not None and not Organization.objects.editable_by(actor).filter(pk=organization.pk).exists():
        raise NotAllowed(_("You may not edit this organisation."))


# --- organisations ----------------------------------------------------------------------------------------------


@one_write
def create_organization(*, actor: Actor, **fields: object) -> Organization:
    """A new organisation (administrators only). Without `slug` one is made of the short name or the name; who sees what
    it lists is `careful.for_organization`, unless given.
    """
    _administrator_only(actor)
    organization = Organization()
    fill_organization(organization, fields, actor)
    if "default_visibility" not in fields:
        organization.default_visibility = careful.for_organization(organization)
    if not organization.slug:
        organization.slug = free_slug(organization.short_name or organization.name, among=Organization.objects.all())
    return insert(organization, fields_of=ORGANIZATION_FAULTS)


@one_write
def update_organization(
    *, actor: Actor, organization: Organization, expected_version: int, **fields: object
) -> Organization:
    """Change the profile. Names of `NETWORK_FIELDS` are for administrators."""
    may_edit(actor, organization)
    fill_organization(organization, fields, actor)
    return _save(organization, expected_version, (*ORGANIZATION_FIELDS, *NETWORK_FIELDS), ORGANIZATION_FAULTS)


#: What `set_member_status` alone writes.
STANDING = ("member_status", "joined_on", "left_on", "suspended_until", "suspended_from")


@one_write
def set_member_status(
    *, actor: Actor, organization: Organization, status: str, on: dt.date | None = None,
    until: dt.datetime | None = None, was: str = "",
) -> Organization:  # fmt: skip
    """Take in, suspend or let go (administrators only). The date goes to `joined_on` or `left_on`.

    A suspension that ends by itself says when (`until`) and what the organisation is again from then on (`was`).
    """
    _administrator_only(actor)
    day = on or clock.today()
    organization.member_status = status
    if status in {MemberStatus.MEMBER, MemberStatus.ASSOCIATE} and not organization.joined_on:
        organization.joined_on = day
    organization.left_on = day if status == MemberStatus.LEFT else None
    organization.suspended_until, organization.suspended_from = until, was if until else ""
    return _save(organization, organization.version, STANDING, ORGANIZATION_FAULTS)


def _administrator_only(actor: Actor) -> None:
    if actor is not None and not actor.is_administrator:
        raise NotAllowed(_("Only an administrator of the network may do this."))


def fill_organization(organization: Organization, fields: dict[str, object], actor: Actor) -> None:
    is_operator = actor is None or actor.is_administrator
    if not is_operator and set(fields) & set(NETWORK_FIELDS):
        raise NotAllowed(_("Only an administrator of the network may do this."))
    if fields.get("website"):
        fields["website"] = _at("website", contact_values.web_address, fields["website"])
    if "links" in fields:
        fields["links"] = _links(cast("Iterable[Link]", fields["links"]))
    for name in ("countries", "working_languages", "community_led"):
        if name in fields:
            fields[name] = list(dict.fromkeys(cast("Iterable[str]", fields[name])))
    assign(organization, fields, allowed=(*ORGANIZATION_FIELDS, *NETWORK_FIELDS))
    _known_countries("registration_country", [organization.registration_country])
    _known_countries("countries", organization.countries)


def _links(given: Iterable[Link]) -> list[dict[str, str]]:
    """Addresses with a label: [{"label": "", "url": "https://…"}]; bare strings are addresses without one."""
    links: list[Mapping[str, str]] = [{"label": "", "url": item} if isinstance(item, str) else item for item in given]
    if len(links) > _LINKS_AT_MOST:
        raise ValidationError({"links": _("At most ten links.")})
    return [
        {"label": clean_text(link.get("label"))[:80], "url": _at("links", contact_values.web_address, link["url"])}
        for link in links
    ]


# --- places -----------------------------------------------------------------------------------------------------


@one_write
def create_location(*, actor: Actor, organization: Organization, **fields: object) -> Location:
    """A new place. What is not given is chosen on the safe side: see `places.safe_defaults`."""
    may_edit(actor, organization)
    location = Location(organization=organization)
    fill_location(location, fields)
    places.safe_defaults(location, given=fields)
    places.choose_areas(location)
    return insert(location, fields_of=places.FAULTS)


@one_write
def update_location(*, actor: Actor, location: Location, expected_version: int, **fields: object) -> Location:
    may_edit(actor, location.organization)
    refill_location(location, fields)
    return _save(location, expected_version, LOCATION_FIELDS, places.FAULTS)


def refill_location(location: Location, fields: dict[str, object]) -> None:
    """A place that is there, with new pins where it moves."""
    kept = places.where(location)
    fill_location(location, fields)
    if places.where(location) != kept:
        places.choose_areas(location)


def fill_location(location: Location, fields: dict[str, object]) -> None:
    """All but its pins, which follow from where it is: whoever writes the place has them chosen, or the database."""
    if fields.get("country"):
        fields["country"] = str(fields["country"]).upper()
    kept = places.where(location)
    assign(location, fields, allowed=LOCATION_FIELDS)
    _known_countries("country", [location.country])
    places.fill_from_gazetteer(location, given=fields)
    # An old mistake must not keep anybody from showing less of the place.
    if places.where(location) != kept:
        places.refuse_far_point(location)


# --- contacts ---------------------------------------------------------------------------------------------------


@one_write
def create_contact(*, actor: Actor, organization: Organization, is_sure: bool = False, **fields: object) -> Contact:
    """A new contact. One for colleagues is for members unless said otherwise; the value is normalised.

    A value that is only doubted is kept when the actor `is_sure`.
    """
    may_edit(actor, organization)
    contact = Contact(organization=organization)
    fill_contact(contact, with_care(fields), is_sure)
    return insert(contact, fields_of=CONTACT_FAULTS)


def with_care(fields: dict[str, Any]) -> dict[str, Any]:
    """A new contact for colleagues is for members unless somebody says otherwise."""
    is_theirs = fields.get("audience") == ContactAudience.COLLEAGUES
    return {"visibility": Visibility.MEMBERS, **fields} if is_theirs else fields


@one_write
def update_contact(
    *, actor: Actor, contact: Contact, expected_version: int, is_sure: bool = False, **fields: object
) -> Contact:
    may_edit(actor, contact.organization)
    fill_contact(contact, fields, is_sure)
    return _save(contact, expected_version, CONTACT_FIELDS, CONTACT_FAULTS)


@one_write
def delete_contact(*, actor: Actor, contact: Contact) -> None:
    """Remove it from the working copy. The audit keeps it, so that `restore_contact` can undo this."""
    may_edit(actor, contact.organization)
    contact.delete()


@one_write
def restore_contact(*, actor: Actor, organization: Organization, public_id: str) -> Contact:
    """Bring back a removed contact as it was; NotAllowed when this organisation never had it."""
    may_edit(actor, organization)
    existing = organization.contacts.filter(public_id=public_id).first()
    if existing:
        return existing
    events = Contact.pgh_event_model.objects  # type: ignore[attr-defined]  # added by pghistory
    known = events.filter(public_id=public_id, organization_id=organization.pk)
    event = known.order_by("-pgh_id").first()
    if event is None:
        raise NotAllowed(_("This contact is not known here."))
    names = [*CONTACT_FIELDS, "i18n", "public_id", "created_at"]
    contact = Contact(organization=organization, **{name: getattr(event, name) for name in names})
    contact.version = event.version + 1
    return insert(contact, fields_of=CONTACT_FAULTS)


def fill_contact(contact: Contact, fields: dict[str, object], is_sure: bool = False) -> None:
    """What was kept once, in doubt or not, is not doubted again as long as nobody changes it."""
    kept = (contact.channel, contact.value, contact.location_id)
    assign(contact, fields, allowed=CONTACT_FIELDS)
    place = contact.location
    if place and place.organization_id != contact.organization_id:
        raise ValidationError({"location": _("This place belongs to another organisation.")})
    is_kept = kept == (contact.channel, contact.value, contact.location_id)
    if contact.channel in Channel.values and {"value", "channel", "location"} & set(fields) and not is_kept:
        country = place.country if place else contact.organization.registration_country
        normalise = partial(contact_values.normalise, contact.channel, country=country, is_sure=is_sure)
        contact.value = _at("value", normalise, contact.value)


# --- shared -----------------------------------------------------------------------------------------------------


def _save(row: RowT, expected: int, names: tuple[str, ...], faults: dict[str, str]) -> RowT:
    return update(row, expected=expected, names=[*names, "i18n"], fields_of=faults)


def _at(field: str, clean: Callable[[str], str], value: object) -> str:
    """The cleaned value; a fault is put beside `field`."""
    try:
        return clean(str(value))
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from error


def _known_countries(field: str, codes: list[str]) -> None:
    if unknown := [code for code in codes if code and code not in country_codes()]:
        raise ValidationError({field: _("There is no country with the code %(code)s.") % {"code": unknown[0]}})
