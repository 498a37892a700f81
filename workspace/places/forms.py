"""A place: where it is, and how exactly each audience may know that."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.gis.geos import Point
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.geo import gazetteer
from core.geo.coordinates import LONGEST, PointNotRead, read_point
from core.languages import BESIDE, SOURCE, column_names, shown, stored
from core.spelling.text import normalise
from organizations import careful
from organizations.models import AddressPrecision, Location, LocationType, Organization, Visibility
from organizations.models.location import ADDRESS_FIELDS
from workspace.shared.choices import country_choices
from workspace.shared.folding import Fold, fold_of
from workspace.shared.forms import EditForm, Filled, Words, chooser

YES_NO = {None: "", True: "yes", False: "no"}
#: Point of the row → the two fields that show it.
POINTS = {"point": ("lat", "lon")}
#: What the public never gets of a shelter, and nobody of a place whose address is not kept.
TOO_EXACT = {AddressPrecision.EXACT, AddressPrecision.DISTRICT}
PUBLIC_WORDS = {
    AddressPrecision.EXACT: gettext_lazy("The address and the point on the map"),
    AddressPrecision.DISTRICT: gettext_lazy("The district: a pin in its area, never at the door"),
    AddressPrecision.SETTLEMENT: gettext_lazy("The city or village: one pin for all of it"),
    AddressPrecision.COUNTRY: gettext_lazy("The country, without a pin"),
    AddressPrecision.NONE: gettext_lazy("Nothing about where it is"),
}


class DegreesField(forms.CharField):
    """Degrees as a decimal number, with a point or a comma; kept as float or None."""

    def __init__(self, label: Words, limit: float) -> None:
        self.limit = limit
        super().__init__(
            label=label,
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )

    def prepare_value(self, value: object) -> object:
        return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else value

    def has_changed(self, initial: object, data: object) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip().replace(",", ".")

    def clean(self, value: object) -> float | None:  # type: ignore[override]  # Django cleans to any type
        text = super().clean(value).replace(",", ".").replace("−", "-")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError as error:
            raise ValidationError(_("Write degrees as a number, for example 41.69412.")) from error
        if not abs(number) <= self.limit:
            raise ValidationError(_("Latitude goes from −90 to 90, longitude from −180 to 180."))
        return number


class YesNoField(forms.TypedChoiceField):
    def __init__(self, label: Words) -> None:
        super().__init__(
            label=label,
            choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("", gettext_lazy("Not known"))],
            coerce=lambda value: {"yes": True, "no": False}.get(value),
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )


def _text(label: Words, limit: int, *, help_text: Words = "", widget: forms.Widget | None = None) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, required=False, help_text=help_text, widget=widget)


def _english(limit: int, *, widget: forms.Widget | None = None) -> forms.CharField:
    return _text(gettext_lazy("The same in English"), limit, widget=widget)


class PlaceForm(EditForm[Location]):
    columns: tuple[str, ...] = (  # type: ignore[misc]  # fewer, of a place whose address is not kept
        "name",
        "name_en",
        "type",
        "country",
        "region",
        "city",
        "city_en",
        "place_code",
        "district",
        "district_en",
        "address",
        "address_en",
        "postal_code",
        "public_precision",
        "member_precision",
        "country_precision",
        "circle_precision",
        "visibility",
        "directions",
        "directions_en",
        "transit",
        "transit_en",
        "step_free",
        "accessible_toilet",
        "lift",
        "accessibility_note",
        "accessibility_note_en",
        "timezone",
    )
    proposed = ("visibility",)

    name = forms.CharField(
        label=gettext_lazy("Name of the place"),
        help_text=gettext_lazy("As people know it: “Day centre”, “Clinic No. 2”."),
        max_length=200,
    )
    name_en = _english(200)
    type = forms.ChoiceField(label=gettext_lazy("Kind of place"), choices=LocationType.choices)

    country = forms.ChoiceField(label=gettext_lazy("Country"))
    city = _text(gettext_lazy("City or village"), 120)
    city_en = _english(120)
    place_code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    region = _text(gettext_lazy("Region"), 120)
    district = _text(gettext_lazy("District of the city"), 120)
    district_en = _english(120)
    address = _text(gettext_lazy("Street and house"), 250)
    address_en = _english(250)
    postal_code = _text(gettext_lazy("Postal code"), 16)

    lat = DegreesField(gettext_lazy("Latitude"), 90)
    lon = DegreesField(gettext_lazy("Longitude"), 180)

    public_precision = forms.ChoiceField(
        label=gettext_lazy("What everybody sees"), choices=list(PUBLIC_WORDS.items()), widget=forms.RadioSelect
    )
    member_precision = forms.ChoiceField(
        label=gettext_lazy("What members of the network see"),
        choices=list(PUBLIC_WORDS.items()),
        widget=forms.RadioSelect,
    )
    country_precision = forms.ChoiceField(
        label=gettext_lazy("What members that work in that country see"),
        choices=[("", gettext_lazy("The same as all members")), *PUBLIC_WORDS.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    circle_precision = forms.ChoiceField(
        label=gettext_lazy("What the organisations of our circle see"),
        choices=[("", gettext_lazy("The same as members in that country")), *PUBLIC_WORDS.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees that this place exists"), choices=Visibility.choices, widget=forms.RadioSelect
    )

    pasted = _text(
        gettext_lazy("Coordinates or a link from a map"),
        LONGEST,
        help_text=gettext_lazy("“41.72916, 44.77878”, degrees and minutes, or a link to the place on any usual map."),
    )
    directions = _text(gettext_lazy("How to get there"), 1500, widget=forms.Textarea(attrs={"rows": 4}))
    directions_en = _english(1500, widget=forms.Textarea(attrs={"rows": 4}))
    transit = _text(gettext_lazy("Public transport"), 250)
    transit_en = _english(250)
    step_free = YesNoField(gettext_lazy("Entrance without steps"))
    accessible_toilet = YesNoField(gettext_lazy("Accessible toilet"))
    lift = YesNoField(gettext_lazy("Lift"))
    accessibility_note = _text(gettext_lazy("More about access"), 250)
    accessibility_note_en = _english(250)
    timezone = _text(
        gettext_lazy("Time zone"),
        64,
        help_text=gettext_lazy("Comes with the city. Change it only if it is wrong: Asia/Tbilisi."),
    )

    def __init__(self, data: Filled | None = None, *, row: Location | None = None, organization: Organization) -> None:
        super().__init__(data, row=row)
        self.organization = organization
        self.keeps_address = row is None or row.is_address_kept
        if not self.keeps_address:
            self._leave_out_the_door()
        self.city_choices: list[dict[str, str]] = []
        self.was_narrowed = False
        chooser(self, "country").choices = country_choices()
        if not self.row:
            visibility = careful.for_place(
                Location(organization=organization, country=organization.registration_country)
            )
            proposals = {
                "country": organization.registration_country,
                "type": LocationType.OFFICE,
                "public_precision": AddressPrecision.EXACT,
                "member_precision": AddressPrecision.EXACT,
                "visibility": visibility,
            }
            self.initial = {**proposals, **self.initial}

    def _leave_out_the_door(self) -> None:
        """Nobody is asked for what is not kept, and nobody can be shown more than the city."""
        gone = {*map(shown, column_names(*ADDRESS_FIELDS)), "lat", "lon", "pasted"}
        self.columns = tuple(name for name in self.columns if name not in gone)
        for name in gone & set(self.fields):
            del self.fields[name]
        for name in ("public_precision", "member_precision", "country_precision", "circle_precision"):
            field = chooser(self, name)
            choices = cast("list[tuple[str, Words]]", field.choices)
            field.choices = [(code, label) for code, label in choices if code not in TOO_EXACT]

    def initial_of(self, row: Location) -> dict[str, object]:
        found = super().initial_of(row)
        for name in ("step_free", "accessible_toilet", "lift"):
            found[name] = YES_NO[getattr(row, name)]
        for column, (lat, lon) in POINTS.items():
            point = getattr(row, column)
            found |= {lat: point.y if point else None, lon: point.x if point else None}
        return found

    def smaller_circles(self) -> Fold:
        title = gettext_lazy("To whom you show more than to all members")
        return fold_of(self, title, ("country_precision", "circle_precision"), silent={})

    def clean_pasted(self) -> str:
        """What no point was read of (workspace.places.views takes apart the others) says so at its field."""
        text = str(self.cleaned_data["pasted"])
        if text:
            try:
                read_point(text)
            except PointNotRead as error:
                raise ValidationError(str(error)) from error
        return text

    def field_for(self, name: str) -> str:
        return POINTS[name][0] if name in POINTS else name

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        for lat, lon in POINTS.values() if self.keeps_address else ():
            if (cleaned.get(lat) is None) != (cleaned.get(lon) is None) and not {lat, lon} & set(self.errors):
                self.add_error(lat, _("Fill in both: latitude and longitude."))
        self._settle_city(cleaned)
        self._protect_shelter(cleaned)
        return cleaned

    def _protect_shelter(self, cleaned: dict[str, Any]) -> None:
        """A shelter shows its city at most, and a new one starts with members; widening is a second, own step."""
        if cleaned.get("type") != LocationType.SHELTER:
            return
        if cleaned.get("public_precision") in TOO_EXACT:
            cleaned["public_precision"] = AddressPrecision.SETTLEMENT
            self.was_narrowed = True
        if not self.row and cleaned.get("visibility") == Visibility.PUBLIC:
            cleaned["visibility"] = Visibility.MEMBERS
            self.was_narrowed = True

    def _settle_city(self, cleaned: dict[str, Any]) -> None:
        """Bring the written city and the gazetteer together; several cities of one name are offered to choose."""
        name, country = cleaned.get("city", ""), cleaned.get("country", "")
        known = gazetteer.place(cleaned.get("place_code") or "")
        if known and known.country == country and _same(name, known):
            return
        cleaned["place_code"] = ""
        if not name or not country:
            return
        found = gazetteer.namesakes(name, country).all
        if len(found) == 1:
            cleaned["place_code"] = found[0].id
        elif found:
            self.city_choices = [suggestion(place) for place in found]
            self.add_error("city", _("There are several cities of this name. Choose yours below."))

    def values(self) -> dict[str, Any]:
        values = super().values()
        for column, (lat, lon) in POINTS.items() if self.keeps_address else ():
            pair = (self.cleaned_data[lon], self.cleaned_data[lat])
            values[column] = Point(*pair, srid=4326) if None not in pair else None
        if place := gazetteer.place(values["place_code"]):
            beside = stored("city_en")
            values["city"], values[beside] = place.name(SOURCE), values[beside] or place.name(BESIDE)
            values["timezone"] = values["timezone"] or place.timezone
        values["timezone"] = values["timezone"] or "UTC"
        return values


def suggestion(place: gazetteer.Place) -> dict[str, str]:
    """A city of the gazetteer for a list of suggestions."""
    return {
        "id": place.id,
        "name": place.name(),
        "size": _("%(count)s people") % {"count": intcomma(place.population)} if place.population else "",
        "country": place.country,
        "lat": f"{place.lat:.5f}",
        "lon": f"{place.lon:.5f}",
        "timezone": place.timezone,
    }


def _same(name: str, place: gazetteer.Place) -> bool:
    return normalise(name) in {normalise(known) for known in place.names()}
