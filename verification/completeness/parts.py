"""The parts of a listing that people look for: what is missed without them, how much, and where they are said.

Some parts are needed before a listing is checked for the first time: somebody of another organisation cannot tell
whether it is right without them. What is on the map already stays there, and its owner is told.

A part is asked for where it makes sense: a hotline has no way to its door, a shelter tells nobody. Its gain is told to
the owner alone, as what it brings, never as a mark; nobody is ranked by it. For whom a service is, is always told:
without groups it is for everybody, and readers are told so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import languages
from core.pages.links import href
from directory.crossing.content import Content, Texts
from services.models import Cost, Delivery
from verification.completeness.kinds import Weight

#: Fewer letters say no more than the title does.
ENOUGH_LETTERS: Final = 40
#: Ways of giving help in which a point moves, and in which somebody comes.
_MOBILE: Final = frozenset({Delivery.MOBILE.value})
_COMES: Final = frozenset({Delivery.OUTREACH.value})


class SaidIn(StrEnum):
    """The form in which a part is said."""

    HOURS = "hours"
    SERVICE = "service"
    PLACE = "place"


@dataclass(frozen=True)
class Part:
    """`anchor` is the field of the form, or the group of fields, that says it; `is_needed`: nothing new goes on the

    map without it.
    """

    code: str
    name: str | Promise
    gain: str | Promise
    weight: Weight
    where: SaidIn
    anchor: str
    is_told: Callable[[Content], bool]
    is_needed: bool = False


def _hours(content: Content) -> bool:
    hours = content["listing"]["hours"]
    if content["listing"].get("stops"):
        return True
    return bool(hours.get("always") or hours.get("by_appointment") or hours.get("slots") or hours.get("note"))


def _contact(content: Content) -> bool:
    country = content["location"]["country"] if content["location"] else content["listing"]["remote_country"]
    return any(c["audience"] == "clients" and href(c["channel"], c["value"], country) for c in content["contacts"])


def _documents(content: Content) -> bool:
    return bool(content["service"]["documents"] or content["service"]["documents_note"])


def _cost(content: Content) -> bool:
    return content["service"]["cost"] != Cost.UNKNOWN or bool(content["service"]["cost_note"])


def _summary(content: Content) -> bool:
    return any(len(text) >= ENOUGH_LETTERS for text in content["service"]["summary"].values())


def _in_every_language(content: Content) -> bool:
    told: Mapping[str, Texts] = {"title": content["service"]["title"], "summary": content["service"]["summary"]}
    return all(text.get(code) for text in told.values() for code in languages.codes())


def _door(content: Content) -> bool:
    return content["location"] is not None and bool(content["location"]["directions"])


PARTS: Final[tuple[Part, ...]] = (
    Part(
        "hours", _("opening hours"), _("No hours: whoever looks for “open now” does not see you."),
        Weight(3, from_afar=2), SaidIn.HOURS, "hours", _hours, is_needed=True,
    ),
    Part(
        "stops", _("stops"), _("No stops: nobody sees where you stand today, and from when until when."),
        Weight(3, only=_MOBILE), SaidIn.HOURS, "stops", lambda content: bool(content["listing"].get("stops")),
    ),
    Part(
        "area", _("where you come to"),
        _("Not said where you come to: whoever looks near their own town does not see you."),
        Weight(2, only=_COMES), SaidIn.HOURS, "id_area", lambda content: bool(content["listing"].get("area")),
    ),
    Part(
        "contact", _("a contact"), _("No contact that can be tapped: somebody on the road cannot reach you."),
        Weight(3), SaidIn.HOURS, "contacts", _contact, is_needed=True,
    ),
    Part(
        "summary", _("one sentence about it"),
        _("No sentence of forty letters or more: on the map people read the title alone."),
        Weight(2), SaidIn.SERVICE, "id_summary", _summary, is_needed=True,
    ),
    Part(
        "languages", _("languages"), _("No languages: whoever looks for help in their own does not see you."),
        Weight(2), SaidIn.SERVICE, "languages", lambda content: bool(content["service"]["languages"]), is_needed=True,
    ),
    Part(
        "documents", _("documents"), _("Not said which documents are needed: some come in vain, others do not come."),
        Weight(2, from_afar=0, families={"harm": 1}), SaidIn.SERVICE, "id_documents", _documents,
    ),
    Part(
        "cost", _("what it costs"), _("Not said what it costs: whoever looks for what is free does not see you."),
        Weight(1), SaidIn.SERVICE, "id_cost", _cost, is_needed=True,
    ),
    Part(
        "intake", _("how to get in"), _("Not said how to get in: just come, or call first?"),
        Weight(1, from_afar=0), SaidIn.SERVICE, "id_intake",
        lambda content: bool(content["service"]["intake"]),
    ),
    Part(
        "attributes", _("what else matters"),
        _("Not everything is said by which people look for a service like yours: whoever does so does not see you."),
        Weight(1, of_attributes=True), SaidIn.SERVICE, "attributes", lambda content: False,
    ),
    Part(
        "languages-of-the-map", _("a translation"),
        _("Title and sentence are not in every language of the map: some read words that they do not understand."),
        Weight(1), SaidIn.SERVICE, "id_summary_en", _in_every_language,
    ),
    Part(
        "door", _("the way to the door"), _("No word about the door: the last hundred metres are the hardest."),
        Weight(1, from_afar=0, without_door=0), SaidIn.PLACE, "id_directions", _door,
    ),
)  # fmt: skip
