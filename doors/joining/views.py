"""Joining, without a login or a script: the page with the calls, and one application behind its link.

Looking changes nothing. Whoever gives an address is told the same whether or not it is known: what is there goes to
the address alone. The address of an application is a secret: no cache keeps it and no other site learns of it.
"""

from __future__ import annotations

from typing import TypedDict

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.presses.once import remember
from core.errors import HouseError
from core.geo.countries import country_name
from core.languages import writing
from core.pages import askers
from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words
from doors.joining.forms import AddressForm, ApplicationForm, ReplyForm
from doors.shared import patience
from doors.shared.texts import worded
from doors.shared.views import HOUR, PublicFormView, held_up, sent, shown_anew
from network.joining import services as joining
from network.joining.models import Application, Call, NamedMember
from network.joining.models.words import ApplicationState
from network.joining.stages import told_of
from network.joining.transitions import DAYS
from reading.asked import Asked
from reading.presenters.news import declaration
from services.models import ServiceType, TargetGroup

#: Within an hour: above the calm number each of one network waits longer, only a machine gets further.
CALM_BY_ASKER, REFUSED_ABOVE = 3, 20
#: So many letters go to one address in a day; the page says the same afterwards.
LETTERS_A_DAY = 4
DAY = 24 * HOUR


class CallLine(TypedDict):
    row: Call
    is_open: bool
    opens: str
    closes: str


class CallsView(PublicFormView):
    """`/join/`: what the network is, what is asked, the calls, and a field for an address."""

    def finalize_response(self, request: Request, response: Response, *args: object, **kwargs: object) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            del response["X-Robots-Tag"]  # whoever looks for the network finds the way in
        return response

    def get(self, request: Request) -> Response:
        return _page(AddressForm())

    def post(self, request: Request) -> Response:
        form = AddressForm(sent(request))
        if not form.is_valid():
            shown_anew(form)
            return _page(form, status=400)
        if not patience.take(form.cleaned_data["ticket"]):
            held = held_up(request, form, what="applications", calm=CALM_BY_ASKER, refused_above=REFUSED_ABOVE)
            if held is not None:
                response = _page(form, status=429)
                if held.seconds:
                    response["Retry-After"] = str(held.seconds)
                return response
        email = form.cleaned_data["email"]
        if askers.count("application-letters", email.lower(), DAY) <= LETTERS_A_DAY:
            joining.begin(call=form.cleaned_data["call"], email=email, language=writing())
        context = {"email": email, "days": DAYS[ApplicationState.DRAFT]}
        return remember(Response(context, template_name="doors/joining/letter_sent.html"))


def _page(form: AddressForm, status: int = 200) -> Response:
    calls = [_line(row) for row in Call.objects.public()]
    named = NamedMember.objects.filter(organization__member_status="member").select_related("organization")
    context = {
        "form": form,
        "calls": calls,
        "is_open": any(line["is_open"] for line in calls),
        "members": sorted((worded(row.organization, "name"), row.organization.website) for row in named),
        "declaration": declaration(Asked.now("public")),
        "days": DAYS,
    }
    return Response(context, status=status, template_name="doors/joining/join.html")


def _line(row: Call) -> CallLine:
    closes = day_in_words(row.closes_on) if row.closes_on else ""
    return {"row": row, "is_open": row.is_open, "opens": day_in_words(row.opens_on), "closes": closes}


class ApplicationView(PublicFormView):
    """`/join/<token>/`: the draft while it is one, then how the application stands."""

    def finalize_response(self, request: Request, response: Response, *args: object, **kwargs: object) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        return response

    def get(self, request: Request, token: str) -> Response:
        return _show(_found(token), token, said=_done(request.query_params.get("done", "")))

    def post(self, request: Request, token: str) -> HttpResponse:
        row, step = _found(token), str(sent(request).get("step", ""))
        try:
            if step in ("save", "send"):
                return _keep(request, row, token, sending=step == "send")
            if step == "answer":
                return _answer(request, row, token)
            if step == "withdraw":
                joining.withdraw(application=row)
            elif step == "invite":
                joining.invite_applicant(application=row)
        except HouseError as error:
            return _show(_found(token), token, said=str(error.message), status=409)
        return _back(token, step)


def _back(token: str, done: str) -> HttpResponse:
    """To the page as it is now, which says what was done: a reload does nothing twice."""
    return HttpResponseRedirect(path_to(Page.APPLICATION, token, done=done))


def _done(step: str) -> str:
    words = {
        "save": _("Saved. You can come back by the link in your letter."),
        "answer": _("Thank you. Your answer has arrived."),
        "invite": _("The letter with the link into the workspace is on its way."),
    }
    return words.get(step, "")


def _found(token: str) -> Application:
    row = joining.find(token)
    if row is None:
        raise NotFound
    return row


def _keep(request: Request, row: Application, token: str, *, sending: bool) -> HttpResponse:
    """What is good is kept in any case, so that no fault of one field loses another one."""
    form = ApplicationForm(sent(request), application=row, sending=sending)
    if not form.is_valid():
        joining.save_draft(application=row, fields=form.values())
        return _show(row, token, form=form, said=_("What you wrote is kept."), status=400)
    try:
        if sending:
            joining.send(application=row, fields=form.values())
        else:
            joining.save_draft(application=row, fields=form.values())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _show(row, token, form=form, status=400)
    return _back(token, "send" if sending else "save")


def _answer(request: Request, row: Application, token: str) -> HttpResponse:
    form = ReplyForm(sent(request))
    if not form.is_valid():
        return _show(row, token, answer=form, status=400)
    joining.answer_question(application=row, text=form.cleaned_data["answer"])
    return _back(token, "answer")


def _show(
    row: Application,
    token: str,
    *,
    form: ApplicationForm | None = None,
    answer: ReplyForm | None = None,
    said: str = "",
    status: int = 200,
) -> Response:
    stage = row.stage
    context = {
        "application": row,
        "token": token,
        "told": told_of(row),
        "said": said,
        "stage": stage.value,
        "form": None,
        "declaration": declaration(Asked.now("public")),
    }
    if stage == ApplicationState.DRAFT:
        context["form"] = form or ApplicationForm(application=row)
        return Response(context, status=status, template_name="doors/joining/draft.html")
    context |= _sent(row) | {"answer_form": answer or ReplyForm(), "questions": list(row.questions.all())}
    context |= {"may_withdraw": not row.is_ended, "shows_person": True}
    return Response(context, status=status, template_name="doors/joining/application.html")


def _sent(row: Application) -> dict[str, object]:
    """What was sent, in words."""
    groups = TargetGroup.objects.filter(code__in=row.groups).order_by("position", "code")
    services = ServiceType.objects.filter(code__in=row.services).order_by("position", "code")
    pairs = zip(row.call.asked, [*row.answers, *[""] * len(row.call.asked)], strict=False)
    return {
        "countries": [country_name(code) for code in row.countries],
        "groups": [worded(one, "name") for one in groups],
        "services": [worded(one, "name") for one in services],
        "answered": [(question, answer) for question, answer in pairs if answer],
        "referees": [worded(one, "name") for one in (row.referee_one, row.referee_two) if one],
        "items": joining.items_of(row) if row.stage == ApplicationState.ACCEPTED else [],
    }
