"""The page behind the link of a letter. Looking changes nothing; each answer is a deliberate press.

The address is a secret: no cache keeps it, no search engine and no other site learns of it. No login and no session.
"""

from __future__ import annotations

import functools

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import HouseError, WrongState
from core.pages.http import View
from doors.confirm.forms import ChangedForm, ClosedForm, NewLinkForm, RhythmForm
from doors.confirm.presenter import Faulty, page_context
from facts.forms import LevelForm
from facts.names import one_page
from messaging.letters import correspondent_of
from messaging.services import choose_rhythm
from verification import answering
from verification.answering import LinkClosed, confirm_profile_by_link, request_new_link


def secret_page(view: View) -> View:
    """Headers of a page whose address must not travel, and a kind page for links that cannot answer any more."""

    @functools.wraps(view)
    @sensitive_variables("token")
    def open_page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            response: HttpResponseBase = view(request, *args, **kwargs)
        except LinkClosed as closed:
            response = _closed_link(request, closed, str(kwargs.get("token", "")))
        # same-origin, not no-referrer: with the latter browsers send "Origin: null" and the form would be refused.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(open_page)


@secret_page
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    return _show(request, token)


@secret_page
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Everything is right: for every listing that was ticked, one record each."""
    ticked = request.POST.getlist("item")
    if not ticked:
        return _show(request, token, fault="nothing", status=422)
    answering.confirm(token=token, items=ticked[:500])
    return redirect("confirm:page", token)


@secret_page
@require_POST
def profile(request: HttpRequest, token: str) -> HttpResponse:
    """Everything is right about the organisation itself."""
    try:
        confirm_profile_by_link(token=token, seen=request.POST.get("seen", ""))
    except WrongState as error:
        return _show(request, token, fault=str(error.message), status=422)
    return redirect("confirm:page", token)


@secret_page
@require_POST
def changed(request: HttpRequest, token: str, item: str) -> HttpResponse:
    form = ChangedForm(request.POST, prefix=f"changed-{item}")
    if not form.is_valid():
        return _show(request, token, forms={item: {"changed": form}}, status=422)
    answering.report_changed(token=token, item=item, note=form.cleaned_data["note"])
    return redirect("confirm:page", token)


@secret_page
@require_POST
def closed(request: HttpRequest, token: str, item: str) -> HttpResponse:
    form = ClosedForm(request.POST, prefix=f"closed-{item}")
    if not form.is_valid():
        return _show(request, token, forms={item: {"closed": form}}, status=422)
    answering.report_closed(
        token=token, item=item, for_good=form.cleaned_data["kind"] == "closed", since=form.cleaned_data["since"]
    )
    return redirect("confirm:page", token)


@secret_page
@require_POST
def capacity(request: HttpRequest, token: str, item: str) -> HttpResponse:
    """Whether there are places: one press, beside the answers and apart from them."""
    form = LevelForm(request.POST)
    if not form.is_valid():
        return _show(request, token, fault=str(form.errors["level"][0]), status=422)
    try:
        answering.report_capacity(token=token, item=item, level=form.cleaned_data["level"])
    except LinkClosed:
        raise
    except HouseError as error:
        return _show(request, token, fault=str(error.message), status=422)
    return redirect(reverse("confirm:page", args=[token], fragment=f"capacity-{item}"))


@secret_page
@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    try:
        answering.undo(token=token, items=request.POST.getlist("item"))
    except LinkClosed:
        raise
    except HouseError as error:
        return _show(request, token, fault=str(error.message), status=422)
    return redirect("confirm:page", token)


@secret_page
@require_http_methods(["GET", "POST"])
def new_link(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not we know the link or the address."""
    if request.method == "GET":
        return render(request, "doors/confirm/new_link.html", {"form": NewLinkForm()})
    form = NewLinkForm(request.POST)
    if not form.is_valid():
        return render(request, "doors/confirm/new_link.html", {"form": form}, status=422)
    request_new_link(**form.cleaned_data)
    return render(request, "doors/confirm/new_link_sent.html", {"network_email": settings.NETWORK_EMAIL})


@secret_page
@require_http_methods(["GET", "POST"])
def rhythm(request: HttpRequest, note: str) -> HttpResponse:
    """How often a person wants to be written to."""
    correspondent = correspondent_of(note)
    if correspondent is None or correspondent.left_at:
        raise Http404
    asked = request.POST if request.method == "POST" else None
    form = RhythmForm(asked, correspondent=correspondent)
    context: dict[str, object] = {"form": form, "correspondent": correspondent, "outcome": ""}
    if asked is None or not form.is_valid():
        return render(request, "doors/confirm/rhythm.html", context, status=200 if asked is None else 422)
    chosen = form.cleaned_data["rhythm"]
    correspondent = choose_rhythm(correspondent=correspondent, rhythm=chosen)
    context["outcome"] = "saved" if correspondent.rhythm == chosen else "weekly"
    return render(request, "doors/confirm/rhythm.html", context)


def _show(
    request: HttpRequest,
    token: str,
    *,
    forms: Faulty | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    link = answering.find_link(token)
    with one_page():
        context = page_context(link, token, forms or {}) | {"fault": fault}
    return render(request, "doors/confirm/page.html", context, status=status)


def _closed_link(request: HttpRequest, closed: LinkClosed, token: str) -> HttpResponse:
    """404 for a link that never existed, 410 for one that is over; both say what to do."""
    ours = closed.link is not None and closed.code == "expired"
    context = {
        "reason": closed.code,
        "can_renew": ours,
        "form": NewLinkForm(initial={"token": token if ours else ""}),
    }
    status = 404 if closed.code == "unknown" else 410
    return render(request, "doors/confirm/closed_link.html", context, status=status)
