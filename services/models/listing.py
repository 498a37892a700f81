"""A service at a location: the listing that a card, a pin and a verification speak about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core.constraints import Editable
from core.geo.gazetteer import main_zone
from organizations.models import Contact, Location, Organization
from services.areas import AreaError, clean_area
from services.hours import HoursError, OpeningHours
from services.models import coverage
from services.models.coverage import Subject
from services.models.service import Service
from services.stops import StopError, clean_stops

if TYPE_CHECKING:
    from accounts.models import User


class ListingQuerySet(models.QuerySet["ServiceAtLocation"]):
    def editable_by(self, user: User) -> ListingQuerySet:
        return self.filter(service__organization__in=Organization.objects.editable_by(user))

    def under(self, subject: Subject) -> ListingQuerySet:
        """Those that this covers: an organisation, place, service, contact, listing, or a country's code."""
        return self.filter(coverage.under(subject))

    def in_countries(self, codes: Iterable[str]) -> ListingQuerySet:
        """Those that count for one of these countries; "" stands for services that are given to any country."""
        return self.filter(coverage.in_countries(codes))

    def with_parts(self) -> ListingQuerySet:
        """With all that a snapshot needs, in a constant number of queries."""
        return self.select_related("service__organization", "location").prefetch_related("contacts")


@pghistory.track()
class ServiceAtLocation(Editable):
    """One service offered at one location, or remotely (no location).

    `hours` is the JSON of `services.hours.OpeningHours`; empty means not known. `contacts` empty means: the
    contacts of the location, else those of the organisation. `area` and `stops` are the JSON of `services.areas` and
    `services.stops`; `stops_off` are days on which a stop is called off, which counts at once.
    """

    service = models.ForeignKey(Service, models.CASCADE, related_name="listings")
    location = models.ForeignKey(Location, models.CASCADE, null=True, blank=True, related_name="listings")
    hours = models.JSONField(_("opening hours"), default=dict, blank=True)
    note = models.CharField(_("note for this place"), max_length=300, blank=True)
    contacts = models.ManyToManyField(Contact, blank=True, related_name="listings", verbose_name=_("contacts"))
    remote_country = models.CharField(_("country of a remote service"), max_length=2, blank=True)

    area = models.JSONField(_("where it comes to"), default=list, blank=True)
    stops = models.JSONField(_("stops"), default=list, blank=True)
    stops_off = models.JSONField(_("stops that are called off"), default=list, blank=True)

    i18n = TranslationField(fields=("note",))

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ["service__title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "location"],
                name="listing_once_per_service_and_place",
                nulls_distinct=False,
                violation_error_message=_("This service is listed at this place already."),
            ),
            models.CheckConstraint(
                name="listing_remote_country_only_without_place",
                condition=models.Q(location__isnull=True) | models.Q(remote_country=""),
                violation_error_message=_("A service at a place has the country of the place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.location or _('remote')}"

    def clean(self) -> None:
        if self.location and self.location.organization_id != self.service.organization_id:
            raise ValidationError({"location": _("This place belongs to another organisation.")})
        try:
            OpeningHours.from_json(self.hours)
        except HoursError as error:
            raise ValidationError({"hours": error.message}) from error
        try:
            clean_area(self.area, has_place=self.location_id is not None)
        except AreaError as error:
            raise ValidationError({"area": error.message}) from error
        try:
            clean_stops(self.stops)
        except StopError as error:
            raise ValidationError({"stops": error.message}) from error

    @property
    def timezone(self) -> str:
        """The IANA zone in which hours and dates count: the place's, else that of the country served from afar."""
        if self.location:
            return str(self.location.timezone)
        return main_zone(self.remote_country or self.service.organization.registration_country)

    @property
    def country(self) -> str:
        """ISO code of the country that this listing counts for ("" for a service for any country)."""
        return self.location.country if self.location else self.remote_country
