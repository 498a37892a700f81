"""One application: how it stands to whoever reads it, writing it, scoring it, and every press on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from network.decisions.counting import count_of
from network.decisions.services.voting import voices_of
from network.grants import rights
from network.grants import services as grants
from network.grants.models import GrantApplication, GrantOpinion, GrantScore
from network.grants.models.scores import ACTIVE
from network.grants.models.words import BID_OPEN, BidState
from network.grants.stages import told_of
from workspace.coordination.doors import network_page
from workspace.network.decisions.doors import telling
from workspace.network.grants.deeds import AgreeForm, OutcomeForm, PutForm, ReviewerForm
from workspace.network.grants.forms import ApplicationWriteForm, ScoreForm
from workspace.network.grants.presenter import bid_line, plan_of, scores_of
from workspace.network.joining.doors import Step, pressed
from workspace.shared.forms import PlainForm
from workspace.shared.texts import worded

_BESIDE = ("call__body", "organization", "vote")
_SCORING = (BidState.ELIGIBLE, BidState.NEEDS_INFO)


def row_of(request: SignedInRequest, public_id: str) -> GrantApplication:
    rows = GrantApplication.objects.visible_to(request.user).select_related(*_BESIDE)
    return get_object_or_404(rows, public_id=public_id)


@network_page
@require_GET
def show(request: SignedInRequest, bid: str) -> HttpResponse:
    return _page(request, row_of(request, bid), {})


def _page(request: SignedInRequest, row: GrantApplication, forms: dict[str, PlainForm]) -> HttpResponse:
    user = request.user
    is_own = rights.is_inside(user, row.organization)
    context: dict[str, Any] = {
        "section": "network",
        "tab": "grants",
        "application": row,
        "call_title": worded(row.call, "title"),
        "line": bid_line(row, inside=not is_own),
        "plan": plan_of(row),
        "is_own": is_own,
        "grant": getattr(row, "grant", None),
        "stage": row.stage,
        "is_bound": list(forms),
        **(_of_own(user, row) if is_own else _of_others(request, row, forms)),
    }
    return render(request, "workspace/network/grants/application.html", context, status=422 if forms else 200)


def _of_own(user: Any, row: GrantApplication) -> dict[str, Any]:
    """What the applicant reads and may do: no score, no name of whoever decides."""
    stage = row.stage
    return {
        "told": told_of(row),
        "writes": rights.writes(user, row.organization) and stage == BidState.DRAFT,
        "sends": rights.manages(user, row.organization) and stage == BidState.DRAFT,
        "left": list(grants.missing(row).values()) if stage == BidState.DRAFT else [],
        "answers": rights.writes(user, row.organization) and stage == BidState.NEEDS_INFO,
        "withdraws": rights.manages(user, row.organization) and stage in BID_OPEN,
    }


# long: one key a line
def _of_others(request: SignedInRequest, row: GrantApplication, forms: dict[str, PlainForm]) -> dict[str, Any]:
    """What the committee, reviewers and coordinators read, and what this person may do."""
    user, stage = request.user, row.stage
    keeps = rights.keeps(user, row)
    told = scores_of(row, user)
    mine = row.scores.filter(reviewer=user, state__in=ACTIVE).first()
    asked = row.scores.filter(state__in=ACTIVE).count()
    opinions = GrantOpinion.objects.visible_to(user).filter(application=row).select_related("person")
    before_the_vote = (BidState.SENT, *_SCORING, BidState.SCORED)
    said_conflict = row.conflicts.filter(person=user).exists()
    found: dict[str, Any] = {
        "keeps": keeps,
        "scores": told,
        "mine": mine,
        "may_score": mine is not None and stage in _SCORING,
        "may_step_back": (mine is not None or rights.any_seat(user, row) is not None)
        and stage in before_the_vote
        and not said_conflict,
        "said_conflict": said_conflict,
        "conflicts": row.conflicts.select_related("person") if keeps else [],
        "opinions": opinions,
        "may_say": rights.coordinates(user, row) and stage in BID_OPEN,
        "may_ask": keeps and stage == BidState.ELIGIBLE and row.asked_on is None,
        "may_ask_reviewer": keeps and stage in _SCORING and asked < told["needed"],
        "reviewer_form": forms.get("reviewer") or ReviewerForm(row=row),
        "put_form": forms.get("put") or PutForm(),
        "outcome_form": forms.get("outcome") or OutcomeForm(row=row),
        "is_over": False,
    }
    if row.vote is not None:
        found |= _of_vote(user, row)
    return found


def _of_vote(user: Any, row: GrantApplication) -> dict[str, Any]:
    vote = row.vote
    if vote is None:
        return {}
    chosen = grants.chosen(vote)
    return {
        "vote": vote,
        "voice": voices_of(user, vote).exists(),
        "is_over": count_of(vote).outcome not in grants.WAITS,
        "chosen": chosen.label if chosen else "",
    }


@network_page
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest, bid: str) -> HttpResponse:
    row = row_of(request, bid)
    if not rights.writes(request.user, row.organization) or row.stage != BidState.DRAFT:
        raise Http404
    form = ApplicationWriteForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        with telling(form):
            grants.write(actor=request.user, application=row, **form.values())
            messages.success(request, _("Saved."))
            return redirect("workspace:network-grant-application", row.public_id)
    context = {"section": "network", "tab": "grants", "form": form, "application": row, **form.groups()}
    context["ceiling"] = row.call.ceiling
    return render(request, "workspace/network/grants/write.html", context, status=422 if form.is_bound else 200)


@network_page
@require_http_methods(["GET", "POST"])
def score(request: SignedInRequest, bid: str) -> HttpResponse:
    row = row_of(request, bid)
    mine = row.scores.filter(reviewer=request.user, state__in=ACTIVE).first()
    if mine is None or row.stage not in _SCORING:
        raise Http404
    initial: dict[str, object] = {f"mark_{one.criterion.position}": one.mark for one in mine.marks.all()}
    form = ScoreForm(
        request.POST if request.method == "POST" else None, row=row, initial=initial | {"reason": mine.reason}
    )
    if form.is_bound and form.is_valid():
        with telling(form):
            grants.give_score(actor=request.user, score=mine, **form.values())
            messages.success(request, _("Thank you. Your score is written down."))
            return redirect("workspace:network-grant-application", row.public_id)
    context = {"section": "network", "tab": "grants", "form": form, "application": row, "plan": plan_of(row)}
    context["line"] = bid_line(row, inside=True)
    return render(request, "workspace/network/grants/score.html", context, status=422 if form.is_bound else 200)


@network_page
@require_http_methods(["GET", "POST"])
def agree(request: SignedInRequest, bid: str) -> HttpResponse:
    row = row_of(request, bid)
    if not rights.keeps(request.user, row) or row.stage not in (BidState.GRANTED, BidState.CONDITIONS):
        raise Http404
    form = AgreeForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        with telling(form):
            made = grants.agree(actor=request.user, application=row, **form.values())
            messages.success(request, _("Written down. The grant runs."))
            return redirect("workspace:network-grant", made.public_id)
    context = {"section": "network", "tab": "grants", "form": form, "application": row}
    context["line"] = bid_line(row, inside=True)
    return render(request, "workspace/network/grants/agree.html", context, status=422 if form.is_bound else 200)


@network_page
@require_POST
def press(request: SignedInRequest, bid: str) -> HttpResponse:
    """One step of those on the page; a form that cannot be taken comes back as it was filled in."""
    row, step = row_of(request, bid), request.POST.get("step", "")
    made = _form(request, row, step)
    if made is None:
        return pressed(request, _steps(request, row), "workspace:network-grant-application", row.public_id)
    name, form, save = made
    if form.is_valid():
        with telling(form):
            save(form)
            messages.success(request, _("Written down."))
            return redirect("workspace:network-grant-application", row.public_id)
    return _page(request, row_of(request, bid), {name: form})


def _form(request: SignedInRequest, row: GrantApplication, step: str) -> tuple[str, PlainForm, Any] | None:
    """Name, form and service of the steps that have a form; none for somebody to whom the page does not show it."""
    if not rights.keeps(request.user, row):
        return None
    told: dict[str, Any] = {"actor": request.user, "application": row}
    if step == "reviewer":
        form: PlainForm = ReviewerForm(request.POST, row=row)
        return "reviewer", form, lambda one: grants.ask_score(**told, **one.cleaned_data)
    if step == "put":
        return "put", PutForm(request.POST), lambda one: grants.put_to_vote(**told, **one.values())
    if step == "outcome":
        form = OutcomeForm(request.POST, row=row)
        return "outcome", form, lambda one: grants.write_down(**told, **one.cleaned_data)
    return None


# long: one step a line
def _steps(request: SignedInRequest, row: GrantApplication) -> dict[str, Step]:
    post = request.POST
    told: dict[str, Any] = {"actor": request.user, "application": row}

    def release() -> GrantScore:
        score = GrantScore.objects.visible_to(request.user).get(application=row, public_id=post.get("score", ""))
        return grants.release(actor=request.user, score=score)

    return {
        "send": (lambda: grants.send(**told), _("Sent. How it goes on stands here.")),
        "answer": (lambda: grants.answer(**told, text=post.get("text", "")), _("Thank you. Your answer has arrived.")),
        "withdraw": (lambda: grants.withdraw(**told), _("Taken back.")),
        "take": (lambda: grants.take(**told), _("It fits the call. Next: two people score it.")),
        "refuse": (lambda: grants.refuse(**told, reason=post.get("reason", "")), _("The organisation was written to.")),
        "ask": (lambda: grants.ask(**told, question=post.get("question", "")), _("The organisation was asked.")),
        "release": (release, _("Somebody else may be asked now.")),
        "conflict": (
            lambda: grants.declare_conflict(**told, why=post.get("why", "")),
            _("Thank you for saying so. You are out of this application."),
        ),
        "need": (lambda: grants.say_need(**told, text=post.get("text", "")), _("Written down.")),
        "reserve": (lambda: grants.from_reserve(**told), _("Granted. The organisation was written to.")),
    }
