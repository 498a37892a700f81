"""What of volunteers is forgotten: what was answered, and who helped, each a year later. What came of it stays."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from core import clock
from network.volunteering.models import VolunteerProposal
from organizations.models import Volunteering

KEPT = dt.timedelta(days=365)


@transaction.atomic
def forget_volunteers() -> int:
    """How many proposals and volunteers; the history of each goes with it."""
    before = clock.now() - KEPT
    over = Volunteering.objects.filter(Q(ended_at__lt=before) | Q(ends_on__lt=before.date()))
    old = VolunteerProposal.objects.filter(Q(said_at__lt=before) | Q(volunteering__in=over))
    proposals, people = list(old.values_list("pk", flat=True)), list(over.values_list("pk", flat=True))
    apps.get_model("volunteering", "VolunteerProposalEvent").objects.filter(pgh_obj_id__in=proposals).delete()
    apps.get_model("organizations", "VolunteeringEvent").objects.filter(pgh_obj_id__in=people).delete()
    VolunteerProposal.objects.filter(pk__in=proposals).delete()
    Volunteering.objects.filter(pk__in=people).delete()
    return len(proposals) + len(people)
