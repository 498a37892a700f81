"""What a coordinator announces for a whole country, and the second word that a danger needs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.errors import NotAllowed
from core.geo.countries import country_name
from network.countries.notices import announce, second
from organizations.models import Visibility
from services.models import Notice, NoticeKind, NoticeLevel
from verification.editing import end_notice
from workspace.countries.forms import CountryNoticeForm
from workspace.countries.pages import code_of
from workspace.shared.pages import desk_page, reason_of, sent, show_form


@desk_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, country: str) -> HttpResponse:
    code = _coordinated(request, code_of(country))
    initial = {"level": NoticeLevel.INFO, "starts_on": clock.today(), "visibility": Visibility.PUBLIC}
    form = CountryNoticeForm(sent(request), initial=initial, country=code)
    if request.method == "POST" and form.is_valid():
        with form.collecting():
            saved = announce(actor=request.user, country=code, kind=_kind(form), **form.values())
            return _done(request, saved)
    return _page(request, form, code, None)


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, country_notice: str) -> HttpResponse:
    row = _row(request, country_notice)
    _coordinated(request, row.country)
    form = CountryNoticeForm(sent(request), row=row, country=row.country)
    if request.method == "POST" and form.is_valid():
        with form.collecting():
            return _done(request, announce(actor=request.user, notice=row, kind=_kind(form), **form.values()))
    return _page(request, form, row.country, row)


@desk_page
@require_POST
def press(request: SignedInRequest, country_notice: str) -> HttpResponse:
    """`second`: it is a danger, I say so too. `end`: take it down."""
    row = _row(request, country_notice)
    try:
        if request.POST.get("step") == "second":
            second(actor=request.user, notice=row)
            messages.success(request, _("Two people say so now: it stays a danger until its end."))
        else:
            _coordinated(request, row.country)
            end_notice(actor=request.user, notice=row)
            messages.success(request, _("The notice is taken down."))
    except NotAllowed as error:
        if error.code != "own_word":
            raise
        messages.error(request, reason_of(error))
    return redirect("workspace:country", row.country.lower())


def _kind(form: CountryNoticeForm) -> str:
    """What listings in the country are told: a change of law is no reason to stay away from a door."""
    is_quiet = form.cleaned_data["level"] == NoticeLevel.INFO
    return NoticeKind.LEGAL if is_quiet else NoticeKind.WARNING


def _row(request: SignedInRequest, public_id: str) -> Notice:
    """Of a whole country; the second word is for those who may decide about others."""
    if not request.user.is_verifier:
        raise Http404
    return get_object_or_404(Notice.objects.exclude(country=""), public_id=public_id)


def _coordinated(request: SignedInRequest, code: str) -> str:
    if not request.user.coordinates(code):
        raise Http404
    return code


def _done(request: SignedInRequest, notice: Notice) -> HttpResponse:
    is_alone = notice.level == NoticeLevel.DANGER and notice.seconded_at is None
    messages.success(
        request,
        _("It stands on the map. Ask a second person to say so too within a day, or it goes on as a warning.")
        if is_alone
        else _("The notice stands on the map."),
    )
    return redirect("workspace:country", notice.country.lower())


def _page(request: SignedInRequest, form: CountryNoticeForm, code: str, notice: Notice | None) -> HttpResponse:
    context = {"section": "countries", "code": code, "name": country_name(code), "notice": notice}
    return show_form(request, "workspace/countries/notice.html", form, context)
