"""Votes: those that run, one of them, and every press on it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from core.errors import HouseError
from network.decisions import services as decisions
from network.decisions.models import Objection, Vote, Voter, kept_bodies
from network.decisions.models.words import VoteState
from workspace.network.decisions.doors import keepers_page, network_page, telling
from workspace.network.decisions.forms import VoteForm
from workspace.network.decisions.presenter import lines_of, page_of
from workspace.shared.pages import reason_of

SHOWN_AT_MOST = 60


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    rows = Vote.objects.visible_to(request.user).select_related("body")
    keeps = kept_bodies(request.user).exists()
    drafts = rows.filter(state=VoteState.DRAFT).order_by("-created_at", "-pk")
    context = {
        "section": "network",
        "tab": "votes",
        "running": lines_of(rows.running().order_by("closes_at", "pk"), request.user),
        "drafts": drafts if keeps else [],
        "over": lines_of(rows.over().order_by("-closes_at", "-pk")[:SHOWN_AT_MOST], request.user),
        "keeps": keeps,
    }
    return render(request, "workspace/network/decisions/votes.html", context)


@keepers_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    initial = {"paper": request.GET.get("paper", "")}
    form = VoteForm(request.POST if request.method == "POST" else None, user=request.user, initial=initial)
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        with telling(form):
            row = decisions.draft_vote(actor=request.user, closes_at=said.pop("closes_on"), **said)
            return redirect("workspace:network-vote", row.public_id)
    context = {"section": "network", "tab": "votes", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "workspace/network/decisions/vote_new.html", context, status=status)


@network_page
@require_GET
def show(request: SignedInRequest, vote: str) -> HttpResponse:
    row = _own(request, vote)
    context = {"section": "network", "tab": "votes"} | page_of(row, request.user)
    return render(request, "workspace/network/decisions/vote.html", context)


def _own(request: SignedInRequest, public_id: str) -> Vote:
    rows = Vote.objects.visible_to(request.user).select_related("body", "about", "paper__document")
    return get_object_or_404(rows, public_id=public_id)


@network_page
@require_POST
def press(request: SignedInRequest, vote: str) -> HttpResponse:
    """One press, named by `step`."""
    row = _own(request, vote)
    step = _steps(request, row).get(request.POST.get("step", ""))
    if step is None:
        messages.warning(request, _("Choose what to do."))
        return redirect("workspace:network-vote", row.public_id)
    try:
        step[0]()
    except HouseError as error:
        messages.warning(request, reason_of(error))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    except (ObjectDoesNotExist, ValueError):
        messages.warning(request, _("It has changed meanwhile. Please look at the page once more."))
    else:
        messages.success(request, step[1])
    return redirect("workspace:network-vote", row.public_id)


# long: one step a line
def _steps(request: SignedInRequest, row: Vote) -> dict[str, tuple[Callable[[], object], str]]:
    post, actor = request.POST, request.user

    def voice() -> Voter:
        return row.voters.get(pk=int(post.get("voice", "")))

    def objection() -> Objection:
        return Objection.objects.get(voter__vote=row, public_id=post.get("objection", ""))

    def colleague() -> User | None:
        return User.objects.get(pk=int(post["person"])) if post.get("person") else None

    return {
        "announce": (
            lambda: decisions.announce(actor=actor, vote=row),
            _("Announced. Everybody who has a voice was written to."),
        ),
        "cancel": (lambda: decisions.cancel(actor=actor, vote=row, reason=post.get("reason", "")), _("Called off.")),
        "cast": (
            lambda: decisions.cast(
                actor=actor,
                vote=row,
                voice=voice(),
                choice=post.get("choice", ""),
                reason=post.get("reason", ""),
            ),
            _("Your voice was counted."),
        ),
        "object": (
            lambda: decisions.object_to(actor=actor, vote=row, voice=voice(), text=post.get("text", "")),
            _("Written down. The council was told."),
        ),
        "answer": (
            lambda: decisions.answer_objection(
                actor=actor, objection=objection(), stands=post.get("stands") == "yes", answer=post.get("answer", "")
            ),
            _("Written down."),
        ),
        "delegate": (
            lambda: decisions.name_delegate(actor=actor, vote=row, voice=voice(), person=colleague()),
            _("Written down."),
        ),
    }
