"""One press that saves a form and sends what it changed to be checked."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import SignedInRequest
from core.errors import HouseError
from services.models.coverage import Subject
from verification.models import Review, ReviewState
from verification.services import submit_under, unfinished_under
from workspace.shared.pages import reason_of

#: The name of the second button of a form: save, and send at once.
SEND = "send"


def is_asked(request: SignedInRequest) -> bool:
    return SEND in request.POST


def send_under(request: SignedInRequest, *subjects: Subject) -> None:
    """Send whatever differs from the map under these rows, and say what came of it.

    What cannot be sent stays saved: the form has been written already, and the message says why.
    """
    reviews: list[Review] = []
    left = 0
    why = ""
    for subject in subjects:
        try:
            left += len(unfinished_under(subject))
            reviews += submit_under(subject=subject, actor=request.user)
        except HouseError as error:
            why = reason_of(error)
    if reviews:
        tell(request, reviews, left)
    else:
        messages.info(request, _("Saved, but not sent. %(why)s") % {"why": why})


def tell(request: SignedInRequest, reviews: list[Review], left: int = 0) -> None:
    """What was sent, and how many new listings were not, because they are unfinished."""
    messages.success(request, words_of(reviews))
    if left:
        messages.warning(request, words_of_unfinished(left))


def words_of_unfinished(count: int) -> str:
    """What stays a draft while its neighbours are sent."""
    text = ngettext(
        "One new listing stays a draft: it does not say all yet that somebody who checks it has to know.",
        "%(count)d new listings stay drafts: they do not say all yet that somebody who checks them has to know.",
        count,
    )
    return text % {"count": count}


def words_of(reviews: list[Review]) -> str:
    """What happened to what was sent: what is on the map at once, what waits, and what waits and is not there yet.

    Small edits of an organisation that is known wait for nobody.
    """
    waiting = [review for review in reviews if review.is_open]
    back = sum(review.state == ReviewState.WITHDRAWN for review in reviews)
    if not waiting and not back:
        return _("It is on the map already: nothing in it had to wait for somebody of another organisation.")
    new = sum(not review.listing.state.is_shown for review in waiting)
    told = [(_on_map, len(reviews) - len(waiting) - back), (_edited, len(waiting) - new), (_new, new), (_back, back)]
    return " ".join(words(count) for words, count in told if count)


def _on_map(count: int) -> str:
    text = ngettext("One listing is on the map already.", "%(count)d listings are on the map already.", count)
    return text % {"count": count}


def _edited(count: int) -> str:
    text = ngettext(
        "One listing waits: somebody of another organisation will look at it; until then the map shows what it showed.",
        "%(count)d listings wait: somebody of another organisation will look at them; until then the map "
        "shows what it showed.",
        count,
    )
    return text % {"count": count}


def _new(count: int) -> str:
    text = ngettext(
        "One listing that is not on the map yet is sent: it appears when somebody of another organisation has looked "
        "at it.",
        "%(count)d listings that are not on the map yet are sent: they appear when somebody of another organisation "
        "has looked at them.",
        count,
    )
    return text % {"count": count}


def _back(count: int) -> str:
    text = ngettext(
        "One listing is as the map has it again: nothing of it waits any more.",
        "%(count)d listings are as the map has them again: nothing of them waits any more.",
        count,
    )
    return text % {"count": count}
