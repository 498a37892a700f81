"""Saying that a service is missing, or that a page keeps somebody out, without a login, a cookie or a name.

Nobody learns here what the network knows already: whether it is a duplicate is for the coordinator to see.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.presses.once import remember
from core.geo.ground import ground
from core.languages import active, writing
from core.pages import askers
from core.pages.addresses import Page, path_to
from directory.access import public_read
from directory.asking import queries
from doors.shared import patience
from doors.shared.forms import CodeForm
from doors.shared.views import HOUR, HeldUp, PublicFormView, held_up, sent, shown_anew, too_many_codes
from doors.suggesting.forms import BarrierForm, SuggestionForm
from verification import services as verification
from verification.models import Suggestion
from verification.services.asked.suggestions import TellsADoor

#: Within an hour, as for reports: above the calm number each of one network waits longer, only a machine gets further.
#: So many of a kind for one country within an hour are a flood, and the rest of them waits apart.
CALM_BY_ASKER, CALM_FOR_COUNTRY, REFUSED_ABOVE = 3, 20, 40


class SuggestionView(PublicFormView):
    """`/suggest/`: the form, and after sending the code for the answer."""

    def get(self, request: Request) -> Response:
        chosen = str(request.query_params.get("country", ""))[:2].upper()
        return self._page(SuggestionForm(initial={"country": chosen, "language": writing()}))

    def post(self, request: Request) -> Response:
        form = SuggestionForm(sent(request))
        if not form.is_valid():
            shown_anew(form)
            return self._page(form, status=400)
        in_line = patience.take(form.cleaned_data["ticket"])
        if not in_line and (answer := self._not_yet(request, form)):
            return answer
        code = _keep(form, in_line=in_line)
        if code is None:
            return self._page(form, status=400)
        context = {"code": code, "days": verification.ANSWER_DAYS}
        return remember(Response(context, template_name="doors/suggesting/thanks.html"))

    def _not_yet(self, request: Request, form: SuggestionForm) -> Response | None:
        held = _held(request, form)
        if held is None:
            return None
        response = self._page(form, status=429)
        if held.seconds:
            response["Retry-After"] = str(held.seconds)
        return response

    def _page(self, form: SuggestionForm, status: int = 200) -> Response:
        pin = {
            "basemap": ground(),
            "labels_url": static("basemap/labels.json"),
            "lang": active(),
            "city": None,
            "texts": {
                "pin": _("The place that you mean"),
                "moved": _("The pin stands at %(lat)s, %(lon)s."),
                "removed": _("The pin is gone."),
            },
        }
        context = {"form": form, "pin_config": pin}
        return Response(context, status=status, template_name="doors/suggesting/suggest.html")


def _keep(form: SuggestionForm, *, in_line: bool) -> str | None:
    """Write it down; None when the form now says what is in the way."""
    values = form.cleaned_data
    names = ("what", "kind", "country", "city", "reach", "known_from", "text", "language")
    for_country = askers.count("suggestions-for", values["country"], HOUR)
    try:
        _row, code = verification.receive_suggestion(
            **{name: values[name] for name in names},
            point=form.point,
            in_flood=in_line or for_country > CALM_FOR_COUNTRY,
        )
    except TellsADoor as error:
        form.add_error(error.field, str(error.message))
        return None
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    return code


class AccessView(PublicFormView):
    """`/suggest/access/`: what keeps somebody out of a page of this site; the accessibility statement leads here."""

    def get(self, request: Request) -> Response:
        return self._page(BarrierForm(initial={"language": writing()}))

    def post(self, request: Request) -> Response:
        form = BarrierForm(sent(request))
        if not form.is_valid():
            shown_anew(form)
            return self._page(form, status=400)
        held = None if patience.take(form.cleaned_data["ticket"]) else _held(request, form)
        if held is not None:
            response = self._page(form, status=429)
            if held.seconds:
                response["Retry-After"] = str(held.seconds)
            return response
        code = _keep_barrier(form)
        if code is None:
            return self._page(form, status=400)
        context = {"code": code, "days": verification.BARRIER_DAYS}
        return remember(Response(context, template_name="doors/suggesting/thanks.html"))

    def _page(self, form: BarrierForm, status: int = 200) -> Response:
        context = {"form": form, "days": verification.BARRIER_DAYS}
        return Response(context, status=status, template_name="doors/suggesting/access.html")


def _keep_barrier(form: BarrierForm) -> str | None:
    """As `_keep`. An answer is promised: whoever waited in line is not kept apart, nor do wishes for help count."""
    names = ("what", "where", "text", "country", "language")
    for_country = askers.count("barriers-for", form.cleaned_data["country"], HOUR)
    try:
        _row, code = verification.receive_barrier(
            **{name: form.cleaned_data[name] for name in names}, in_flood=for_country > CALM_FOR_COUNTRY
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    return code


def _held(request: Request, form: BarrierForm | SuggestionForm) -> HeldUp | None:
    return held_up(request, form, what="suggestions", calm=CALM_BY_ASKER, refused_above=REFUSED_ABOVE)


class SuggestionAnswerView(PublicFormView):
    """`/suggest/answer/`: what became of a suggestion, by its code. The code travels in the body of a POST."""

    template_name = "doors/suggesting/answer.html"

    def get(self, request: Request) -> Response:
        return Response({"form": CodeForm(), "suggestion": None}, template_name=self.template_name)

    def post(self, request: Request) -> Response:
        form, found = CodeForm(sent(request)), None
        if form.is_valid():
            if too_many_codes(request, "suggestion-answers"):
                form.add_error(None, _("Too many tries within an hour. Please try again later."))
            else:
                found = verification.find_suggestion(form.cleaned_data["code"])
                if found is None:
                    words = _("There is no suggestion with this code. Please compare it letter by letter.")
                    form.add_error("code", words)
        context = {"form": form, "suggestion": found, "place_url": _on_the_map(found) if found else ""}
        return Response(context, status=200 if found else 400, template_name=self.template_name)


def _on_the_map(suggestion: Suggestion) -> str:
    """The page of the place, when everybody finds it there by now; read as the public."""
    listing = suggestion.listing
    if listing is None or listing.location is None:
        return ""
    place = listing.location.public_id
    with public_read():
        shown = {row.id for row in queries.place("public", place)}
    return path_to(Page.PLACE, place) if listing.public_id in shown else ""
