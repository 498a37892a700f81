"""Saying that something is wrong, without a login and without a cookie.

The form lists what the public sees of the place, read as the public; so nobody learns here of a listing that is not
theirs to see. Writing it down is the only thing that leaves the public's role.
"""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.presses.once import remember
from core.languages import writing
from core.pages import askers
from directory.access import public_read
from directory.asking import queries
from directory.vocabulary import as_read
from doors.reporting.forms import AnswerForm, ReportForm
from doors.shared import patience
from doors.shared.views import HOUR, PublicFormView, held_up, sent, shown_anew, too_many_codes
from reading.presenters.parts import text
from services.models import ServiceAtLocation
from verification import services as verification

#: Within an hour. What is above the calm numbers is kept apart, where nobody is woken by it: a proxy of a whole town
#: must not silence anybody, and a flood must not bury the others. Each of one network waits longer than the one before
#: it (`patience`); only a machine gets further.
CALM_BY_ASKER, CALM_ABOUT_LISTING, REFUSED_ABOVE = 5, 10, 60


def _services(place_id: str) -> tuple[str, list[tuple[str, str]]]:
    """The title of a public place and its services as (id, title); 404 when the public does not know it."""
    with public_read():
        rows = queries.place("public", place_id)
        if not rows:
            raise Http404
        title = text(rows[0], "place") or text(rows[0], "organization")
        services = [
            (row.id, as_read({language: part.get("title", "") for language, part in row.content.items()}))
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
        form = ReportForm(sent(request), services=services)
        if not form.is_valid():
            shown_anew(form)
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
            language=writing(),
            in_flood=in_line or about_listing > CALM_ABOUT_LISTING,
        )
        context = {"title": title, "place_id": place_id, "code": code}
        return remember(Response(context, template_name="doors/reporting/thanks.html"))

    def _not_yet(self, request: Request, place_id: str, title: str, form: ReportForm) -> Response | None:
        """The page that asks to wait, or refuses; None for a report that is taken as it comes."""
        held = held_up(request, form, what="reports", calm=CALM_BY_ASKER, refused_above=REFUSED_ABOVE)
        if held is None:
            return None
        response = self._page(place_id, title, form, status=429)
        if held.seconds:
            response["Retry-After"] = str(held.seconds)
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
        form = AnswerForm(sent(request))
        report = None
        if form.is_valid():
            if too_many_codes(request, "report-answers"):
                form.add_error(None, _("Too many tries within an hour. Please try again later."))
            else:
                report = verification.find_report(form.cleaned_data["code"])
                if report is None:
                    form.add_error("code", _("There is no report with this code. Please compare it letter by letter."))
        context = {"form": form, "report": report}
        return Response(context, status=200 if report else 400, template_name=self.template_name)
