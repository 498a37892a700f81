"""What somebody wants on paper, as it stands in an address; what cannot be read is said in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.languages import active, for_all
from reading.asked import Asked
from reading.booklets.files import FORMS
from reading.booklets.told import cities
from reading.road.pack import countries_with_rows

#: The form where none is named, and the longest code of a city that is looked at.
USUAL = "a6"
_LONGEST = 20


@dataclass(frozen=True)
class BookletWanted:
    """`country` is "" while nobody has chosen; with `is_made`, the file is asked for and not only its choices."""

    country: str = ""
    city: str = ""
    form: str = USUAL
    language: str = ""
    is_made: bool = False


class NotThere(Exception):
    """Something that is not offered was asked for; its words are for people."""


def read(given: QueryDict, asked: Asked) -> BookletWanted:
    country, city = given.get("country", ""), given.get("city", "")
    form, language = given.get("form", "") or USUAL, given.get("in", "") or active()
    if language not in for_all():
        raise NotThere(_("There are no booklets in this language. Please choose one of the list."))
    if form not in FORMS:
        raise NotThere(_("There is no such size. Please choose one of the list."))
    if not country:
        return BookletWanted(form=form, language=language)
    if country.upper() not in countries_with_rows(asked) or country != country.lower():
        raise NotThere(_("There is nothing of this country on the map. Please choose one of the list."))
    if city and (len(city) > _LONGEST or city not in {one["code"] for one in cities(asked, country.upper())}):
        raise NotThere(_("There is no place with a public door in this city. Please choose one of the list."))
    return BookletWanted(country.upper(), city, form, language, bool(given.get("form")))
