"""Small grants of the network, for everybody: calls and sums by country. Read as the public, like the map."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maps.context import frame
from maps.views.doors import public_page
from reading.asked import Asked
from reading.presenters import granted


@require_safe
@public_page
def grants(request: HttpRequest) -> HttpResponse:
    """No organisation is named: it may be dangerous where it works."""
    told = {"calls": granted.calls(Asked.now("public")), "sums": granted.sums()}
    return render(request, "maps/grants.html", {**frame("public"), **told, "contact_email": settings.NETWORK_EMAIL})
