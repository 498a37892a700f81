"""What of a listing stands in a file, and what each column means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.geo.countries import country_name
from core.languages import active
from directory.crossing.records import Audience
from directory.shown import labels
from directory.shown.eligibility import for_whom
from directory.shown.labels import Labels, label
from directory.shown.rows import ListingRow
from directory.vocabulary import Vocabulary
from reading import hours
from reading.presenters import parts
from reading.presenters.cards import SERVICE, place_url
from reading.presenters.coming import area_text
from reading.presenters.contacts import contacts

Value = str | float | None
_NONE: Mapping[str, str] = {}
_SEVERAL = "; "
#: Words that are remembered at once.
_MOST_SAID = 20_000
ANY = "any-place"

#: How exactly a point says where the door is.
_EXACTLY: Labels = {
    "exact": pgettext_lazy("precision", "the door"),
    "district": pgettext_lazy("precision", "a part of the city"),
    "settlement": pgettext_lazy("precision", "the middle of the city"),
    "country": pgettext_lazy("precision", "the country alone"),
    "none": "",
}


@dataclass(frozen=True)
class Telling:
    """In which words rows are told, for whom, and for which day; `site` begins the addresses of pages."""

    vocabulary: Vocabulary
    audience: Audience
    at: dt.datetime
    site: str
    _said: dict[Hashable, str] = field(default_factory=dict, compare=False)

    def once(self, key: Hashable, say: Callable[[], object]) -> str:
        """What many rows say alike is put into words once."""
        if (found := self._said.get(key)) is None:
            if len(self._said) >= _MOST_SAID:
                self._said.clear()
            found = self._said[key] = str(say())
        return found

    @cached_property
    def language(self) -> str:
        return active()

    @cached_property
    def page(self) -> str:
        """The address of a place's page, with ANY in the place of its id."""
        return self.site + place_url(ANY, self.audience)


@dataclass(frozen=True)
class FileColumn:
    """`code` is the same in every language, `head` is for people, `about` says what stands in it."""

    code: str
    head: str | Promise
    about: str | Promise
    tell: Callable[[ListingRow, Telling], Value]


def _text(name: str) -> Callable[[ListingRow, Telling], Value]:
    def tell(row: ListingRow, telling: Telling) -> Value:
        texts = row.content
        if own := texts.get(telling.language, _NONE).get(name):
            return own
        return parts.text(row, name) if any(one.get(name) for one in texts.values()) else ""

    return tell


def _names(scheme: str, attribute: str) -> Callable[[ListingRow, Telling], Value]:
    def tell(row: ListingRow, telling: Telling) -> Value:
        some = tuple(getattr(row, attribute))
        return telling.once((scheme, some), lambda: _SEVERAL.join(telling.vocabulary.names(scheme, some)))

    return tell


def _labels(table: Labels, attribute: str, *, is_one: bool = False) -> Callable[[ListingRow, Telling], Value]:
    def tell(row: ListingRow, telling: Telling) -> Value:
        some = (getattr(row, attribute),) if is_one else tuple(getattr(row, attribute))
        return telling.once((attribute, some), lambda: _SEVERAL.join(label(table, code) for code in some))

    return tell


def position(row: ListingRow) -> tuple[float, float] | None:
    """Longitude and latitude, as exactly as the audience may know. A mobile point stands somewhere else tomorrow."""
    if row.lon is None or row.lat is None or row.stops:
        return None
    return round(row.lon, 6), round(row.lat, 6)


def _part_of_position(part: int) -> Callable[[ListingRow, Telling], Value]:
    return lambda row, telling: at[part] if (at := position(row)) else None


def _exactly(row: ListingRow, telling: Telling) -> Value:
    if row.stops:
        return telling.once("mobile", lambda: _("mobile: see its page"))
    return telling.once(("exactly", row.precision), lambda: label(_EXACTLY, row.precision))


def _for_whom(row: ListingRow, telling: Telling) -> Value:
    what = (tuple(row.groups.items()), tuple(row.statuses), row.age_from, row.age_to, row.gender)
    return telling.once(("whom", what), lambda: _who(row, telling))


def _who(row: ListingRow, telling: Telling) -> str:
    told = for_whom(
        telling.vocabulary,
        groups=row.groups,
        statuses=row.statuses,
        age_from=row.age_from,
        age_to=row.age_to,
        gender=row.gender,
    )
    return _SEVERAL.join(told)


def _hours(row: ListingRow, telling: Telling) -> Value:
    if row.hours.get("always"):
        return telling.once("always", lambda: _("around the clock"))
    return telling.once(("hours", repr(row.hours)), lambda: _week(row, telling))


def _week(row: ListingRow, telling: Telling) -> str:
    days = hours.week(row.hours, telling.at.date())
    return _SEVERAL.join(f"{day['day']} {day['text']}" for day in days)


def _contacts(is_wanted: Callable[[str], bool]) -> Callable[[ListingRow, Telling], Value]:
    """Those for clients: a file wanders, so numbers of colleagues stay on the page."""

    def tell(row: ListingRow, telling: Telling) -> Value:
        if not row.contacts:
            return ""
        found = contacts(row.contacts, telling.vocabulary, row.country)
        told = (
            one["display"]
            if one["channel"] == "phone"
            else f"{label(labels.CHANNEL, one['channel'])}: {one['display']}"
            for one in found
            if one["audience"] != "colleagues" and is_wanted(one["channel"])
        )
        return _SEVERAL.join(told)

    return tell


