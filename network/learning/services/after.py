"""Three questions, fourteen days later: sums of answers, never whose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import NotAllowed, WrongState
from core.writing import one_write
from network.learning import rights
from network.learning.models import ANSWERS, AfterCount, Enrolment, Training
from network.learning.rounds import may_answer

#: Fewer answers are shown to nobody.
SHOWN_FROM = 5


@one_write
def answer(*, actor: User, enrolment: Enrolment, said: Mapping[str, str]) -> None:
    """Once. Every question has an answer of its own list."""
    row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if not rights.answers_for(actor, row):
        raise NotAllowed(_("Whoever came answers this."))
    if not may_answer(row):
        raise WrongState(_("These questions are answered already, or their time is over."))
    faults = {
        str(question): _("Choose an answer.")
        for question, answers in ANSWERS.items()
        if said.get(question) not in dict(answers)
    }
    if faults:
        raise ValidationError(faults)
    for question in ANSWERS:
        one: dict[str, Any] = {"training": row.training, "question": question, "answer": said[question]}
        AfterCount.objects.get_or_create(**one)
        AfterCount.objects.filter(**one).update(count=F("count") + 1)
    Enrolment.objects.filter(pk=row.pk).update(answered_on=clock.today(), version=row.version + 1)


def heard(training: Training) -> dict[str, dict[str, int]]:
    """By question and answer, of questions that enough have answered."""
    found: dict[str, dict[str, int]] = {}
    for row in training.counts.all():
        found.setdefault(row.question, {})[row.answer] = row.count
    return {question: sums for question, sums in found.items() if sum(sums.values()) >= SHOWN_FROM}
