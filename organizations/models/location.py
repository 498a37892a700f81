"""A place where an organisation gives services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pghistory
from django.contrib.gis.db.models import PointField
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.functions import Cast
from django.db.models.lookups import Regex
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import Editable
from organizations.models.organization import FOR_MEMBERS, Organization, Visibility

if TYPE_CHECKING:
    from accounts.models import User


class AwayFromTheDoor(models.CheckConstraint):
    """Asked of a row that has a door. Django cannot say a distance from nothing; the database can, and does."""

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: set[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        if getattr(instance, "point", None) is not None:
            super().validate(model, instance, exclude, using)

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """In a migration it is what it is in the database."""
        _path, arguments, options = super().deconstruct()
        return "django.db.models.CheckConstraint", arguments, options


class LocationType(models.TextChoices):
    OFFICE = "office", _("Office")
    CLINIC = "clinic", _("Clinic")
    DROP_IN = "drop_in", _("Drop-in centre")
    SHELTER = "shelter", _("Shelter")
    RESOURCE = "resource", _("Resource centre")
    MOBILE_STOP = "mobile_stop", _("Mobile stop")
    POSTAL = "postal", _("Postal address")
    VIRTUAL = "virtual", _("Online")


class AddressPrecision(models.TextChoices):
    """How exactly an audience may know where a place is."""

    EXACT = "exact", _("Exact address")
    DISTRICT = "district", _("District of the city")
    SETTLEMENT = "settlement", _("City or village only")
    COUNTRY = "country", _("Country only")
    NONE = "none", _("Not shown")


#: No pin of a cell is nearer to the door than so many metres; `organizations.areas` draws the cells accordingly.
DISTRICT_LEAST_M = 1_000
SETTLEMENT_LEAST_M = 5_000
#: From the most exact to none.
PRECISION_ORDER = tuple(AddressPrecision)


#: What says where the door is; the database holds none of it of a place whose address is not kept.
ADDRESS_FIELDS = ("address", "postal_code", "district", "directions", "transit", "accessibility_note")
_TRANSLATED_ADDRESS = f'"({"|".join(ADDRESS_FIELDS)})_[a-z_]+": ?"[^"]'
#: Whom a place tells where it is, the widest first; each has a column "…_precision".
TIERS = ("public", "member", "country", "circle")
#: Places of which not every member knows where exactly they are.
HIDES = ~models.Q(visibility__in=FOR_MEMBERS) | ~models.Q(member_precision=AddressPrecision.EXACT)


def _nobody_sees(precision: str) -> models.Q:
    """Places that no audience knows so exactly."""
    return ~models.Q(*((f"{name}_precision", precision) for name in TIERS), _connector=models.Q.OR)


class LocationQuerySet(models.QuerySet["Location"]):
    def editable_by(self, user: User) -> LocationQuerySet:
        """An administrator gets a place that hides only while it is disclosed to them."""
        rows = self.filter(organization__in=Organization.objects.editable_by(user))
        return rows.filter(~HIDES | models.Q(organization__in=Organization.objects.read_by(user)))


@pghistory.track()
class Location(Editable):
    """A place with an address, or the virtual place of an online service.

    `point` is the true position (lon, lat; WGS 84). `district_point` and `settlement_point` are what audiences get
    that may not know the true one. Nobody types them: the database derives both from `point` and `place_code`
    whenever the row is written, always the same ones (see `organizations.areas`).

    Of a place that is too dangerous to be written down nothing says where its door is (`is_address_kept`): whoever
    takes people in tells it by word of mouth, and who takes the server finds a city.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="locations")
    name = models.CharField(_("name of the place"), max_length=200)
    type = models.CharField(
        _("kind of place"), max_length=12, choices=LocationType.choices, default=LocationType.OFFICE
    )
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=120, blank=True)
    city = models.CharField(_("city or village"), max_length=120, blank=True)
    place_code = models.CharField(_("place in the gazetteer"), max_length=16, blank=True)
    district = models.CharField(_("district"), max_length=120, blank=True)
    address = models.CharField(_("street and house"), max_length=250, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=16, blank=True)
    point = PointField(_("point on the map"), srid=4326, null=True, blank=True)
    is_address_kept = models.BooleanField(_("the address is kept here"), default=True, db_default=True, editable=False)
    district_point = PointField(_("centre of the district"), srid=4326, null=True, blank=True, editable=False)
    settlement_point = PointField(_("centre of the city or village"), srid=4326, null=True, blank=True, editable=False)
    public_precision = models.CharField(
        _("what the public sees"), max_length=12, choices=AddressPrecision.choices, default=AddressPrecision.EXACT
    )
    member_precision = models.CharField(
        _("what members see"), max_length=12, choices=AddressPrecision.choices, default=AddressPrecision.EXACT
    )
    country_precision = models.CharField(
        _("what members in that country see"), max_length=12, choices=AddressPrecision.choices, blank=True
    )
    circle_precision = models.CharField(
        _("what our circle sees"), max_length=12, choices=AddressPrecision.choices, blank=True
    )
    visibility = models.CharField(
        _("who sees this place"), max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    directions = models.TextField(_("how to get there"), blank=True, max_length=1500)
    transit = models.CharField(_("public transport"), max_length=250, blank=True)
    step_free = models.BooleanField(_("entrance without steps"), null=True, blank=True)
    accessible_toilet = models.BooleanField(_("accessible toilet"), null=True, blank=True)
    lift = models.BooleanField(_("lift"), null=True, blank=True)
    accessibility_note = models.CharField(_("more about access"), max_length=250, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    safety_note = models.TextField(_("safety note (administrators only)"), blank=True)
    source = models.CharField(_("source of an import"), max_length=60, blank=True, editable=False)
    external_id = models.CharField(max_length=200, blank=True, editable=False)

    i18n = TranslationField(
        fields=("name", "region", "city", "district", "address", "directions", "transit", "accessibility_note")
    )

    objects = LocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["country", "city", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="location_exact_needs_point",
                condition=models.Q(point__isnull=False) | _nobody_sees("exact"),
                violation_error_message=_("An exact address needs a point on the map."),
            ),
            models.CheckConstraint(
                name="location_district_needs_centre",
                condition=models.Q(district_point__isnull=False) | _nobody_sees("district"),
                violation_error_message=_("Choose the city, or put the pin: the area around it is chosen by itself."),
            ),
            models.CheckConstraint(
                name="location_settlement_needs_centre",
                condition=models.Q(settlement_point__isnull=False) | _nobody_sees("settlement"),
                violation_error_message=_(
                    "Choose the city from the list, or put the pin: its area is chosen by itself."
                ),
            ),
            AwayFromTheDoor(
                name="location_district_is_not_the_door",
                condition=models.Q(district_point__isnull=True)
                | models.Q(district_point=models.F("settlement_point"))
                | models.Q(point__isnull=False, point__distance_gte=(models.F("district_point"), DISTRICT_LEAST_M)),
                violation_error_message=_("The pin of a district never stands near the door."),
            ),
            AwayFromTheDoor(
                name="location_settlement_is_not_the_door",
                condition=~models.Q(place_code="")
                | models.Q(settlement_point__isnull=True)
                | models.Q(point__isnull=False, point__distance_gte=(models.F("settlement_point"), SETTLEMENT_LEAST_M)),
                violation_error_message=_("The pin of a village that no list knows never stands near the door."),
            ),
            models.CheckConstraint(
                name="location_shelter_is_not_exact_for_the_public",
                condition=~(models.Q(type="shelter") & models.Q(public_precision__in=["exact", "district"])),
                violation_error_message=_("The public never gets the address of a shelter: show the city or less."),
            ),
            models.CheckConstraint(
                name="location_not_kept_has_no_address",
                condition=models.Q(is_address_kept=True)
                | (
                    models.Q(point__isnull=True, **dict.fromkeys(ADDRESS_FIELDS, ""))
                    & ~models.Q(
                        Regex(Cast("i18n", models.TextField()), f'"({"|".join(ADDRESS_FIELDS)})_[a-z_]+": ?"[^"]')
                    )
                    & _nobody_sees("exact")
                    & _nobody_sees("district")
                ),
                violation_error_message=_("The address of this place is not kept here. Say first that it is kept."),
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                name="location_imported_once",
                condition=~models.Q(source=""),
                violation_error_message=_("This place was imported already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not clock.is_zone(self.timezone):
            raise ValidationError({"timezone": _("This time zone is unknown.")})
        wide, narrow = PRECISION_ORDER.index(self.member_precision), PRECISION_ORDER.index(self.public_precision)
        if narrow < wide:
            raise ValidationError({"member_precision": _("Members must see at least what the public sees.")})
        for name, wider in (("country_precision", self.member_precision), ("circle_precision", self.country_precision)):
            least = wider or self.member_precision
            if (own := getattr(self, name)) and PRECISION_ORDER.index(own) > PRECISION_ORDER.index(least):
                raise ValidationError({name: _("A smaller circle sees at least what the larger one sees.")})
