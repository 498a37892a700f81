"""One press that was made without a connection: read strictly, done once, by the service that any such press calls."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import OutreachCopy
from accounts.presses.outreach import LIFE, once
from core import clock
from core.errors import HouseError, NotAllowed
from directory.asking.queries import current_listings
from services.models import ServiceAtLocation
from verification import services as verification
from verification.models import CapacityLevel
from verification.models.report import NotServedReason
from verification.services.told.away import Away, SaidSince
from workspace.outreach.rows import own_listings
from workspace.shared.pages import reason_of

if TYPE_CHECKING:
    from accounts.models import User

#: In one sending. A phone sends the rest after it.
AT_MOST = 25
SERVED = "served"
_KEY = re.compile(r"[0-9a-f]{32}")
_ID = re.compile(r"[A-Za-z0-9]{1,32}")


class PressAnswered(TypedDict):
    """What came of a press. `state` is done, changed, gone, old or refused; `url` is where the person can go on."""

    key: str
    state: str
    words: str
    url: str


class Unreadable(HouseError):
    """It is none of ours: the phone keeps nothing of it."""

    code = "unreadable"


class _Gone(HouseError):
    """What is not there, and what is not theirs: the same to whoever asks."""


@dataclass(frozen=True)
class Press:
    """`value` is a level of places, or SERVED, or why the service was not given; `seen` the version that was read."""

    key: str
    kind: str
    listing: str
    value: str
    seen: str
    age: dt.timedelta

    @property
    def said_at(self) -> dt.datetime:
        return clock.now() - self.age


def read(raw: object) -> Press:
    """From what a phone sent: only what a phone of ours could have sent."""
    if not isinstance(raw, dict):
        raise Unreadable(_("This is not a press of the page."))
    text = {name: raw.get(name) for name in ("key", "kind", "listing", "value", "seen")}
    age = raw.get("age")
    if not all(isinstance(value, str) for value in text.values()) or type(age) is not int:
        raise Unreadable(_("This is not a press of the page."))
    given = {name: str(value) for name, value in text.items()}
    is_known = given["kind"] in _VALUES and given["value"] in _VALUES[given["kind"]]
    is_named = _KEY.fullmatch(given["key"]) and _ID.fullmatch(given["listing"]) and len(given["seen"]) <= 32
    if not (is_known and is_named and 0 <= age < 10**9):
        raise Unreadable(_("This is not a press of the page."))
    return Press(**given, age=dt.timedelta(seconds=age))


def take(copy: OutreachCopy, user: User, press: Press) -> PressAnswered:
    """Do it once, and say what came of it. A refusal is not remembered: nothing was done.

    Whatever a model or the database does not take is refused for this press alone: `once` has undone it, and the
    others that wait on the phone are not held up by it.
    """
    if press.age > LIFE:
        return _told(press, "old", _("It waited for more than 72 hours and was not taken. Say it anew."))
    try:
        once(copy, press.key, lambda: _DO[press.kind](user, press))
    except SaidSince as error:
        return _told(press, "changed", reason_of(error), _page_of(press))
    except (_Gone, NotAllowed):
        return _told(press, "gone", _("It is not on the map, or you do not answer for it. Nothing is written."))
    except HouseError as error:
        return _told(press, "refused", reason_of(error))
    except ValidationError as error:
        return _told(press, "refused", " ".join(error.messages))
    except IntegrityError:
        return _told(press, "refused", _("It was not taken."))
    return _told(press, "done", "")


def _confirm(user: User, press: Press) -> None:
    away = Away(said_at=press.said_at, seen=press.seen)
    verification.confirm_unchanged(listing=_own(user, press.listing), actor=user, away=away)


def _say_places(user: User, press: Press) -> None:
    row = _own(user, press.listing)
    verification.report_capacity(listing=row, actor=user, level=press.value, said_at=press.said_at)


def _tell_visit(user: User, press: Press) -> None:
    shown = current_listings("members").filter(id=press.listing).first()
    if shown is None:
        raise _Gone("")
    verification.tell_visit(
        listing=ServiceAtLocation.objects.get(public_id=shown.id),
        actor=user,
        visited_on=press.said_at.astimezone(clock.zone(shown.timezone)).date(),
        was_served=press.value == SERVED,
        reason="" if press.value == SERVED else press.value,
    )


def _own(user: User, listing: str) -> ServiceAtLocation:
    row: ServiceAtLocation | None = own_listings(user).filter(public_id=listing).first()
    if row is None:
        raise _Gone("")
    return row


_DO: Mapping[str, Callable[[User, Press], None]] = {
    "confirm": _confirm,
    "places": _say_places,
    "visit": _tell_visit,
}
_VALUES: Mapping[str, frozenset[str]] = {
    "confirm": frozenset({""}),
    "places": frozenset(CapacityLevel.values),
    "visit": frozenset({SERVED, *NotServedReason.values}),
}


def _told(press: Press, state: str, words: str, url: str = "") -> PressAnswered:
    return {"key": press.key, "state": state, "words": words, "url": url}


def _page_of(press: Press) -> str:
    """Where the version of today is looked at and confirmed, or places are said."""
    if press.kind == "confirm":
        return reverse("workspace:confirm", query={"listing": press.listing})
    return reverse("workspace:listing", args=[press.listing])
