"""What people look at: incoming by deadline, outgoing, the coordinator's piles, the corridors in figures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from core import clock
from referrals.models import UNANSWERED, CorridorCount, Leg, Offer, Referral
from referrals.models.words import LegState, Mode, OfferState, Outcome

if TYPE_CHECKING:
    from accounts.models import User

#: A cell under this is not shown, and every shown one is rounded to it.
SMALL = 5
_PARTS = "leg__referral__consent"


def incoming(user: User) -> QuerySet[Offer]:
    """Requests that wait for the user's organisations, the nearest deadline first."""
    rows = Offer.objects.visible_to(user).filter(state__in=[*UNANSWERED, OfferState.LAPSED])
    rows = rows.filter(leg__state__in=[LegState.ASKING, LegState.STUCK])
    return _with_parts(rows).order_by("answer_by", "pk")


def taken(user: User) -> QuerySet[Offer]:
    """Whom the user's organisations expect or have with them."""
    rows = Offer.objects.visible_to(user).filter(state=OfferState.ACCEPTED).exclude(leg__state=LegState.CLOSED)
    return _with_parts(rows).order_by(F("leg__expected_on").asc(nulls_last=True), "pk")


def answered(user: User) -> QuerySet[Offer]:
    """What was answered before or is over."""
    over = Q(state__in=[OfferState.DECLINED, OfferState.REDIRECTED, OfferState.RETURNED]) | Q(
        leg__state=LegState.CLOSED
    )
    return _with_parts(Offer.objects.visible_to(user).filter(over)).order_by("-sent_at", "-pk")


def outgoing(user: User) -> QuerySet[Referral]:
    """Referrals of the user's own organisations, open ones first, the newest first."""
    rows = Referral.objects.visible_to(user).select_related("sender", "consent")
    return rows.prefetch_related("legs__offers__organization").order_by("-state", "-created_at", "-pk")


def waiting_count(user: User) -> int:
    return incoming(user).exclude(state=OfferState.LAPSED).count()


def _with_parts(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    return rows.select_related(_PARTS, "leg__referral__sender", "organization", "listing__service", "listing__location")


# --- the coordinator ----------------------------------------------------------------------------------------------


def legs_of(user: User) -> QuerySet[Leg]:
    """Stages in the countries that the user coordinates: kind of service, class, instants, state; no content."""
    if not user.is_coordinator:
        return Leg.objects.none()
    rows = Leg.objects.exclude(state=LegState.CLOSED).exclude(referral__deletes_on__lte=clock.today())
    return rows if user.coordinates_everywhere else rows.filter(country__in=user.countries)


def unanswered(user: User) -> QuerySet[Leg]:
    """Somebody was to have answered by now."""
    late = Offer.objects.filter(Q(answer_by__lte=clock.now(), state__in=UNANSWERED) | Q(state=OfferState.LAPSED))
    return legs_of(user).filter(state=LegState.ASKING, offers__in=late).distinct().order_by("nobody_at", "pk")


def nobody(user: User) -> QuerySet[Leg]:
    return legs_of(user).filter(state=LegState.STUCK).order_by("needed_by", "pk")


def ends_before_meeting(user: User) -> QuerySet[Leg]:
    """The day of the meeting lies after the one by which it is needed, or that day has passed."""
    rows = legs_of(user).filter(on_medicine=True, state__in=[LegState.ASKING, LegState.PLACED, LegState.STUCK])
    late = Q(expected_on__gt=F("needed_by")) & ~Q(mode=Mode.REMOTE)
    return rows.filter(late | Q(needed_by__lte=clock.today())).order_by("needed_by", "pk")


# --- corridors ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Corridor:
    """One way in one quarter; numbers are rounded to five, None where there are fewer."""

    from_country: str
    to_country: str
    total: int | None
    served: int | None
    in_time: int | None


def quarters() -> list[dt.date]:
    """Those of which something was counted, the newest first. The present one is not over, so it is not shown."""
    months = CorridorCount.objects.order_by().values_list("month", flat=True).distinct()
    now = clock.quarter_of(clock.today())
    return sorted({clock.quarter_of(month) for month in months} - {now}, reverse=True)


def corridors(quarter: dt.date) -> list[Corridor]:
    """Every way of the quarter that is large enough to be named, the largest first."""
    following = (quarter + dt.timedelta(days=95)).replace(day=1)
    total: Counter[tuple[str, str]] = Counter()
    served: Counter[tuple[str, str]] = Counter()
    in_time: Counter[tuple[str, str]] = Counter()
    for row in CorridorCount.objects.filter(month__gte=quarter, month__lt=following).order_by("pk"):
        way = (row.from_country, row.to_country)
        total[way] += row.n
        served[way] += row.n if row.outcome in (Outcome.SERVED, Outcome.PARTLY) else 0
        in_time[way] += row.n if row.before_end else 0
    shown = [
        Corridor(*way, rounded(n), rounded(served[way]), rounded(in_time[way]))
        for way, n in sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return _large_enough(shown)


def _large_enough(rows: Iterable[Corridor]) -> list[Corridor]:
    """That somebody went there at all is not said of so few: such a way has no line."""
    return [row for row in rows if row.total is not None]


def rounded(n: int) -> int | None:
    """To the nearest five; None under five: no difference of two views gives a person."""
    return None if n < SMALL else int((n + SMALL / 2) // SMALL * SMALL)
