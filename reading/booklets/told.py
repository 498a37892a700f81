"""What a booklet says of a country or one of its cities, in the active language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.languages import active, is_preview
from core.pages.links import display
from core.phrasing.dates import day_in_words
from core.phrasing.direction import isolated
from core.spelling.collation import reading_key
from directory.asking import queries
from directory.asking.filters import Filters
from reading import kept
from reading.asked import Asked
from reading.booklets.rows import DAYS, PrintedService, entries, for_a_sheet, services, together, trusted, trusted_until
from reading.booklets.shapes import BookletLine, BookletTold, BookletWords, CityOnPaper, KindFound
from reading.lines import lines_with_rows
from reading.presenters import parts
from reading.typeset.making import qr_code

#: Places and phones of a booklet; more is no booklet.
MOST = 120
#: Those that a leaflet of one sheet may choose from.
MOST_OF_A_SHEET = 40


@dataclass(frozen=True)
class Gathered:
    """The services of a country or a city that paper may name."""

    found: tuple[PrintedService, ...]
    on: dt.date

    @property
    def last(self) -> dt.date:
        return self.on + dt.timedelta(days=DAYS)

    @property
    def size(self) -> int:
        """Of places and of those to call."""
        return len({one.key for one in self.found})


def gathered(asked: Asked, country: str, city: str = "") -> Gathered:
    """Of the country; of its city where one is named, with those to call that belong there."""

    def gather() -> Gathered:
        on = asked.at.date()
        filters = Filters(country=(country,), city=(city,) if city else ())
        rows = list(queries.everything("public", filters, asked.at))
        last = on + dt.timedelta(days=DAYS)
        return Gathered(tuple(services(rows, asked.vocabulary, asked.at, last, city)), on)

    return kept.few(asked, ("booklet", country, city, asked.language), gather)


def kept_booklet(asked: Asked, country: str, city: str, link: str, *, is_sheet: bool) -> BookletTold:
    """As `booklet`, told once for each revision: its pictures, its file and whoever waits ask again and again."""
    of_it = gathered(asked, country, city)
    names = {one["code"]: one["name"] for one in cities(asked, country)}
    name = names.get(city) or country_name(country)
    key = ("booklet told", country, city, asked.language, "sheet" if is_sheet else "", link)
    return kept.few(asked, key, lambda: booklet(asked, of_it, name, country, link, is_sheet=is_sheet))


def cities(asked: Asked, country: str) -> list[CityOnPaper]:
    """Those in which a place has a public door, with the number of such places."""
    places: dict[str, tuple[str, set[str]]] = {}
    for one in gathered(asked, country).found:
        if one.has_door and one.row.city_code:
            places.setdefault(one.row.city_code, (one.city, set()))[1].add(one.place)
    told: list[CityOnPaper] = [
        {"code": code, "name": name, "count": len(found)} for code, (name, found) in places.items()
    ]
    return sorted(told, key=lambda city: reading_key(city["name"]))


# long: one key of the booklet a line
def booklet(
    asked: Asked, all_of_it: Gathered, name: str, country: str, link: str, *, is_sheet: bool = False
) -> BookletTold:
    """`name` is the country's or the city's; `link` leads to the same on a screen. A sheet is told no more than it may
    choose from.
    """
    doors = together(one for one in all_of_it.found if one.has_door)
    others = together(one for one in all_of_it.found if not one.has_door)
    whole = len(doors) + len(others)
    if is_sheet:
        doors, others = for_a_sheet(doors, MOST_OF_A_SHEET), others[:MOST_OF_A_SHEET]
    return {
        "title": name,
        "network": str(settings.NETWORK_NAME),
        "on": _("As of %(date)s. Call before you go.") % {"date": day_in_words(all_of_it.on)},
        "until": _("Valid until %(day)s. Then take a new one.") % {"day": day_in_words(all_of_it.last)},
        "until_short": _("valid until %(day)s") % {"day": day_in_words(all_of_it.last)},
        "asks": _("Nobody asks for papers to answer the phone. You need not say your name."),
        "marks": _marks(),
        "link": link.partition("://")[2],
        "qr": qr_code(link),
        "qr_says": _("The same in a phone, with what has changed since"),
        "qr_alt": _("QR code that opens the same on the map"),
        "lines": _lines(asked, country, all_of_it.last),
        "kinds": _kinds(asked, [*doors, *others]),
        "places": entries(doors),
        "calls": entries(others, len(doors) + 1),
        "cut": whole - len(doors) - len(others),
        "words": _words(),
    }


def _marks() -> list[str]:
    """What has to be known before anything else is read."""
    marks = [_("Demo: all of it is fictional")] if settings.DEMO_NETWORK else []
    if is_preview(active()):
        marks.append(_("Nobody has checked this translation yet: where much depends on a word, please ask."))
    return marks


def _lines(asked: Asked, country: str, last: dt.date) -> list[BookletLine]:
    """Those of the country and of everywhere; of others where there is none: a call abroad is dear."""
    found = sorted(lines_with_rows(asked, Filters(country=(country,))), key=lambda one: (one[0].country, one[0].id))
    near = [(row, phone) for row, phone in found if row.country in (country, "")]
    return [
        {
            "name": isolated(parts.text(row, "title")),
            "lang": parts.lang_of(row, "title"),
            "organization": _of_line(parts.text(row, "organization"), "" if row.country == country else row.country),
            "phone": display(phone, row.country),
            "checked": trusted_until(parts.checked(row)["text"], trusted(row, asked.at, last)),
        }
        for row, phone in near or found
    ]


def _of_line(organization: str, country: str) -> str:
    return " · ".join(isolated(part) for part in (organization, country_name(country)) if part)


def _kinds(asked: Asked, groups: Sequence[Sequence[PrintedService]]) -> list[KindFound]:
    """In the order of the vocabulary, with the numbers under which somebody gives it."""
    tops: dict[str, list[int]] = {}
    for number, group in enumerate(groups, 1):
        for top in asked.vocabulary.tops_of(code for one in group for code in one.row.types):
            tops.setdefault(top, []).append(number)
    order = {top: place for place, top in enumerate(asked.vocabulary.tree)}
    return [
        {"name": asked.vocabulary.name("service", top), "numbers": ", ".join(map(str, tops[top]))}
        for top in sorted(tops, key=lambda top: order.get(top, len(order)))
    ]


def _words() -> BookletWords:
    return {
        "lines": _("Call at any hour of need"),
        "kinds": _("What help there is"),
        "places": _("Places"),
        "calls": _("Call, and they say where"),
        "calls_note": _("These addresses are not on paper: the way there begins with a call."),
        "where": _("Where"),
        "way": _("How to find it"),
        "hours": _("Hours"),
        "more": _("More are in the phone: point its camera at the square."),
        "bring": _("What to bring"),
    }
