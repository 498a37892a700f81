"""What clients say at the desk: one's own places, their sheets to print, and sums by quarter."""

from __future__ import annotations

import datetime as dt
import io

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core.pages.addresses import Page, path_to
from messaging.letters import address_of
from network.reviews import services as reviews
from network.reviews.models import SHOWN_FROM, VoiceDesk
from network.reviews.models.words import VoiceAnswer, VoiceQuestion
from organizations.models import Location
from workspace.coordination.doors import network_page
from workspace.referrals.corridors import words_of
from workspace.shared.texts import worded


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    desks = list(VoiceDesk.objects.visible_to(request.user).select_related("location__organization"))
    heard = reviews.heard(desks)
    managed = request.user.memberships.in_network().filter(role__in=reviews.WRITES).values("organization")
    places = Location.objects.filter(organization__in=managed, voice_desk__isnull=True).order_by("name", "pk")
    context = {
        "section": "network",
        "tab": "reviews",
        "desks": [(desk, _name(desk.location), _quarters(heard.get(desk.pk, {}))) for desk in desks],
        "places": [(place.public_id, _name(place)) for place in places],
        "shown_from": SHOWN_FROM,
    }
    return render(request, "workspace/network/reviews/voices.html", context)


def _name(place: Location) -> str:
    return worded(place, "name") or worded(place.organization, "name")


def _quarters(found: dict[dt.date, dict[str, dict[str, int] | None]]) -> list[dict[str, object]]:
    """The newest first; a question that few answered says so and no number."""
    return [
        {
            "name": words_of(quarter),
            "rows": [
                (
                    question.label,
                    [(answer.label, sums.get(answer.value, 0)) for answer in VoiceAnswer]
                    if (sums := questions.get(question.value))
                    else None,
                )
                for question in VoiceQuestion
            ],
        }
        for quarter, questions in found.items()
    ]


@network_page
@require_POST
def make(request: SignedInRequest) -> HttpResponse:
    managed = request.user.memberships.in_network().filter(role__in=reviews.WRITES).values("organization")
    rows = Location.objects.filter(organization__in=managed)
    desk = reviews.make_desk(actor=request.user, location=get_object_or_404(rows, public_id=request.POST.get("place")))
    messages.success(request, _("The sheet is ready: print it and put it on the desk."))
    return redirect("workspace:network-voice-sheet", desk.public_id)


@network_page
@require_GET
def sheet(request: SignedInRequest, desk: str) -> HttpResponse:
    """A page to print; the address stands below the picture for phones that read none."""
    row = get_object_or_404(VoiceDesk.objects.visible_to(request.user), public_id=desk)
    link = address_of(path_to(Page.VOICE, row.code))
    found = io.BytesIO()
    segno.make(link, error="m").save(found, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True)
    context = {
        "section": "network",
        "tab": "reviews",
        "code": SafeString(found.getvalue().decode()),
        "link": link,
        "questions": VoiceQuestion.labels,
        "network": settings.NETWORK_NAME,
    }
    return render(request, "workspace/network/reviews/sheet.html", context)
