"""The survey: a code for each member, answers that become sums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import HouseError, NotAllowed, WrongState
from network.evaluation import rights
from network.evaluation.codes import digest_of, new_code
from network.evaluation.models import (
    SHOWN_FROM,
    EvaluationCycle,
    SurveyAnswer,
    SurveyCount,
    SurveyHanded,
    SurveyQuestion,
    SurveyUsed,
)
from network.evaluation.services._inside import locked
from organizations.models import Organization

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def hand_out(*, actor: User, cycle: EvaluationCycle, organization: Organization) -> str:
    """The code of an organisation, once: it is told here and kept nowhere."""
    if not rights.answers_for(actor).filter(pk=organization.pk).exists():
        raise NotAllowed(_("A manager of a member takes its code."))
    if not EvaluationCycle.objects.asking().filter(pk=cycle.pk).exists():
        raise WrongState(_("The survey is over."))
    _handed, is_new = SurveyHanded.objects.get_or_create(cycle=cycle, organization=organization)
    if not is_new:
        raise WrongState(_("Your organisation has its code already."))
    return new_code(cycle)


@transaction.atomic
def answer(*, cycle: EvaluationCycle, code: str, said: Mapping[int, str]) -> None:
    """All questions at once, by whoever has a code; by the position of the question. Nobody is asked who they are."""
    row = locked(cycle)
    if not row.is_asking:
        raise WrongState(_("The survey is over."))
    digest = digest_of(row, code)
    if not digest:
        raise HouseError(_("This is no code of this survey. Please look at it once more."), field="code")
    faults = {
        str(one.position): _("Choose an answer.")
        for one in row.asked.all()
        if said.get(one.position) not in SurveyAnswer.values
    }
    if faults:
        raise ValidationError(faults)
    try:
        with transaction.atomic():
            SurveyUsed.objects.create(cycle=row, digest=digest)
    except IntegrityError as error:
        raise HouseError(_("This code was used already."), field="code") from error
    for one in row.asked.all():
        SurveyCount.objects.filter(question=one, answer=said[one.position]).update(n=F("n") + 1)
    # Every sum is written by every answer, so that no row is newer than another.
    SurveyCount.objects.filter(question__cycle=row).update(n=F("n"))


def turnout(cycle: EvaluationCycle) -> tuple[int, int]:
    """How many have answered, and how many are asked."""
    return cycle.used.count(), rights.asked().count()


def heard(cycle: EvaluationCycle) -> list[tuple[SurveyQuestion, dict[str, int] | None]]:
    """Sums by question after the freezing; None where fewer answered than may be shown."""
    if not cycle.is_frozen:
        return []
    found = []
    for one in cycle.asked.prefetch_related("counts"):
        sums = {row.answer: row.n for row in one.counts.all()}
        found.append((one, sums if sum(sums.values()) >= SHOWN_FROM else None))
    return found
