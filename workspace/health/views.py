"""How the server is doing, in words and with what to do: for administrators."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from usage import answers, figures
from usage.words import HOST
from workspace.health.figures import ask
from workspace.health.states import ORDER, states
from workspace.shared.pages import desk_page


@desk_page
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_administrator:
        raise Http404
    told = states(ask())
    counts = {verdict: sum(state.verdict == verdict for state in told) for verdict in ORDER}
    use = figures.report(HOST)
    context = {
        "section": "health",
        "states": told,
        "worst": told[0].verdict,
        "counts": counts,
        "sites": [one for one in use.lists[HOST] if one.count],
        "small_sites": sum(not one.count for one in use.lists[HOST]),
        "use": use,
        "answers": answers.report(),
    }
    return render(request, "workspace/health/index.html", context)
