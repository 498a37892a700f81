"""Calls to join: written by coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from core.languages import column_names, stored
from network.joining.models import Call

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = (*column_names("title", "text", "criteria"), "questions", "questions_en")
DAYS = ("opens_on", "closes_on")


@transaction.atomic
def write_call(*, actor: User | None, call: Call | None = None, **fields: Any) -> Call:
    """A new one, or with `call` that one's words and days. What applicants were asked stays as it was asked."""
    if actor is not None and not actor.is_coordinator:
        raise NotAllowed(_("Only a coordinator may do this."))
    row = Call.objects.select_for_update().get(pk=call.pk) if call is not None else Call()
    was_asked = list(row.questions)
    for name in (*FIELDS, *DAYS):
        if name in fields:
            setattr(row, name, fields[name])
    if call is not None:
        if row.questions != was_asked and row.applications.exists():
            raise WrongState(_("Somebody has answered these questions already. Write a new call for others."))
        row.version += 1
        row.updated_at = clock.now()
    row.full_clean(exclude=["i18n", *(stored(name) for name in ("title_en", "text_en", "criteria_en"))])
    row.save()
    return row
