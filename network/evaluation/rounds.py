"""What the worker does about evaluation: one letter before a survey ends. Nothing ends by it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core import clock
from network.evaluation import letters
from network.evaluation.models import EvaluationCycle

#: So many days before its end a survey is spoken of once more.
SPEAKS_AGAIN = 3


def run_daily() -> dict[str, int]:
    """A second call writes no letter again."""
    with transaction.atomic():
        return _run()


def _run() -> dict[str, int]:
    soon = clock.today() + dt.timedelta(days=SPEAKS_AGAIN)
    rows = EvaluationCycle.objects.asking().filter(survey_until__lte=soon).order_by("pk")
    return {"asked again about surveys": sum(letters.ends(row) for row in rows)}
