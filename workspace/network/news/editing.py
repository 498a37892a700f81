"""Assembling a digest, ordering its lines, looking at what goes, sending it. For coordinators."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import StaleWrite, WrongState
from core.phrasing.dates import month_in_words
from network.news import services as news
from network.news.models import Digest, DigestLine
from workspace.coordination.doors import coordinators_page
from workspace.network.news.forms import AssembleForm, OpeningForm
from workspace.network.news.presenter import draft_of, letters_of
from workspace.shared.pages import editable, reason_of, sent, show_form


@coordinators_page
@require_POST
def assemble(request: SignedInRequest) -> HttpResponse:
    """A new draft, or the lines of one anew."""
    form = AssembleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a month and for whom."))
        return redirect("workspace:network-news")
    try:
        row = news.assemble(actor=request.user, month=form.chosen_month, audience=form.cleaned_data["audience"])
    except (WrongState, StaleWrite) as error:
        messages.error(request, reason_of(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Assembled from what happened. Leave out, order, write an opening."))
        return redirect("workspace:network-digest-edit", row.public_id)
    return redirect("workspace:network-news")


@coordinators_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, draft: str) -> HttpResponse:
    """A POST saves the opening."""
    row = editable(Digest, request, public_id=draft)
    form = OpeningForm(sent(request), row=row)
    if request.method == "POST" and form.is_valid():
        with form.collecting():
            news.save_opening(actor=request.user, digest=row, **form.values())
            messages.success(request, _("Saved."))
            return redirect("workspace:network-digest-edit", row.public_id)
    context = {
        "section": "network",
        "tab": "news",
        "digest": row,
        "name": month_in_words(row.month),
        "sections": draft_of(row),
    }
    return show_form(request, "workspace/network/news/edit.html", form, context)


def _up(request: SignedInRequest, row: Digest, line: DigestLine) -> None:
    news.move(actor=request.user, digest=row, line=line, up=True)


def _down(request: SignedInRequest, row: Digest, line: DigestLine) -> None:
    news.move(actor=request.user, digest=row, line=line, up=False)


def _out(request: SignedInRequest, row: Digest, line: DigestLine) -> None:
    news.take_out(actor=request.user, digest=row, line=line)


def _back(request: SignedInRequest, row: Digest, line: DigestLine) -> None:
    news.put_back(actor=request.user, digest=row, line=line)


_STEPS: dict[str, Callable[[SignedInRequest, Digest, DigestLine], None]] = {
    "up": _up, "down": _down, "out": _out, "back": _back,
}  # fmt: skip


@coordinators_page
@require_POST
def line(request: SignedInRequest, draft: str) -> HttpResponse:
    """`step`: up, down, out, back."""
    row = editable(Digest, request, public_id=draft)
    step = _STEPS.get(request.POST.get("step", ""))
    found = row.lines.filter(public_id=request.POST.get("line", "")).first()
    if step is None or found is None:
        raise Http404
    try:
        step(request, row, found)
    except (WrongState, StaleWrite) as error:
        messages.error(request, reason_of(error))
    address = redirect("workspace:network-digest-edit", row.public_id)
    address["Location"] += f"#line-{found.public_id}"
    return address


@coordinators_page
@require_http_methods(["GET", "POST"])
def preview(request: SignedInRequest, draft: str) -> HttpResponse:
    """Exactly what goes, and to how many. A POST sends it."""
    row = editable(Digest, request, public_id=draft)
    if request.method == "POST":
        looked_at = request.POST.get("version", "")
        try:
            done = news.send(
                actor=request.user, digest=row, expected_version=int(looked_at) if looked_at.isdecimal() else 0
            )
        except (WrongState, StaleWrite) as error:
            messages.error(request, reason_of(error))
            return redirect("workspace:network-digest-preview", row.public_id)
        said = ngettext("Sent: %(n)d letter is on its way.", "Sent: %(n)d letters are on their way.", done.letters)
        messages.success(request, said % {"n": done.letters})
        return redirect("workspace:network-digest", row.public_id)
    context = {
        "section": "network",
        "tab": "news",
        "digest": row,
        "name": month_in_words(row.month),
        "letters": letters_of(row),
        "recipients": news.recipients(row),
    }
    return render(request, "workspace/network/news/preview.html", context)
