"""Writing services, where and when they are given, and notices about them.

The same law as in `organizations.services`: keywords only, rights first (`actor=None` is the operator), one
transaction, ValidationError beside the field. Vocabulary codes that were retired may stay where they are, but
nobody can choose them anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.constraints import save_version
from core.errors import NotAllowed, WrongState
from core.geo import gazetteer
from core.geo.countries import country_codes
from core.languages import column_names
from core.types import Json
from core.writing import assign, check, choose_codes, insert, one_write, update
from organizations import careful
from organizations.models import Contact, Location, Organization
from organizations.services import may_edit
from services.areas import AreaError, clean_area
from services.attributes import AnswerCodes
from services.hours import HoursError, OpeningHours
from services.models import (
    ACCESS_CHOICES,
    DeliveryLanguage,
    DocumentKind,
    Family,
    MigrationStatus,
    Notice,
    NoticeLevel,
    Service,
    ServiceAtLocation,
    ServiceType,
    TargetGroup,
    Welcome,
)
from services.stops import StopError, clean_stops

Actor = User | None
Hours = Mapping[str, Json] | OpeningHours | None
Codes = Mapping[str, Iterable[str]]

#: Every column of a service that somebody writes, in the order of the model.
_NOT_WRITTEN = {"id", "public_id", "version", "created_at", "updated_at", "organization", "i18n"}
SERVICE_FIELDS = tuple(field.name for field in Service._meta.concrete_fields if field.name not in _NOT_WRITTEN)
LISTING_FIELDS = ("hours", "note", "remote_country", "area", "stops")
NOTICE_FIELDS = (
    *("kind", "text", "starts_on", "ends_on", "visibility"),
    *("level", "topic", "source_title", "source_link"),
    *("region", "service_type"),
)
#: Who says that it is a danger, and since when.
_WORD_OF_DANGER = ("announced_by", "announced_at", "seconded_by", "seconded_at")
SERVICE_FAULTS = {
    "service_has_a_type": "types",
    "service_age_range_in_order": "age_from",
    "service_ends_after_it_starts": "ends_on",
    "service_none_or_documents": "documents",
    "service_imported_once": "external_id",
}
LISTING_FAULTS = {
    "listing_once_per_service_and_place": "location",
    "listing_remote_country_only_without_place": "remote_country",
}
_NOTICE_FAULTS = {
    "notice_ends_after_it_starts": "ends_on",
    "notice_only_a_countrys_is_narrowed": "country",
    "notice_region_lies_in_its_country": "region",
}


# --- services ---------------------------------------------------------------------------------------------------


@one_write
def create_service(*, actor: Actor, organization: Organization, **fields: object) -> Service:
    """A new service; who sees it is `careful.for_service` unless given."""
    may_edit(actor, organization)
    service = Service(organization=organization)
    fill_service(service, fields)
    if "visibility" not in fields:
        show_with_care(service)
    return insert(service, fields_of=SERVICE_FAULTS)


@one_write
def update_service(*, actor: Actor, service: Service, expected_version: int, **fields: object) -> Service:
    may_edit(actor, service.organization)
    fill_service(service, fields)
    return update(service, expected=expected_version, names=[*SERVICE_FIELDS, "i18n"], fields_of=SERVICE_FAULTS)


def show_with_care(service: Service) -> None:
    """Choose who sees it where nobody did."""
    harm_reduction = ServiceType.objects.filter(code__in=service.types, family=Family.HARM)
    service.visibility = careful.for_service(service.organization, is_delicate=harm_reduction.exists)


def fill_service(service: Service, fields: dict[str, object], known: Codes | None = None) -> None:
    """`known` saves the queries for many services: `known_codes` as it was read once."""
    codes = known or known_codes()
    for name in codes:
        if name in fields and name != "groups":
            given = cast("Iterable[str]", fields[name])
            fields[name] = choose_codes(name, given, codes[name], kept=getattr(service, name))
    if "attributes" in fields:
        chosen, types = cast("list[str]", fields["attributes"]), cast("list[str]", fields.get("types", service.types))
        cast(AnswerCodes, codes["attributes"]).check(chosen, types, kept=service.attributes)
    if "groups" in fields:
        fields["groups"] = _groups(cast("Mapping[str, str]", fields["groups"]), codes["groups"], kept=service.groups)
    assign(service, fields, allowed=SERVICE_FIELDS)


def known_codes() -> Codes:
    """The codes that may be chosen for each field, in the order of the vocabulary; read when needed."""
    leaves = ServiceType.objects.current().leaves()
    languages = DeliveryLanguage.objects.current().values_list("code", flat=True)
    return {
        "types": leaves.order_by("parent__position", "position").values_list("code", flat=True),
        "statuses": MigrationStatus.objects.current().values_list("code", flat=True),
        "languages": languages,
        "interpreter_languages": languages,
        "groups": TargetGroup.objects.current().values_list("code", flat=True),
        "documents": DocumentKind.objects.current().values_list("code", flat=True),
        "attributes": AnswerCodes(),
        **{name: choices.values for name, choices in ACCESS_CHOICES.items()},
    }


def _groups(given: Mapping[str, str], known: Iterable[str], *, kept: Mapping[str, str]) -> dict[str, str]:
    codes = choose_codes("groups", given, known, kept=kept.keys())
    if strange := set(given.values()) - set(Welcome.values):
        raise ValidationError({"groups": _("Unknown value: %(codes)s.") % {"codes": ", ".join(sorted(strange))}})
    return {code: str(given[code]) for code in codes}


# --- listings ---------------------------------------------------------------------------------------------------


@one_write
def add_listing(
    *,
    actor: Actor,
    service: Service,
    location: Location | None,
    hours: Hours = None,
    contacts: Iterable[Contact] = (),
    remote_country: str = "",
    area: object = (),
    stops: object = (),
    **notes: str,
) -> ServiceAtLocation:
    """Offer the service at the place, or remotely (`location=None`; `remote_country` "": for any country). `notes`:
    the note's columns."""
    may_edit(actor, service.organization)
    listing = ServiceAtLocation(service=service, location=location)
    fields: dict[str, object] = {
        "hours": hours or {},
        **dict.fromkeys(column_names("note"), ""),
        **notes,
        "remote_country": remote_country,
        "area": area,
        "stops": stops,
    }
    fill_listing(listing, fields)
    chosen = contacts_of(listing, contacts)
    insert(listing, fields_of=LISTING_FAULTS)
    listing.contacts.set(chosen)
    return listing


