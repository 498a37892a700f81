"""Digests that were sent, and drafts for those who edit them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core.errors import WrongState
from core.phrasing.dates import month_in_words
from network.news import services as news
from network.news.models import Digest, DigestState
from network.news.words import opening_of
from workspace.coordination.doors import coordinators_page, network_page
from workspace.network.news.forms import AssembleForm
from workspace.network.news.presenter import page_of, rows_of
from workspace.shared.pages import reason_of

#: Two a month: a year and a half.
LATEST = 36


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    rows = Digest.objects.visible_to(request.user)
    context = {
        "section": "network",
        "tab": "news",
        "drafts": rows_of(rows.filter(state=DigestState.DRAFT)),
        "sent": rows_of(rows.sent()[:LATEST]),
        "edits": request.user.is_coordinator,
        "form": AssembleForm(),
    }
    return render(request, "workspace/network/news/index.html", context)


@network_page
@require_GET
def show(request: SignedInRequest, digest: str) -> HttpResponse:
    """What was sent, as its readers see it today."""
    row = get_object_or_404(Digest.objects.visible_to(request.user).sent(), public_id=digest)
    context = {
        "section": "network",
        "tab": "news",
        "digest": row,
        "name": month_in_words(row.month),
        "opening": opening_of(row),
        "sections": page_of(row),
        "edits": request.user.is_coordinator,
    }
    return render(request, "workspace/network/news/digest.html", context)


@coordinators_page
@require_POST
def take_off(request: SignedInRequest, digest: str) -> HttpResponse:
    """A line goes from the page of a digest that was sent."""
    row = get_object_or_404(Digest.objects.visible_to(request.user).sent(), public_id=digest)
    line = row.lines.filter(public_id=request.POST.get("line", "")).first()
    if line is None:
        raise Http404
    try:
        news.take_off(actor=request.user, line=line)
        messages.success(request, _("The line is off the page. Letters that have left cannot be called back."))
    except WrongState as error:
        messages.error(request, reason_of(error))
    return redirect("workspace:network-digest", row.public_id)
