"""Pages with a form for anybody, and the line in which a crowded network waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.pages import askers
from doors.shared import patience
from doors.shared.forms import StrangersForm, fresh_stamp

HOUR = 3600
ANSWERS = 30


def sent(request: Request) -> QueryDict:
    """The fields of the form: the parsers of the view take forms only."""
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


@dataclass(frozen=True)
class HeldUp:
    """The form says why it was not taken; `seconds` are left to wait, 0 for a refusal."""

    seconds: int


def shown_anew(form: StrangersForm) -> None:
    """A form that lay open for too long, or was sent too quickly, gets a new moment; all that was typed stays."""
    if "shown" in form.errors:
        form.data = cast(QueryDict, form.data).copy()
        form.data["shown"] = fresh_stamp()


def held_up(request: Request, form: StrangersForm, *, what: str, calm: int, refused_above: int) -> HeldUp | None:
    """Within an hour: above the calm number each of one network waits longer than the one before it, and only a

    machine gets further. None for what is taken as it comes.
    """
    ticket = form.cleaned_data["ticket"]
    if seconds := patience.seconds_left(ticket):
        return _ask_to_wait(form, patience.Ticket(ticket, seconds))
    by_asker = askers.count(what, askers.asker_of(request), HOUR)
    if by_asker > refused_above:
        form.add_error(None, _("Too many reports within an hour. Please try again later, or write to the network."))
        return HeldUp(0)
    above = by_asker - calm
    return _ask_to_wait(form, patience.ticket_for(above)) if above > 0 else None


def _ask_to_wait(form: StrangersForm, ticket: patience.Ticket) -> HeldUp:
    """The form keeps all that was typed, and says from when on it is taken."""
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
    return HeldUp(ticket.seconds)


def too_many_codes(request: Request, what: str) -> bool:
    """Whether somebody has tried so many codes that they are guessing."""
    return askers.count(what, askers.asker_of(request), HOUR) > ANSWERS