@one_write
def update_listing(
    *, actor: Actor, listing: ServiceAtLocation, expected_version: int, **fields: object
) -> ServiceAtLocation:
    """Change `LISTING_FIELDS`, translations of the note or `contacts`."""
    may_edit(actor, listing.service.organization)
    contacts = fields.pop("contacts", None)
    chosen = None if contacts is None else contacts_of(listing, cast("Iterable[Contact]", contacts))
    fill_listing(listing, fields)
    update(listing, expected=expected_version, names=[*LISTING_FIELDS, "i18n"], fields_of=LISTING_FAULTS)
    if chosen is not None:
        listing.contacts.set(chosen)
    return listing


@one_write
def remove_listing(*, actor: Actor, listing: ServiceAtLocation) -> None:
    """Delete a listing that never left the working copy; WrongState when it was sent for review once."""
    may_edit(actor, listing.service.organization)
    if listing.snapshots.exists():  # the verification's rows: deleting them would orphan what the map shows
        raise WrongState(_("This listing has a history: take it off the map instead of deleting it."))
    listing.delete()


def fill_listing(listing: ServiceAtLocation, fields: dict[str, object]) -> None:
    if "hours" in fields:
        fields["hours"] = clean_hours(cast("Hours", fields["hours"]))
    country = str(fields.get("remote_country") or "").upper()
    if country and country not in country_codes():
        raise ValidationError({"remote_country": _("There is no country with the code %(code)s.") % {"code": country}})
    if "remote_country" in fields:
        fields["remote_country"] = country
    try:
        if "area" in fields:
            fields["area"] = clean_area(fields["area"], has_place=listing.location is not None)
        if "stops" in fields:
            fields["stops"] = clean_stops(fields["stops"])
    except (AreaError, StopError) as error:
        raise ValidationError({error.code: error.message}) from error
    assign(listing, fields, allowed=LISTING_FIELDS)


def clean_hours(given: Hours) -> dict[str, Json]:
    """Hours in their stored shape; a ValidationError at `hours` says what is wrong."""
    try:
        hours = given if isinstance(given, OpeningHours) else OpeningHours.from_json(given)
    except HoursError as error:
        raise ValidationError({"hours": error.message}) from error
    return hours.to_json()


