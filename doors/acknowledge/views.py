"""The page behind the link of a request's letter. Looking changes nothing; what it is about is behind the login."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import HouseError
from core.phrasing.dates import moment_in_words
from facts.names import one_page
from referrals.models import UNANSWERED
from referrals.models.words import LegState, OfferState, Reason
from referrals.services.acknowledging import LinkOver, decline_plainly, find_offer, receive
from referrals.services.answering import PLAIN_REASONS


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_variables("token")
def page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        with one_page():
            response = _press(request, token) if request.method == "POST" else _show(request, token)
    except LinkOver:
        response = render(request, "doors/acknowledge/over.html", status=404)
    # same-origin, not no-referrer: with the latter browsers send "Origin: null" and the form would be refused.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _press(request: HttpRequest, token: str) -> HttpResponse:
    said = request.POST.get("say", "")
    try:
        if said == "received":
            receive(token=token)
        else:
            decline_plainly(token=token, reason=said)
    except LinkOver:
        raise
    except HouseError as error:
        return _show(request, token, fault=str(error.message), status=422)
    return redirect("acknowledge:page", token)


def _show(request: HttpRequest, token: str, fault: str = "", status: int = 200) -> HttpResponse:
    """The organisation's own listing, how urgent, until when; nothing of the person."""
    offer = find_offer(token)
    place = offer.listing.location
    zone = clock.zone(place.timezone if place else "UTC")
    is_open = offer.state in (*UNANSWERED, OfferState.LAPSED) and offer.leg.state in (LegState.ASKING, LegState.STUCK)
    context = {
        "offer": offer,
        "urgency": offer.leg.get_urgency_display(),
        "until": moment_in_words(offer.answer_by.astimezone(zone)) if offer.answer_by else "",
        "title": offer.listing.service.title_i18n,  # type: ignore[attr-defined]  # added by modeltrans
        "is_open": is_open,
        "is_received": offer.state != OfferState.SENT,
        "reasons": [(code.value, Reason(code).label) for code in PLAIN_REASONS],
        "fault": fault,
        "token": token,
    }
    return render(request, "doors/acknowledge/page.html", context, status=status)
