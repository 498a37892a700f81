"""Words that people type, for whoever speaks the language: they read over what somebody else wrote.

Rule: these words are searched and never shown, so they are searched unchecked; here somebody says that they are right.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError, WrongState
from core.languages import by_code
from services.models.vocabulary import AttributeAnswer, Term
from services.spoken import Spoken, read_over, spoken_in, term_called
from workspace.shared.pages import desk_page
from workspace.translations.asked import language_asked
from workspace.translations.presenter import by

PER_PAGE = 40
WAITING, ALL = "waiting", "all"


@dataclass(frozen=True)
class WordsLine:
    """`value` names the term and the words as they are shown; `reader` has read them over."""

    term: Term
    spoken: Spoken
    is_own: bool
    reader: str = ""

    @property
    def value(self) -> str:
        return f"{self.term._meta.model_name}:{self.term.pk}:{self.spoken.seen}"

    @property
    def name(self) -> str:
        """In the language of the page; of an answer with its question."""
        own = str(self.term.name_i18n)  # type: ignore[attr-defined]  # added by modeltrans
        if not isinstance(self.term, AttributeAnswer):
            return own
        return f"{self.term.attribute.name_i18n}: {own}"  # type: ignore[attr-defined]

    @property
    def may_be_ticked(self) -> bool:
        return self.spoken.check is None and not self.is_own


@desk_page
@require_http_methods(["GET", "POST"])
def words(request: SignedInRequest, tongue: str) -> HttpResponse:
    """One language; what is ticked has been read over, all of it or nothing."""
    language = language_asked(request, tongue)
    if request.method == "GET":
        return _page(request, language)
    try:
        count = _tick(request, language)
    except HouseError as error:
        return _page(request, language, error)
    told = ngettext("Read over: the words of %(n)s term.", "Read over: the words of %(n)s terms.", count)
    messages.success(request, told % {"n": count})
    return redirect(reverse("workspace:translation-words", args=[language]))


@transaction.atomic
def _tick(request: SignedInRequest, language: str) -> int:
    ticked = request.POST.getlist("term")
    if not ticked:
        raise WrongState(_("Tick the words that you have read over."))
    for value in ticked:
        scheme, _colon, rest = value.partition(":")
        code, _colon, seen = rest.rpartition(":")
        term = term_called(scheme, code)
        if term is None or not seen:
            raise WrongState(_("The words have changed meanwhile. Look at them anew."))
        read_over(actor=request.user, term=term, languages=[language], seen=seen)
    return len(ticked)


def _page(request: SignedInRequest, language: str, error: HouseError | None = None) -> HttpResponse:
    lines = [
        WordsLine(
            term, one, one.writer == request.user, by(request.user, one.check.checked_by, "") if one.check else ""
        )
        for term, one in spoken_in(language)
    ]
    show = ALL if request.GET.get("show") == ALL else WAITING
    waiting = [line for line in lines if line.spoken.check is None]
    page = Paginator(waiting if show == WAITING else lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "translations",
        "language": by_code(language),
        "show": show,
        "shows": [(WAITING, _("Nobody has read over"), len(waiting)), (ALL, _("Everything"), len(lines))],
        "page": page,
        "may_tick": any(line.may_be_ticked for line in page),
        "ticked": request.POST.getlist("term"),
        "error": error,
    }
    return render(request, "workspace/translations/words.html", context, status=422 if error else 200)
