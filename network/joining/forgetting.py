"""What of an application is forgotten, and when."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from core import clock
from network.joining.models import Application, ApplicationCheck, ApplicationLink, ApplicationQuestion
from network.joining.models.words import ENDED, ApplicationState
from network.joining.services.applying import UNOPENED_DAYS

#: What somebody wrote is kept so long after the end.
KEPT_DAYS = 365


@transaction.atomic
def forget_applications() -> int:
    """Drafts whose day has come or by whose link nobody came; of those that ended a year ago: address, names, words.

    That an organisation has applied, and how it ended, stays.
    """
    now = clock.now()
    unopened = Q(confirmed_at=None, created_at__lt=now - dt.timedelta(days=UNOPENED_DAYS))
    drafts = Application.objects.filter(unopened | Q(due_at__lte=now), state=ApplicationState.DRAFT)
    gone = list(drafts.values_list("pk", flat=True))
    Application.objects.filter(pk__in=gone).delete()
    _events_of(gone).delete()
    ended = Application.objects.filter(state__in=ENDED, state_at__lt=now - dt.timedelta(days=KEPT_DAYS))
    old = list(ended.exclude(email="").values_list("pk", flat=True))
    words = {"about": "", "answers": [], "declared_by": "", "referees_note": ""}
    Application.objects.filter(pk__in=old).update(email="", **words)
    ApplicationQuestion.objects.filter(application__in=old).update(text="", answer="")
    ApplicationCheck.objects.filter(application__in=old).update(note="")
    ApplicationLink.objects.filter(application__in=old).delete()
    return len(gone) + len(old)


def _events_of(keys: list[int]):  # type: ignore[no-untyped-def]  # pghistory makes the model
    return Application.pgh_event_model.objects.filter(pgh_obj_id__in=keys)  # type: ignore[attr-defined]
