"""The offer to undo the end of an absence, on the page to which ending it leads."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from core.ids import ALPHABET
from core.phrasing.dates import days_in_words
from messaging.absences import ended_absence, today_of
from messaging.models.absence import answered_for_by


def undo_offer(request: SignedInRequest) -> dict[str, object] | None:
    """What `?undo=<id>` in the address offers; None when there is nothing to undo, or not by this person."""
    public_id = request.GET.get("undo", "")
    absence = ended_absence(public_id) if public_id and set(public_id) <= set(ALPHABET) else None
    if absence is None or not answered_for_by(request.user).filter(pk=absence.user_id).exists():
        return None
    if absence.ends_on < today_of(absence.user):
        return None
    return {
        "id": absence.public_id,
        "name": absence.user,
        "is_mine": absence.user == request.user,
        "was_running": absence.pk is not None,
        "days": days_in_words(absence.starts_on, absence.ends_on),
    }