def _country(row: ListingRow, telling: Telling) -> Value:
    return telling.once(("country", row.country), lambda: country_name(row.country))


def _checked(row: ListingRow, telling: Telling) -> Value:
    what = (row.level, row.check_method, row.checked_on, row.confirmed_on)
    return telling.once(("checked", what), lambda: parts.checked(row)["text"])


def _anonymous(row: ListingRow, telling: Telling) -> Value:
    if row.anonymous is None:
        return ""
    return telling.once(("anonymous", row.anonymous), lambda: label(labels.ANONYMITY, "yes" if row.anonymous else "no"))


def _attributes(row: ListingRow, telling: Telling) -> Value:
    told = parts.answered(row.attributes, telling.vocabulary) if row.attributes else []
    return _SEVERAL.join(f"{one['name']}: {one['text']}" for one in told)


def _url(row: ListingRow, telling: Telling) -> Value:
    return f"{telling.page.replace(ANY, row.place_id)}?{SERVICE}={row.id}"


def _freshness(row: ListingRow, telling: Telling) -> Value:
    state = parts.freshness_of(row, telling.at)
    return telling.once(("freshness", state), lambda: parts.freshness_text(state))


COLUMNS: tuple[FileColumn, ...] = (
    FileColumn("title", _("Service"), _("What it is called."), _text("title")),
    FileColumn("kinds", _("Kinds of help"), _("From the network's list of kinds."), _names("service", "types")),
    FileColumn("organization", _("Organisation"), _("Who gives it."), _text("organization")),
    FileColumn("place", _("Place"), _("What the place is called; empty for help from afar."), _text("place")),
    FileColumn("country", _("Country"), _("Empty for help in any country."), _country),
    FileColumn("region", _("Region"), _("Where it is known."), _text("region")),
    FileColumn("city", _("City"), _("City, town or village."), _text("city")),
    FileColumn("district", _("District"), _("Part of the city."), _text("district")),
    FileColumn("address", _("Address"), _("Only where the door may be told."), _text("address")),
    FileColumn("lat", _("Latitude"), _("WGS 84, as exactly as may be told."), _part_of_position(1)),
    FileColumn("lon", _("Longitude"), _("WGS 84, as exactly as may be told."), _part_of_position(0)),
    FileColumn("precision", _("What the point shows"), _("The door, or the middle of what may be told."), _exactly),
    FileColumn(
        "comes", _("Where help comes to"), _("What it covers beside its place."), lambda row, _t: area_text(row)
    ),
    FileColumn("hours", _("Opening hours"), _("The usual week, by the clock of the place."), _hours),
    FileColumn("hours_osm", _("Hours for programs"), _("As OpenStreetMap writes them."), lambda row, _t: row.hours_osm),
    FileColumn("phones", _("Phones"), _("Those for clients."), _contacts("phone".__eq__)),
    FileColumn("contacts", _("Other contacts"), _("Those for clients."), _contacts("phone".__ne__)),
    FileColumn(
        "delivery", _("How help is given"), _("There, outside, from afar."), _labels(labels.DELIVERY, "delivery")
    ),
    FileColumn("intake", _("How to come"), _("What to do before the first visit."), _labels(labels.INTAKE, "intake")),
    FileColumn("for_whom", _("For whom"), _("Who may come."), _for_whom),
    FileColumn("documents", _("Documents"), _("What one has to show."), _names("document", "documents")),
    FileColumn("cost", _("Cost"), _("For whoever comes."), _labels(labels.COST, "cost", is_one=True)),
    FileColumn("anonymous", _("Anonymity"), _("Whether a name is asked for. Empty: not known."), _anonymous),
    FileColumn("languages", _("Languages"), _("Spoken there."), _names("language", "languages")),
    FileColumn("interpreters", _("With an interpreter"), _("Languages."), _names("language", "interpreter_languages")),
    FileColumn("attributes", _("More about it"), _("What the network asks besides."), _attributes),
    FileColumn("summary", _("In short"), _("In the words of the organisation."), _text("summary")),
    FileColumn("operation", _("Works"), _("How it works now."), _labels(labels.OPERATION, "operation", is_one=True)),
    FileColumn("checked", _("Checked"), _("When, how and by whom."), _checked),
    FileColumn(
        "checked_on",
        _("Day of the check"),
        _("YYYY-MM-DD."),
        lambda row, _t: row.checked_on.isoformat() if row.checked_on else None,
    ),
    FileColumn("freshness", _("Warning"), _("Where nobody has confirmed it in time."), _freshness),
    FileColumn("url", _("Page"), _("Everything about it, as it is today."), _url),
    FileColumn("id", _("Id"), _("Stays the same as long as the listing does."), lambda row, _t: row.id),
)


def told(row: ListingRow, telling: Telling) -> list[Value]:
    """A row's values, in the order of COLUMNS."""
    return [column.tell(row, telling) for column in COLUMNS]


def definitions() -> Iterable[tuple[str, str, str]]:
    """(code, head, about) of each column, in the active language."""
    return ((column.code, str(column.head), str(column.about)) for column in COLUMNS)
