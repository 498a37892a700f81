"""Letters with news, without a login and without a cookie.

Rule: the answer to an address is the same whatever is known of it. A link in a letter opens a page, and only a press
there changes anything: programs that look at mail open links.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.presses.once import remember
from core.languages import known
from doors.shared import patience
from doors.shared.views import PublicFormView, held_up, sent, shown_anew
from doors.subscribing.forms import ChoiceForm, SubscribeForm
from network.news import services as news
from network.news.models import Subscription

#: Within an hour, of one network; as for reports.
CALM_BY_ASKER, REFUSED_ABOVE = 5, 60


class SubscribeView(PublicFormView):
    """`/news/letters/`: an address and what to write about."""

    def get(self, request: Request) -> Response:
        return _form(SubscribeForm())

    def post(self, request: Request) -> Response:
        form = SubscribeForm(sent(request))
        if not form.is_valid():
            shown_anew(form)
            return _form(form, status=400)
        if not patience.take(form.cleaned_data["ticket"]):
            held = held_up(request, form, what="subscriptions", calm=CALM_BY_ASKER, refused_above=REFUSED_ABOVE)
            if held is not None:
                response = _form(form, status=429)
                response["Retry-After"] = str(held.seconds or 3600)
                return response
        try:
            news.subscribe(address=form.cleaned_data["address"], **_chosen(form))
        except ValidationError as error:
            form.add_error("wants_digest", error.messages)
            return _form(form, status=400)
        return remember(Response({}, template_name="doors/subscribing/sent.html"))


class SubscriptionView(PublicFormView):
    """`/news/letters/<note>/`: one's own subscription, by the link of a letter."""

    def get(self, request: Request, note: str) -> Response:
        row = news.find(note)
        return _over() if row is None else _own(row, ChoiceForm(initial=_filled(row)))

    def post(self, request: Request, note: str) -> Response:
        """`step`: confirm, choose, end."""
        step, row = str(sent(request).get("step", "")), news.find(note)
        if step == "end":
            news.end_own(note=note)
            return Response({"is_member": False}, template_name="doors/subscribing/ended.html")
        if row is None:
            return _over()
        if step == "confirm":
            row = news.confirm(note=note)
            return _over() if row is None else _own(row, ChoiceForm(initial=_filled(row)), said="confirmed")
        form = ChoiceForm(sent(request))
        if form.is_valid():
            try:
                changed = news.choose(note=note, **_chosen(form))
            except ValidationError as error:
                form.add_error("wants_digest", error.messages)
            else:
                return _over() if changed is None else _own(changed, form, said="chosen")
        return _own(row, form, status=400)


class EndView(PublicFormView):
    """`/news/letters/end/<note>/`: no more letters, by one press, of a person or of their mail program."""

    def get(self, request: Request, note: str) -> Response:
        return Response({}, template_name="doors/subscribing/end.html")

    def post(self, request: Request, note: str) -> Response:
        if not news.end(note=note):
            return _over()
        return Response({}, template_name="doors/subscribing/ended.html")


def _form(form: SubscribeForm, status: int = 200) -> Response:
    return Response({"form": form}, status=status, template_name="doors/subscribing/subscribe.html")


def _own(row: Subscription, form: Form, *, said: str = "", status: int = 200) -> Response:
    context = {"form": form, "is_confirmed": row.confirmed_at is not None, "said": said}
    return Response(context, status=status, template_name="doors/subscribing/subscription.html")


def _over() -> Response:
    """Ended, too old, or never there: the same words for all."""
    return Response({}, status=404, template_name="doors/subscribing/over.html")


def _chosen(form: Form) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "wants_digest": said["wants_digest"],
        "of_countries": said["countries"],
        "language": known(said["language"]),
    }


def _filled(row: Subscription) -> dict[str, Any]:
    return {"wants_digest": row.wants_digest, "countries": row.countries, "language": row.language}
