"""Learning, read as the public: materials and trainings for everybody, and the calendar as a file."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.files.icalendar import CONTENT_TYPE, calendar
from core.phrasing.marks import marking
from directory.asking.filters import Filters
from directory.asking.learnt import asked as asked_of
from maps.context import address, frame, home_path
from maps.views.doors import public_page
from reading.asked import Asked
from reading.presenters import learning as told


@require_safe
@public_page
def learning(request: HttpRequest) -> HttpResponse:
    """Both on one page; `?topic=`, `?kind=`, `?language=`, `?country=`, `?q=` narrow it."""
    asked = Asked.now("public")
    languages, countries = told.languages_there(), told.countries_there()
    wanted = asked_of(request.GET, languages, countries)
    context = {
        **frame("public"),
        "wanted": wanted,
        "choices": told.choices_of(asked.vocabulary, languages, countries),
        "materials": told.materials(asked, wanted),
        "trainings": told.trainings(asked, wanted),
        "centres": told.centres(asked),
        "centres_url": address(home_path("public"), Filters(place_kind=(told.RESOURCE,))),
    }
    return render(request, "maps/learning.html", context)


@require_safe
@public_page
@marking(on=False)
def learning_calendar(request: HttpRequest) -> HttpResponse:
    """The trainings to come, for a calendar on a phone (RFC 5545); narrowed as the page is."""
    asked = Asked.now("public")
    wanted = asked_of(request.GET, told.languages_there(), told.countries_there())
    site = request.build_absolute_uri("/").rstrip("/")
    name = _("%(network)s: trainings") % {"network": settings.NETWORK_NAME}
    text = calendar(name, told.events(asked, wanted, site), host=request.get_host().split(":")[0])
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="trainings.ics"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
