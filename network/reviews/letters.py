"""Letters about yearly reviews. They say that there is something and lead to the login; no word of it stands there."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Message
from messaging.people import correspondents_for
from messaging.services import enqueue
from network.reviews import kinds
from network.reviews.models import ReviewAction, YearlyReview
from network.reviews.models.reviews import UNDER_WAY
from network.reviews.models.words import YearlyState
from organizations.models import Organization

_NOTICE = "network/letters/notice"
_TURN = {YearlyState.PEER: "reviewer", YearlyState.DISPUTED: "third"}


def begins(review: YearlyReview) -> None:
    _write(kinds.REVIEW_BEGINS, review, review.organization, "")


def peer_asked(review: YearlyReview) -> None:
    _write(kinds.REVIEW_PEER, review, review.reviewer, f"{review.reviewer_id}")


def third_asked(review: YearlyReview) -> None:
    _write(kinds.REVIEW_THIRD, review, review.third, f"{review.third_id}")


def disputed(review: YearlyReview) -> None:
    _write(kinds.REVIEW_DISPUTED, review, review.organization, "")


def agreed(review: YearlyReview) -> None:
    _write(kinds.REVIEW_AGREED, review, review.organization, "")


def turn_of(review: YearlyReview) -> Organization | None:
    """Whose step it is."""
    found: Organization | None = getattr(review, _TURN.get(YearlyState(review.state), "organization"))
    return found


def late(review: YearlyReview) -> None:
    _write(kinds.REVIEW_LATE, review, turn_of(review), f"{review.due_on}")


def action_late(action: ReviewAction) -> None:
    _write(kinds.REVIEW_ACTION_LATE, action.review, action.review.organization, f"{action.pk}-{action.due_on}")


def _write(kind: str, review: YearlyReview, to: Organization | None, mark: str) -> None:
    """Once for each mark, to everybody who gets letters for the organisation."""
    for person in correspondents_for(to) if to is not None else []:
        key = f"{kind}:{review.pk}-{mark}:{person.pk}"
        enqueue(kind=kind, to=person, dedupe_key=key, payload={"yearly_review": review.public_id})


# --- words, at the moment of sending ------------------------------------------------------------------------------


def _about(message: Message) -> Letter | None:
    """Over when the step was done meanwhile."""
    row = YearlyReview.objects.filter(public_id=message.payload["yearly_review"]).first()
    if row is None or (message.kind in _WHILE and row.stage not in _WHILE[message.kind]):
        return None
    day = day_in_words(row.due_on) if row.due_on else ""
    words, more = _words(day)[message.kind]
    facts = {"words": words, "other_words": more, "link": address_of(path_to(Page.YEARLY_REVIEW, row.public_id))}
    return letter(message, _NOTICE, facts)


_WHILE: Mapping[str, tuple[YearlyState, ...]] = {
    kinds.REVIEW_BEGINS: (YearlyState.PLANNED, YearlyState.SELF),
    kinds.REVIEW_PEER: (YearlyState.PEER,),
    kinds.REVIEW_THIRD: (YearlyState.DISPUTED,),
    kinds.REVIEW_DISPUTED: (YearlyState.DISPUTED,),
    kinds.REVIEW_LATE: UNDER_WAY,
}


def _words(day: str) -> dict[str, tuple[str, str]]:
    return {
        kinds.REVIEW_BEGINS: (
            _("The yearly review of your organisation, until %(day)s") % {"day": day},
            _("What you really do, and what is in the way. It takes an hour or two, in pieces:"),
        ),
        kinds.REVIEW_PEER: (
            _("Please look at the review of another organisation, until %(day)s") % {"day": day},
            _("You read what they wrote and say where you see it differently:"),
        ),
        kinds.REVIEW_THIRD: (
            _("Two organisations see a review differently: please decide, until %(day)s") % {"day": day},
            _("Where they differ, and what each of them says, stands here:"),
        ),
        kinds.REVIEW_DISPUTED: (
            _("Your reviewer sees something differently"),
            _("You may take their view, or say in words why not. A third organisation decides:"),
        ),
        kinds.REVIEW_AGREED: (
            _("The yearly review of your organisation is agreed"),
            _("What colleagues now read beside your services, and what is next:"),
        ),
        kinds.REVIEW_LATE: (_("A yearly review waits for you"), _("Its day is past. It goes on here:")),
        kinds.REVIEW_ACTION_LATE: (
            _("Something that your organisation wanted to do is late"),
            _("Say that it is done, or why it is not:"),
        ),
    }


WRITERS: Mapping[str, Writer] = dict.fromkeys(_words(""), _about)
