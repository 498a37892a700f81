"""Saying that something is wrong, without a login and without a cookie.

The form lists what the public sees of the place, read as the public; so nobody learns here of a listing that is not
theirs to see. Writing it down is the only thing that leaves the public's role.
"""

from __future__ import annotations

from typing import cast

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.once import remember
from core import askers
from core.languages import active
from directory import queries
from directory.access import public_read
from directory.vocabulary import localised
from doors.reporting import patience
from doors.reporting.forms import AnswerForm, ReportForm, fresh_stamp
from services.models import ServiceAtLocation
from verification import services as verification

HOUR = 3600
#: Within an hour. What is above the calm numbers is kept apart, where nobody is woken by it: a proxy of a whole town
#: must not silence anybody, and a flood must not bury the others. Each of one network waits longer than the one before
#: it (`patience`); only a machine gets further.
CALM_BY_ASKER, CALM_ABOUT_LISTING, REFUSED_ABOVE = 5, 10, 60
ANSWERS = 30


def _sent(request: Request) -> QueryDict:
    """The fields of the form: the parsers above take forms only."""
    return cast(QueryDict, request.data)


class PublicFormView(APIView):
    """A page with a form for anybody. No session is opened, so there is nothing that a forged request could use."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (FormParser, MultiPartParser)
    renderer_classes = (TemplateHTMLRenderer,)
    metadata_class = None  # a form has nothing to tell by OPTIONS
    schema = None

    def finalize_response(self, request: Request, response: Response, *args: object, **kwargs: object) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response


def _services(place_id: str) -> tuple[str, list[tuple[str, str]]]:
    """The title of a public place and its services as (id, title); 404 when the public does not know it."""
    with public_read():
        rows = queries.place("public", place_id)
        if not rows:
            raise Http404
        texts = [{language: part.get(name, "") for language, part in rows[0].content.items()}
                 for name in ("place", "organization")]  # fmt: skip
        title = next((words for words in map(localised, texts) if words), "")
        services = [
            (row.id, localised({language: part.get("title", "") for language, part in row.content.items()}))
            for row in rows
        ]
    return title, services


class ReportView(PublicFormView):
    """`/places/<id>/report/`: the form, and after sending the code for the answer."""

    def get(self, request: Request, place_id: str) -> Response:
        title, services = _services(place_id)
        chosen = str(request.query_params.get("service", ""))
        form = ReportForm(services=services, initial={"listing": chosen})
        return self._page(place_id, title, form)

    def post(self, request: Request, place_id: str) -> Response:
        title, services = _services(place_id)
        form = ReportForm(_sent(request), services=services)
        if not form.is_valid():
            if "shown" in form.errors:
                form.data = _sent(request).copy()
                form.data["shown"] = fresh_stamp()
            return self._page(place_id, title, form, status=400)
        listing = ServiceAtLocation.objects.get(public_id=form.cleaned_data["listing"])
        in_line = patience.take(form.cleaned_data["ticket"])
        if not in_line and (answer := self._not_yet(request, place_id, title, form)):
            return answer
        about_listing = askers.count("reports", listing.public_id, HOUR)
        _report, code = verification.receive_report(
            listing=listing,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            contact=form.cleaned_data["contact"],
            language=active(),
            in_flood=in_line or about_listing > CALM_ABOUT_LISTING,
        )
        context = {"title": title, "place_id": place_id, "code": code}
        return remember(Response(context, template_name="doors/reporting/thanks.html"))

    def _not_yet(self, request: Request, place_id: str, title: str, form: ReportForm) -> Response | None:
        """The page that asks to wait, or refuses; None for a report that is taken as it comes."""
        ticket = form.cleaned_data["ticket"]
        if seconds := patience.seconds_left(ticket):
            return self._wait(place_id, title, form, patience.Ticket(ticket, seconds))
        by_asker = askers.count("reports", askers.asker_of(request), HOUR)
        if by_asker > REFUSED_ABOVE:
            form.add_error(None, _("Too many reports within an hour. Please try again later, or write to the network."))
            return self._page(place_id, title, form, status=429)
        above = by_asker - CALM_BY_ASKER
        return self._wait(place_id, title, form, patience.ticket_for(above)) if above > 0 else None

    def _wait(self, place_id: str, title: str, form: ReportForm, ticket: patience.Ticket) -> Response:
        """The form again, with all that was typed: from when on it is taken."""
        words = ngettext(
            "Very many reports come from your network just now. Yours is not lost: please wait %(seconds)s second,"
            " then press “Send” once more.",
            "Very many reports come from your network just now. Yours is not lost: please wait %(seconds)s seconds,"
            " then press “Send” once more.",
            ticket.seconds,
        )
        form.add_error(None, words % {"seconds": ticket.seconds})
        form.data = cast(QueryDict, form.data).copy()
        form.data["ticket"] = ticket.code
        response = self._page(place_id, title, form, status=429)
        response["Retry-After"] = str(ticket.seconds)
        return response

    def _page(self, place_id: str, title: str, form: ReportForm, status: int = 200) -> Response:
        context = {"form": form, "title": title, "place_id": place_id}
        return Response(context, status=status, template_name="doors/reporting/report.html")


class AnswerView(PublicFormView):
    """`/report-answer/`: what became of a report, by its code. The code travels in the body of a POST."""

    template_name = "doors/reporting/answer.html"

    def get(self, request: Request) -> Response:
        return Response({"form": AnswerForm(), "report": None}, template_name=self.template_name)

    def post(self, request: Request) -> Response:
        form = AnswerForm(_sent(request))
        report = None
        if form.is_valid():
            if askers.count("report answers", askers.asker_of(request), HOUR) > ANSWERS:
                form.add_error(None, _("Too many tries within an hour. Please try again later."))
            else:
                report = verification.find_report(form.cleaned_data["code"])
                if report is None:
                    form.add_error("code", _("There is no report with this code. Please compare it letter by letter."))
        context = {"form": form, "report": report}
        return Response(context, status=200 if report else 400, template_name=self.template_name)