def contacts_of(listing: ServiceAtLocation, contacts: Iterable[Contact]) -> list[Contact]:
    """Contacts of the same organisation, of this place or of no place."""
    chosen = list(contacts)
    organization = listing.service.organization_id
    if any(contact.organization_id != organization for contact in chosen):
        raise ValidationError({"contacts": _("This contact belongs to another organisation.")})
    if any(contact.location_id not in (None, listing.location_id) for contact in chosen):
        raise ValidationError({"contacts": _("This contact belongs to another place.")})
    return chosen


# --- notices ----------------------------------------------------------------------------------------------------


@one_write
def set_notice(
    *,
    actor: Actor,
    notice: Notice | None = None,
    expected_version: int | None = None,
    organization: Organization | None = None,
    location: Location | None = None,
    service: Service | None = None,
    country: str = "",
    **fields: object,
) -> Notice:
    """Put up a notice on one organisation, place, service or country; with `notice`, change that one's text or dates.

    A country's notice is for its coordinators; it may be about one region or one kind of service there. `starts_on` is
    today unless given. Who changes the words of a danger, or what it is about, announces it anew: whoever seconded it
    had read other words.
    """
    if notice is not None:
        _may_edit_notice(actor, notice)
        return _change_notice(actor, notice, expected_version or notice.version, fields)
    notice = Notice(organization=organization, location=location, service=service, country=country.upper())
    _may_edit_notice(actor, notice)
    fields.setdefault("starts_on", clock.today(location.timezone if location else "UTC"))
    assign(notice, fields, allowed=NOTICE_FIELDS)
    _require_known(notice)
    _give_word(actor, notice)
    return insert(notice, fields_of=_NOTICE_FAULTS)


def _change_notice(actor: Actor, notice: Notice, expected: int, fields: Mapping[str, object]) -> Notice:
    before = _said(notice)
    assign(notice, fields, allowed=NOTICE_FIELDS)
    _require_known(notice)
    if _said(notice) != before:
        _give_word(actor, notice)
    columns = [*NOTICE_FIELDS, *_WORD_OF_DANGER, "i18n"]
    check(notice, columns, fields_of=_NOTICE_FAULTS)
    return save_version(notice, expected=expected, fields=columns)


def _said(notice: Notice) -> tuple[object, ...]:
    """What a second person agrees to."""
    return (notice.text, notice.level, dict(notice.i18n or {}), notice.region, notice.service_type)


def _require_known(notice: Notice) -> None:
    """What a country's notice is about is a region of that country and a kind that the vocabulary has."""
    if notice.region and notice.region not in gazetteer.regions_of(notice.country):
        raise ValidationError({"region": _("This region lies in another country.")})
    if notice.service_type and not ServiceType.objects.filter(pk=notice.service_type).exists():
        raise ValidationError({"service_type": _("There is no such kind of service.")})


@one_write
def second_notice(*, actor: User, notice: Notice) -> Notice:
    """A second person of the network, who may decide about others' listings, says too that it is a danger."""
    if not actor.is_verifier or notice.level != NoticeLevel.DANGER:
        raise NotAllowed(_("Only verifiers and coordinators may do this."))
    if notice.announced_by_id == actor.pk:
        raise NotAllowed(_("Somebody else has to say the same."), code="own_word")
    if notice.seconded_at is not None:
        return notice
    notice.seconded_by, notice.seconded_at = actor, clock.now()
    return save_version(notice, expected=notice.version, fields=["seconded_by", "seconded_at"])


def _give_word(actor: Actor, notice: Notice) -> None:
    is_danger = notice.level == NoticeLevel.DANGER
    notice.announced_by, notice.announced_at = (actor, clock.now()) if is_danger else (None, None)
    notice.seconded_by = notice.seconded_at = None


@one_write
def end_notice(*, actor: Actor, notice: Notice) -> None:
    """Take the notice down from today on. One that has not been seen on an earlier day is deleted."""
    _may_edit_notice(actor, notice)
    yesterday = clock.today(notice.location.timezone if notice.location else "UTC") - dt.timedelta(days=1)
    if notice.starts_on > yesterday:
        notice.delete()
        return
    if notice.ends_on is None or notice.ends_on > yesterday:
        notice.ends_on = yesterday
        save_version(notice, expected=notice.version, fields=["ends_on"])


def _may_edit_notice(actor: Actor, notice: Notice) -> None:
    target = notice.location or notice.service
    organization = target.organization if target else notice.organization
    if organization is not None:
        may_edit(actor, organization)
    elif actor is not None and not actor.coordinates(notice.country):
        raise NotAllowed(_("Only a coordinator of this country may do this."))
