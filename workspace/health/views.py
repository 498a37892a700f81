"""How the server is doing, in words and with what to do: for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from usage import answers, figures
from usage.words import HOST, host_of
from verification.models import RefusedSite
from verification.services import let_site, refuse_site
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
        "refused": RefusedSite.objects.all(),
    }
    return render(request, "workspace/health/index.html", context)


@desk_page
@require_POST
def refuse(request: SignedInRequest) -> HttpResponse:
    """Embeds that stand on this site show a calm page from now on."""
    name = host_of(request.POST.get("host", ""))
    try:
        refuse_site(host=name, actor=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(host)s shows the map no more.") % {"host": name})
    return redirect("workspace:health")


@desk_page
@require_POST
def let(request: SignedInRequest) -> HttpResponse:
    name = host_of(request.POST.get("host", ""))
    let_site(host=name, actor=request.user)
    messages.success(request, _("%(host)s may show the map again.") % {"host": name})
    return redirect("workspace:health")
