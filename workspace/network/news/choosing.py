"""What of the network's news a person gets by letter: on by default, one press ends it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from messaging.people import gets_letters
from network.news import services as news
from network.news.models import NewsChoice
from workspace.coordination.doors import network_page
from workspace.network.news.forms import LettersForm


@network_page
@require_http_methods(["GET", "POST"])
def letters(request: SignedInRequest) -> HttpResponse:
    """A POST saves both; `end` alone ends the digest and leaves the rest."""
    if request.method == "POST" and "end" in request.POST:
        news.choose_as_member(user=request.user, wants_digest=False)
        messages.success(request, _("No more digests come."))
        return redirect("workspace:network-news-letters")
    chosen = NewsChoice.objects.filter(user=request.user).first()
    initial = {"wants_digest": chosen is None or chosen.wants_digest, "countries": chosen.countries if chosen else []}
    form = LettersForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        news.choose_as_member(user=request.user, wants_digest=said["wants_digest"], of_countries=said["countries"])
        messages.success(request, _("Saved."))
        return redirect("workspace:network-news-letters")
    context = {
        "section": "network",
        "tab": "news",
        "form": form,
        "gets_digest": initial["wants_digest"],
        "gets_letters": gets_letters(request.user),
    }
    return render(request, "workspace/network/news/letters.html", context, status=422 if form.is_bound else 200)
