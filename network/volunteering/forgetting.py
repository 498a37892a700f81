"""What of volunteers is forgotten: what was answered, and who helped, each a year later. What came of it stays.

Rule: their history is kept no longer than that, and goes at once with a row that is gone by another way: a person who
is erased, a service that is deleted, an invitation that is sent anew.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from core import clock
from network.volunteering.models import VolunteerProposal
from organizations.models import Volunteering

KEPT = dt.timedelta(days=365)


@transaction.atomic
def forget_volunteers() -> int:
    """How many proposals and volunteers; the history of each goes with it."""
    before = clock.now() - KEPT
    forgotten = Q(user=None, invitation=None)  # the letter that nobody answered is forgotten itself
    over = Volunteering.objects.filter(Q(ended_at__lt=before) | Q(ends_on__lt=before.date()) | forgotten)
    old = VolunteerProposal.objects.filter(Q(said_at__lt=before) | Q(volunteering__in=over))
    proposals, people = list(old.values_list("pk", flat=True)), list(over.values_list("pk", flat=True))
    VolunteerProposal.objects.filter(pk__in=proposals).delete()
    Volunteering.objects.filter(pk__in=people).delete()
    for model in (VolunteerProposal, Volunteering):
        _forget_history(model, before)
    return len(proposals) + len(people)


def forget_helper(person: int) -> None:
    """Of somebody who was erased, by the number of their account: what their rows were, which are gone already."""
    rows = _history_of(Volunteering).filter(user_id=person).values_list("pgh_obj_id", flat=True)
    gone = set(rows)
    _history_of(VolunteerProposal).filter(volunteering_id__in=gone).delete()
    _history_of(Volunteering).filter(pgh_obj_id__in=gone).delete()


def _forget_history(model: type[Model], before: dt.datetime) -> None:
    rows = model._default_manager.filter(pk=OuterRef("pgh_obj_id"))
    _history_of(model).filter(Q(pgh_created_at__lt=before) | ~Exists(rows)).delete()


def _history_of(model: type[Model]) -> QuerySet[Model]:
    found: QuerySet[Model] = model.pgh_event_model._default_manager.all()  # type: ignore[attr-defined]
    return found
