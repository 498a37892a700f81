"""Three presses: coded questions, no text, nothing of the device. The page names neither the place nor who runs it."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.presses.once import remember
from core.pages import askers
from doors.shared.forms import StrangersForm, fresh_stamp
from doors.shared.views import HOUR, PublicFormView, sent, shown_anew
from network.reviews import services as reviews
from network.reviews.models import VoiceDesk
from network.reviews.models.words import VoiceAnswer, VoiceQuestion

#: Within an hour: from one network, and for one desk. What comes above is thanked for and not counted: nobody who
#: floods a desk learns that it does not work, and a full waiting room behind one router is heard.
CALM_BY_ASKER, CALM_FOR_DESK = 20, 60


class VoiceView(PublicFormView):
    """`/voice/<code>/`"""

    def get(self, request: Request, code: str) -> Response:
        return self._page(_desk(code), StrangersForm(initial={"shown": fresh_stamp()}))

    def post(self, request: Request, code: str) -> Response:
        desk, form = _desk(code), StrangersForm(sent(request))
        said = {question: str(sent(request).get(question, "")) for question in VoiceQuestion.values}
        if not form.is_valid():
            shown_anew(form)
            return self._page(desk, form, said, status=400)
        if not any(answer in VoiceAnswer.values for answer in said.values()):
            form.add_error(None, _("Press at least one answer, please."))
            return self._page(desk, form, said, status=400)
        if not _is_flood(request, desk):
            reviews.hear(desk=desk, said=said)
        return remember(Response({}, template_name="doors/voice/thanks.html"))

    def _page(
        self, desk: VoiceDesk, form: StrangersForm, said: dict[str, str] | None = None, status: int = 200
    ) -> Response:
        questions = [(one.value, one.label, (said or {}).get(one.value, "")) for one in VoiceQuestion]
        context = {"form": form, "questions": questions, "answers": VoiceAnswer.choices}
        return Response(context, status=status, template_name="doors/voice/voice.html")


def _desk(code: str) -> VoiceDesk:
    """Whoever guesses codes gets the answer of a code that is none."""
    desk = reviews.find_desk(code)
    if desk is None:
        raise Http404
    return desk


def _is_flood(request: Request, desk: VoiceDesk) -> bool:
    by_asker = askers.count("voices", askers.asker_of(request), HOUR)
    return by_asker > CALM_BY_ASKER or askers.count("voices-for", desk.code, HOUR) > CALM_FOR_DESK
