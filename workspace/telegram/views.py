"""One's chat in Telegram: linking it, of which countries it warns, ending it. Nothing of it is there without a bot."""

from __future__ import annotations

import io
import re

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.geo.countries import country_name
from messaging import telegram
from messaging.models import TelegramAccount, TelegramGroup
from messaging.people import gets_letters
from organizations.models import Organization
from workspace.shared.pages import desk_page

#: What a link carries; it leads to the bot whatever it is.
_TOKEN = re.compile(r"[\w-]{24}", re.ASCII)


class DigitsForm(forms.Form):
    digits = forms.CharField(
        label=gettext_lazy("Six digits from the chat"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}),
        error_messages={"required": gettext_lazy("Write the six digits that the bot has sent.")},
    )


@desk_page
@require_http_methods(["GET", "POST"])
@sensitive_variables("token")
def index(request: SignedInRequest) -> HttpResponse:
    """A press makes a new link; it is shown in the answer, and nowhere again."""
    _need_bot(request)
    token = telegram.begin_linking(user=request.user) if request.method == "POST" else ""
    return _page(request, token=token)


@desk_page
@require_POST
@sensitive_post_parameters("digits", "token")
def digits(request: SignedInRequest) -> HttpResponse:
    _need_bot(request)
    form = DigitsForm(request.POST)
    if form.is_valid():
        try:
            telegram.finish_linking(user=request.user, digits=form.cleaned_data["digits"])
        except HouseError as error:
            form.add_error("digits", str(error.message))
        else:
            messages.success(request, _("Linked. What the bot may tell you comes to this chat from now on."))
            return redirect("workspace:telegram")
    shown = request.POST.get("token", "")  # the link stays on the page until it is used
    return _page(request, token=shown if _TOKEN.fullmatch(shown) else "", form=form, status=422)


@desk_page
@require_POST
def countries(request: SignedInRequest) -> HttpResponse:
    _need_bot(request)
    try:
        telegram.choose_countries(user=request.user, countries=request.POST.getlist("country"))
    except HouseError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Saved."))
    return redirect("workspace:telegram")


@desk_page
@require_POST
def end(request: SignedInRequest) -> HttpResponse:
    _need_bot(request)
    if telegram.unlink(user=request.user):
        messages.success(request, _("Unlinked. The chat is forgotten, letters come by e-mail."))
    return redirect("workspace:telegram")


@desk_page
@require_POST
@sensitive_variables("token")
def group(request: SignedInRequest) -> HttpResponse:
    """A link by which an administrator takes the bot into a group of the network."""
    _need_bot(request)
    return _page(request, group_token=telegram.begin_linking(user=request.user, for_group=True))


@desk_page
@require_POST
def group_end(request: SignedInRequest) -> HttpResponse:
    _need_bot(request)
    if not request.user.is_administrator:
        raise Http404
    number = request.POST.get("group", "")
    known = number.isascii() and number.isdecimal() and len(number) < 10
    if known and TelegramGroup.objects.filter(pk=int(number)).delete()[0]:
        messages.success(request, _("The group gets no more news. Take the bot out of it there."))
    return redirect("workspace:telegram")


def _need_bot(request: SignedInRequest) -> None:
    if not settings.TELEGRAM_BOT or not gets_letters(request.user):
        raise Http404


@sensitive_variables("token", "group_token", "link")
def _page(
    request: SignedInRequest, *, token: str = "", group_token: str = "", form: DigitsForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    account = TelegramAccount.objects.filter(user=request.user).select_related("user").first()
    link = f"https://t.me/{settings.TELEGRAM_BOT}?start={token}" if token else ""
    admin = request.user.is_administrator
    context = {
        "section": "telegram",
        "bot": settings.TELEGRAM_BOT,
        "account": account,
        "link": link,
        "token": token,
        "code": _code(link) if link else "",
        "group_link": f"https://t.me/{settings.TELEGRAM_BOT}?startgroup={group_token}" if group_token else "",
        "form": form or DigitsForm(),
        "asks_digits": bool(token) or form is not None,
        "countries": _countries(account),
        "groups": TelegramGroup.objects.order_by("linked_at") if admin else (),
        "may_link_groups": admin,
    }
    return render(request, "workspace/telegram/index.html", context, status=status)


def _countries(account: TelegramAccount | None) -> list[dict[str, object]]:
    """Those in which the network works, and what was chosen."""
    chosen = set(account.countries) if account else set()
    known = set(Organization.objects.in_network().values_list("registration_country", flat=True)) | chosen
    named = sorted((country_name(code), code) for code in known if code)
    return [{"code": code, "name": name, "is_chosen": code in chosen} for name, code in named]


def _code(link: str) -> SafeString:
    """The link as a picture for a phone that stands beside; its text says what it is."""
    found = io.BytesIO()
    title = _("The link as a picture for the camera of a phone")
    segno.make(link, error="m").save(
        found, kind="svg", scale=4, xmldecl=False, svgclass=None, lineclass=None, title=title
    )
    return SafeString(found.getvalue().decode())
