"""The translator's pages: how far languages are, a queue, a text with its sources, and the page in which it stands."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.languages import by_code
from translations import services
from translations.readiness import progress_of
from translations.rights import languages_of, may_look, translated_into
from translations.rows import expected, row_of
from translations.texts.units import Unit, every, find
from workspace.shared.pages import desk_page
from workspace.translations import pages
from workspace.translations.asked import STATES, TIERS, Queue, language_asked, queue_asked
from workspace.translations.presenter import told

PER_PAGE = 40


@desk_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Administrators see every language; translators their own."""
    if not may_look(request.user):
        raise Http404
    own = languages_of(request.user)
    units = every()
    shown = translated_into() if request.user.is_administrator else own
    context = {
        "section": "translations",
        "own": own,
        "progress": [progress_of(code, units) for code in shown],
        "is_administrator": request.user.is_administrator,
    }
    return render(request, "workspace/translations/index.html", context)


@desk_page
@require_GET
def queue(request: SignedInRequest, tongue: str) -> HttpResponse:
    language = language_asked(request, tongue)
    asked = queue_asked(language, request.GET)
    page = Paginator(asked.lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "translations",
        "language": by_code(language),
        "queue": asked,
        "page": page,
        "shows": [(name, _SHOWS[name](), asked.shows[name]) for name in STATES],
        "tiers": [(name, words, asked.tiers[name]) for name, (words, _number) in TIERS.items()],
        "progress": progress_of(language, every()),
    }
    return render(request, "workspace/translations/queue.html", context)


#: What the three parts of a queue are called.
_SHOWS: dict[str, Callable[[], str]] = {
    "write": lambda: _("To translate"),
    "check": lambda: _("To check"),
    "all": lambda: _("Everything"),
}


@desk_page
@require_http_methods(["GET", "POST"])
def unit(request: SignedInRequest, tongue: str, unit: str) -> HttpResponse:
    """One text. Saving goes on to the next one of the same queue."""
    language, found = language_asked(request, tongue), _unit(unit)
    asked = queue_asked(language, request.GET)
    if request.method == "GET":
        return _page(request, asked, found)
    try:
        row = services.write(
            actor=request.user,
            unit=found,
            language=language,
            forms=request.POST.getlist("form"),
            seen=request.POST.get("seen", ""),
        )
    except HouseError as error:
        return _page(request, asked, found, error)
    if row is None:
        messages.info(request, _("You have changed nothing, so nothing was saved."))
        return _here(asked, found)
    messages.success(request, _("Saved. Somebody else checks it."))
    return _on(asked, found)


@desk_page
@require_POST
def check(request: SignedInRequest, tongue: str, unit: str) -> HttpResponse:
    language, found = language_asked(request, tongue), _unit(unit)
    asked = queue_asked(language, request.GET)
    try:
        services.check(actor=request.user, unit=found, language=language, seen=request.POST.get("seen", ""))
    except HouseError as error:
        return _page(request, asked, found, error)
    messages.success(request, _("Checked. Readers see it as it is."))
    return _on(asked, found)


@desk_page
@require_POST
def remove(request: SignedInRequest, tongue: str, unit: str) -> HttpResponse:
    language, found = language_asked(request, tongue), _unit(unit)
    asked = queue_asked(language, request.GET)
    try:
        services.take_back(actor=request.user, unit=found, language=language, seen=request.POST.get("seen", ""))
    except HouseError as error:
        return _page(request, asked, found, error)
    messages.success(request, _("Taken back. Readers see the source."))
    return _here(asked, found)


@desk_page
@require_GET
def in_page(request: SignedInRequest, tongue: str, unit: str) -> HttpResponse:
    """A page of everybody's in this language, as readers meet the text, with the text marked."""
    language, found = language_asked(request, tongue), _unit(unit)
    return pages.page_with(request, language, found, row_of(found, language))


def _unit(identifier: str) -> Unit:
    """A text that everybody may read now; what was hidden since is not there."""
    found = find(identifier)
    if found is None:
        raise Http404
    return found


def _page(request: SignedInRequest, asked: Queue, unit: Unit, error: HouseError | None = None) -> HttpResponse:
    """The text with its sources; 422 with what was typed, where something is wrong."""
    row = row_of(unit, asked.language)
    typed = request.POST.getlist("form") if error else []
    context = told(request.user, asked, unit, row, typed) | {
        "section": "translations",
        "error": error,
        "seen": expected(unit, row),
    }
    return render(request, "workspace/translations/unit.html", context, status=422 if error else 200)


def _here(asked: Queue, unit: Unit) -> HttpResponse:
    return redirect(f"{reverse('workspace:translation', args=[asked.language, unit.id])}?{asked.question}")


def _on(asked: Queue, unit: Unit) -> HttpResponse:
    """To the next text of the queue; at its end to the queue."""
    following = asked.beside(unit, 1)
    if following is None or following.id == unit.id:
        return redirect(f"{reverse('workspace:translation-queue', args=[asked.language])}?{asked.question}")
    return _here(asked, following)
