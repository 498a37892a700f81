"""Names of people who learnt are forgotten; that so many of an organisation learnt stays."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef

from core import clock
from network.learning.models import Certificate, Enrolment

#: Names are kept so long after the training, or after the last certificate of it ended, whichever is later.
KEPT_DAYS = 365


@transaction.atomic
def forget_names() -> int:
    """Of how many enrolments."""
    before = clock.today() - dt.timedelta(days=KEPT_DAYS)
    valid = Certificate.objects.filter(enrolment=OuterRef("pk"), valid_until__gte=before)
    named = Enrolment.objects.exclude(person__isnull=True, asked_by__isnull=True)
    gone = list(named.filter(~Exists(valid), training__ends_at__date__lt=before).values_list("pk", flat=True))
    # Their history says who pressed: of a person who came by themselves that is the name.
    apps.get_model("learning", "EnrolmentEvent").objects.filter(pgh_obj_id__in=gone).delete()
    return Enrolment.objects.filter(pk__in=gone).update(person=None, asked_by=None)
