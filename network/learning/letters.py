"""Letters about learning. They say that there is something and lead to the login; no name stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from core.pages.addresses import Page, path_to
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Correspondent, Message
from messaging.people import correspondents_for
from messaging.services import enqueue
from network.learning import kinds
from network.learning.models import Enrolment, EnrolmentState, Material, ResourceCentre, Training
from network.learning.models.offers import LearningOffer

_NOTICE = "network/letters/notice"
#: What was offered, by the name under which the letter knows it.
_KINDS: Mapping[str, tuple[type[LearningOffer], Page]] = {
    "material": (Material, Page.MATERIAL),
    "training": (Training, Page.TRAINING),
    "centre": (ResourceCentre, Page.CENTRE),
}


def decided(row: LearningOffer, *, approved: bool) -> None:
    """To everybody who gets letters for the organisation; once for each version."""
    kind = kinds.LEARNING_APPROVED if approved else kinds.LEARNING_RETURNED
    about = next(name for name, (model, _page) in _KINDS.items() if isinstance(row, model))
    for person in correspondents_for(row.organization):
        key = f"{kind}:{about}-{row.pk}-{row.version}:{person.pk}"
        payload = {"about": about, "row": row.public_id}
        enqueue(kind=kind, to=person, dedupe_key=key, payload=payload)


def invited(row: Enrolment) -> None:
    _to(kinds.TRAINING_INVITED, row, f"{row.version}")


def cancelled(rows: Iterable[Enrolment]) -> None:
    for row in rows:
        _to(kinds.TRAINING_CANCELLED, row, "")


def changed(rows: Iterable[Enrolment], training: Training) -> None:
    for row in rows:
        _to(kinds.TRAINING_CHANGED, row, f"{training.version}")


def asked(row: Enrolment) -> None:
    _to(kinds.TRAINING_ASKED, row, "")


def _to(kind: str, row: Enrolment, mark: str) -> None:
    for person in _people(row):
        key = f"{kind}:{row.pk}-{mark}:{person.pk}"
        enqueue(kind=kind, to=person, dedupe_key=key, payload={"enrolment": row.public_id})


def _people(row: Enrolment) -> list[Correspondent]:
    """Whoever comes; when no letters go to them, everybody who gets them for the organisation."""
    people = list(correspondents_for(row.organization))
    own = [one for one in people if one.user_id is not None and one.user_id == row.person_id]
    return own or people


# --- words, at the moment of sending ------------------------------------------------------------------------------


def _about_offer(message: Message) -> Letter | None:
    """Over when it was decided anew meanwhile."""
    model, page = _KINDS[message.payload["about"]]
    row = model._default_manager.filter(public_id=message.payload["row"]).first()
    state = "approved" if message.kind == kinds.LEARNING_APPROVED else "returned"
    if row is None or row.state != state:
        return None
    words, more = _words()[message.kind]
    key = row.location.public_id if isinstance(row, ResourceCentre) else row.public_id
    facts = {"words": words, "other_words": more, "link": address_of(path_to(page, key))}
    return letter(message, _NOTICE, facts)


_WHILE: Mapping[str, tuple[EnrolmentState, ...]] = {
    kinds.TRAINING_INVITED: (EnrolmentState.INVITED,),
    kinds.TRAINING_CHANGED: (EnrolmentState.WANTED, EnrolmentState.INVITED, EnrolmentState.ENROLLED),
    kinds.TRAINING_CANCELLED: (EnrolmentState.WANTED, EnrolmentState.INVITED, EnrolmentState.ENROLLED),
    kinds.TRAINING_ASKED: (EnrolmentState.ATTENDED, EnrolmentState.COMPLETED),
}


def _about_enrolment(message: Message) -> Letter | None:
    row = Enrolment.objects.filter(public_id=message.payload["enrolment"]).select_related("training").first()
    if row is None or row.state not in _WHILE[message.kind]:
        return None
    is_asked = message.kind == kinds.TRAINING_ASKED
    if is_asked and row.answered_on is not None:
        return None
    about = (Page.TRAINING_AFTER, row.public_id) if is_asked else (Page.TRAINING, row.training.public_id)
    words, more = _words()[message.kind]
    return letter(message, _NOTICE, {"words": words, "other_words": more, "link": address_of(path_to(*about))})


def _words() -> dict[str, tuple[str, str]]:
    return {
        kinds.LEARNING_APPROVED: (
            _("What you offered for learning is approved"),
            _("Colleagues see it now. It stands here:"),
        ),
        kinds.LEARNING_RETURNED: (
            _("What you offered for learning came back with a question"),
            _("What the coordinator asks for stands here; change it and send it once more:"),
        ),
        kinds.TRAINING_INVITED: (
            _("There is a place in a training for you"),
            _("Please say whether you come, so that nobody waits for nothing:"),
        ),
        kinds.TRAINING_CHANGED: (
            _("A training that you come to has another day, hour or place"),
            _("How it stands now is written here:"),
        ),
        kinds.TRAINING_CANCELLED: (_("A training was cancelled"), _("What is known of it stands here:")),
        kinds.TRAINING_ASKED: (
            _("Three short questions about a training two weeks ago"),
            _("Three presses, without names: they tell whoever teaches what to change."),
        ),
    }


_OFFERS = (kinds.LEARNING_APPROVED, kinds.LEARNING_RETURNED)
WRITERS: Mapping[str, Writer] = {kind: _about_offer if kind in _OFFERS else _about_enrolment for kind in _words()}
