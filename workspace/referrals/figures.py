"""The coordinator's piles: no answer, nobody, medicine that ends before the meeting. No content of any person."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import clock
from core.geo.countries import country_name
from core.phrasing.dates import short_day
from referrals import choosing, desk
from referrals.models import Leg
from referrals.models.words import OfferState, Urgency
from workspace.coordination.doors import coordinators_page
from workspace.referrals.presenter import TONE, local, name_of

SHOWN_AT_MOST = 100


@coordinators_page
@require_GET
def piles(request: SignedInRequest) -> HttpResponse:
    """`?pile=` which one; organisations are named in the coordinator's own countries only."""
    sources = {"unanswered": desk.unanswered, "nobody": desk.nobody, "late": desk.ends_before_meeting}
    names = {
        "unanswered": _("No answer in time"),
        "nobody": _("Nobody to take it"),
        "late": _("The medicine ends before the meeting"),
    }
    chosen = request.GET.get("pile", "")
    chosen = chosen if chosen in sources else "unanswered"
    rows = sources[chosen](request.user).prefetch_related("offers__organization")[:SHOWN_AT_MOST]
    context = {
        "section": "coordination",
        "tab": "referrals",
        "pile": chosen,
        "piles": [(code, names[code], rows_of(request.user).count()) for code, rows_of in sources.items()],
        "name": names[chosen],
        "lines": _lines(rows),
    }
    return render(request, "workspace/referrals/piles.html", context)


def _lines(legs: Iterable[Leg]) -> list[dict[str, object]]:
    now, name = clock.now(), choosing.namer()
    found = []
    for leg in legs:
        asked = [offer for offer in leg.offers.all() if offer.state != OfferState.WAITING]
        late = min((offer.answer_by for offer in asked if offer.answer_by and offer.answer_by <= now), default=None)
        found.append(
            {
                "leg": leg,
                "need": name(leg.service_type),
                "country": country_name(leg.country),
                "tone": TONE[Urgency(leg.urgency)],
                "needed": short_day(leg.needed_by) if leg.needed_by else "",
                "expected": short_day(leg.expected_on) if leg.expected_on and leg.on_medicine else "",
                "since": local(late, "UTC"),
                "asked": [(name_of(offer), offer.organization.slug, offer.get_state_display()) for offer in asked],
            }
        )
    return found
