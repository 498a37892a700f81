"""What is written into a review: by the organisation, by the one that looks, by the third that decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import HouseError
from network.decisions.models import Document
from network.reviews import letters
from network.reviews.models import CriterionMark, SpectrumLine, YearlyReview
from network.reviews.models.words import Barrier, CriterionAnswer, SpectrumAnswer, YearlyState
from network.reviews.services._inside import chosen, locked, need_other, need_own
from network.reviews.services.agreeing import agree
from network.reviews.services.asking import asked, own_leaves
from network.reviews.transitions import move
from services.models import ServiceType

if TYPE_CHECKING:
    from accounts.models import User

BARRIERS_AT_MOST = 3


@dataclass(frozen=True)
class LineSaid:
    answer: str
    barriers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MarkSaid:
    mark: str
    evidence: str = ""
    link: str = ""
    document: Document | None = None


@transaction.atomic
def write_lines(*, actor: User, review: YearlyReview, said: Mapping[str, LineSaid]) -> YearlyReview:
    """The organisation's own grid, as far as it is filled in: leaves that are not said stay unknown."""
    row = locked(review)
    need_own(actor, row)
    move(row, "write")
    known = set(ServiceType.objects.filter(code__in=list(said), parent__isnull=False).values_list("code", flat=True))
    for leaf, line in said.items():
        barriers = list(dict.fromkeys(line.barriers))
        if leaf not in known or line.answer not in SpectrumAnswer.values or not set(barriers) <= set(Barrier.values):
            raise HouseError(_("Choose one of the four answers."))
        if len(barriers) > BARRIERS_AT_MOST:
            raise HouseError(_("Three things in the way at most."))
        values = {"answer": line.answer, "barriers": [] if line.answer == SpectrumAnswer.FULL else barriers}
        SpectrumLine.objects.update_or_create(review=row, leaf=leaf, defaults=values)
    row.lines.exclude(leaf__in=list(said)).delete()
    row.save()
    return row


@transaction.atomic
def write_marks(*, actor: User, review: YearlyReview, said: Mapping[str, MarkSaid]) -> YearlyReview:
    row = locked(review)
    need_own(actor, row)
    move(row, "write")
    if not set(said) <= set(asked(row)):
        raise HouseError(_("A mark was sent for a criterion that you are not asked for. Open the page anew."))
    for criterion, one in said.items():
        made = CriterionMark.objects.filter(review=row, criterion=criterion).first()
        made = made or CriterionMark(review=row, criterion=criterion)
        made.mark, made.evidence, made.link, made.document = one.mark, one.evidence.strip(), one.link, one.document
        made.full_clean(exclude=["review"])
        made.save()
    row.marks.exclude(criterion__in=list(said)).delete()
    row.save()
    return row


def missing(review: YearlyReview) -> tuple[set[str], set[str]]:
    """Leaves of its own listings and criteria that it has not answered yet."""
    leaves = own_leaves(review) - set(review.lines.values_list("leaf", flat=True))
    return leaves, set(asked(review)) - set(review.marks.values_list("criterion", flat=True))


@transaction.atomic
def send(*, actor: User, review: YearlyReview) -> YearlyReview:
    """To another organisation, chosen by the system."""
    row = locked(review)
    need_own(actor, row)
    leaves, criteria = missing(row)
    if leaves or not row.lines.exists():
        raise HouseError(_("Answer for every kind of service that your listings name."))
    if criteria:
        raise HouseError(_("Not every criterion has a mark yet: %(n)d are left.") % {"n": len(criteria)})
    move(row, "send")
    row.marks.exclude(criterion__in=asked(row)).delete()  # of help that it does not give after all
    row.self_by, row.reviewer = actor, chosen(row)
    row.save()
    letters.peer_asked(row)
    return row


@transaction.atomic
def look(
    *, actor: User, review: YearlyReview, lines: Mapping[str, str], marks: Mapping[str, str], remark: str
) -> YearlyReview:
    """What the reviewer saw differently; nothing said is the same."""
    row = locked(review)
    need_other(actor, row, row.reviewer)
    move(row, "look")
    for line in row.lines.all():
        line.peer_answer = _other(lines.get(line.leaf, ""), line.answer, SpectrumAnswer.values)
        line.save(update_fields=["peer_answer"])
    for mark in row.marks.all():
        mark.peer_mark = _other(marks.get(mark.criterion, ""), mark.mark, CriterionAnswer.values)
        mark.save(update_fields=["peer_mark"])
    row.remark, row.peer_by = remark.strip()[:2000], actor
    row.save()
    return row


def _other(said: str, own: str, known: Collection[str]) -> str:
    return said if said in known and said != own else ""


def differences(review: YearlyReview) -> int:
    found = [line.differs for line in review.lines.all()] + [mark.differs for mark in review.marks.all()]
    return sum(found)


@transaction.atomic
def close_look(*, actor: User, review: YearlyReview, remark: str | None = None) -> YearlyReview:
    """The reviewer is done: agreed when they see everything alike, else a third organisation is asked."""
    row = locked(review)
    need_other(actor, row, row.reviewer)
    row.peer_by = actor
    if remark is not None:
        row.remark = remark.strip()[:2000]
    if not differences(row):
        return agree(row)
    if not row.remark:
        raise HouseError(_("Say in words what you saw differently."), field="remark")
    move(row, "dispute")
    row.third = chosen(row)
    row.save()
    letters.third_asked(row)
    letters.disputed(row)
    return row


@transaction.atomic
def accept(*, actor: User, review: YearlyReview) -> YearlyReview:
    """The organisation takes what the reviewer saw; no third is needed."""
    row = locked(review)
    need_own(actor, row)
    if row.state != YearlyState.DISPUTED:
        raise HouseError(_("There is nothing to accept now."))
    return agree(row)


@transaction.atomic
def object_to(*, actor: User, review: YearlyReview, text: str) -> YearlyReview:
    """What the third reads from the organisation before it decides."""
    row = locked(review)
    need_own(actor, row)
    if row.state != YearlyState.DISPUTED:
        raise HouseError(_("There is nothing to answer now."))
    row.objection = text.strip()[:2000]
    row.save()
    return row


@transaction.atomic
def decide(*, actor: User, review: YearlyReview, sides: Mapping[str, str], verdict: str) -> YearlyReview:
    """The third says of each difference whether it is as the organisation ("own") or as the reviewer ("peer") says."""
    row = locked(review)
    need_other(actor, row, row.third)
    open_lines = [line for line in row.lines.all() if line.differs]
    open_marks = [mark for mark in row.marks.all() if mark.differs]
    keys = {line.leaf for line in open_lines} | {mark.criterion for mark in open_marks}
    if not all(sides.get(key) in ("own", "peer") for key in keys):
        raise HouseError(_("Decide each difference."))
    for line in open_lines:
        line.final_answer = line.answer if sides[line.leaf] == "own" else line.peer_answer
        line.save(update_fields=["final_answer"])
    for mark in open_marks:
        mark.final_mark = mark.mark if sides[mark.criterion] == "own" else mark.peer_mark
        mark.save(update_fields=["final_mark"])
    row.verdict, row.third_by = verdict.strip()[:2000], actor
    return agree(row)
