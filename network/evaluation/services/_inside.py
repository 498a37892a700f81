"""What every step asks first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, StaleWrite
from network.evaluation import rights
from network.evaluation.models import EvaluationCycle
from network.evaluation.transitions import DAYS

if TYPE_CHECKING:
    from accounts.models import User


def need_runner(actor: User) -> None:
    if not rights.runs(actor):
        raise NotAllowed(_("An evaluator or an administrator does this."))


def locked(cycle: EvaluationCycle, expected_version: int | None = None) -> EvaluationCycle:
    row = EvaluationCycle.objects.select_for_update().get(pk=cycle.pk)
    if expected_version is not None and row.version != expected_version:
        raise StaleWrite(
            _("Somebody else saved this meanwhile. Their changes are shown beside yours."), current=row, changed={}
        )
    return row


def kept(row: EvaluationCycle) -> EvaluationCycle:
    row.version, row.updated_at = row.version + 1, clock.now()
    row.full_clean(exclude=["led_by", "adopted_by"])
    row.save()
    return row


def day_of(state: str) -> dt.date:
    """The day of the next step, from today."""
    return clock.today() + dt.timedelta(days=DAYS[state])
