"""The shapes of a pack; the API describes them from here, and `static/js/road/` reads them."""

from __future__ import annotations

from typing import TypedDict

from reading.hours import SpecialDayTold
from reading.shapes import CodeAndName


class RoadSpecial(TypedDict):
    first: str
    last: str
    spans: list[list[int]]


class RoadDay(TypedDict):
    day: str
    text: str


class RoadHours(TypedDict):
    """`week` are the periods of Monday to Sunday in minutes after midnight, a night beyond 1440; None where no day is
    known. `specials` are days with periods of their own: [first, last, periods]. `rests` says that it is closed on
    public holidays, `is_silent` that nobody has said. The rest is for people to read."""

    week: list[list[list[int]]] | None
    specials: list[RoadSpecial]
    rests: bool
    is_silent: bool
    appointment: bool
    days: list[RoadDay]
    special_days: list[SpecialDayTold]
    note: str


class RoadContact(TypedDict):
    label: str
    text: str
    href: str
    is_call: bool
    note: str


class RoadNotice(TypedDict):
    """Shown from `starts_on` to `ends_on` (None: until further notice), both days included."""

    kind: str
    text: str
    closes: bool
    starts_on: str
    ends_on: str | None


class RoadStay(TypedDict):
    """A stay of a mobile point that has not ended; `ends_at` is an instant."""

    text: str
    ends_at: str


class RoadService(TypedDict):
    """A service at its place; `needs` are codes of those that it answers.

    From `due_on` on it is not confirmed in time, from `hides_on` on it is not shown.
    """

    id: str
    title: str
    title_lang: str
    summary: str
    summary_lang: str
    needs: list[str]
    who: str
    bring: str
    no_documents: bool
    cost: str
    languages: str
    state: str
    is_stopped: bool
    hours: RoadHours | None
    contacts: list[RoadContact]
    notices: list[RoadNotice]
    stays: list[RoadStay]
    checked: str
    due_on: str | None
    hides_on: str | None


class RoadPlace(TypedDict):
    """`where` says in words how exact the point is; lon and lat are those that the public may know."""

    id: str
    title: str
    organization: str
    city: str
    address: str
    where: str
    directions: str
    lon: float | None
    lat: float | None
    precision: str
    family: str
    timezone: str
    holidays: str
    hours: RoadHours
    contacts: list[RoadContact]
    services: list[RoadService]


class RoadLine(TypedDict):
    name: str
    organization: str
    country_name: str
    phone: str
    phone_href: str


class RoadHolidays(TypedDict):
    """Public holidays of the coming weeks, by country; `perhaps` are days of which that is not known."""

    off: dict[str, list[str]]
    perhaps: dict[str, list[str]]


class RoadPack(TypedDict):
    """`changed` and `gone` (ids of places) lead from the pack that was asked about to `revision`; where `is_whole`,
    `changed` is all there is. It lasts `days` days from the last time that it was asked."""

    revision: str
    country: str
    country_name: str
    language: str
    days: int
    is_whole: bool
    changed: list[RoadPlace]
    gone: list[str]
    lines: list[RoadLine]
    needs: list[CodeAndName]
    holidays: RoadHolidays
