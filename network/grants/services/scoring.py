"""Scores: two people of two other organisations, a third when they differ; whoever has a conflict steps back.

Rule: 0 to 4 by each criterion, weighed, as a share of all that could be given. When two differ by more than thirty of a
hundred a third is asked for. What counts is the one in the middle, of two the mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from core.writing import clean_text, insert, one_write
from network.grants import letters, rights
from network.grants.models import GrantApplication, GrantConflict, GrantMark, GrantScore
from network.grants.models.bids import later
from network.grants.models.scores import ACTIVE, HIGHEST
from network.grants.models.words import BidState, GrantScoreState
from network.grants.services._inside import CENT, let_all_go, let_go, locked, need_keeper
from network.grants.transitions import DAYS, move
from organizations.models import Membership, Organization

if TYPE_CHECKING:
    from accounts.models import User

#: More than so many of a hundred apart, and a third decides.
APART: Final = 30
SCORE_DAYS: Final = 14
_SCORING = (BidState.ELIGIBLE, BidState.NEEDS_INFO)
_BEFORE_THE_VOTE = (BidState.SENT, BidState.ELIGIBLE, BidState.NEEDS_INFO, BidState.SCORED)
_FAULTS = {"grantscore_one_an_organization": "reviewer"}


def conflict_of(user: User, application: GrantApplication, organization: Organization) -> str:
    """Why this person may not score it, in words; "" when they may. The database refuses all of it as well."""
    if organization.pk == application.organization_id or rights.is_inside(user, application.organization):
        return _("Nobody scores their own organisation.")
    if application.conflicts.filter(person=user).exists():
        return _("This person has a conflict of interest here.")
    back = GrantScore.objects.filter(
        application__call=application.call_id, application__organization=organization,
        organization=application.organization_id, state__in=ACTIVE,
    )  # fmt: skip
    return _("Nobody scores one that scores them in the same call.") if back.exists() else ""


def given(application: GrantApplication) -> list[GrantScore]:
    return list(application.scores.filter(state=GrantScoreState.GIVEN).order_by("given_at", "pk"))


def needed(totals: list[Decimal]) -> int:
    """How many scores there have to be."""
    return 3 if len(totals) > 1 and max(totals[:2]) - min(totals[:2]) > APART else 2


def points(application: GrantApplication) -> Decimal | None:
    """What counts: the one in the middle. Nothing does while two are apart and the third has not spoken."""
    totals = [score.total for score in given(application) if score.total is not None]
    if not totals or (len(totals) == 2 and needed(totals) == 3):
        return None
    return Decimal(median(totals)).quantize(CENT, ROUND_HALF_UP)


@one_write
def ask_score(*, actor: User, application: GrantApplication, reviewer: Membership) -> GrantScore:
    """The secretary asks somebody of another organisation."""
    row = locked(application)
    need_keeper(actor, row)
    if row.stage not in _SCORING:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.stage.label})
    active = list(row.scores.filter(state__in=ACTIVE))
    totals = [score.total for score in active if score.total is not None]
    if len(active) >= needed(totals):
        raise WrongState(_("As many as are needed are asked already."))
    if why := conflict_of(reviewer.user, row, reviewer.organization):
        raise NotAllowed(why, field="reviewer")
    made = GrantScore(
        application=row, reviewer=reviewer.user, organization=reviewer.organization, due_on=later(SCORE_DAYS)
    )
    insert(made, fields_of=_FAULTS)
    letters.score_asked(made)
    return made


@one_write
def release(*, actor: User, score: GrantScore) -> GrantScore:
    """Somebody who does not come to it is not asked any more."""
    application = locked(score.application)
    need_keeper(actor, application)
    return let_go(score)


@one_write
def give_score(*, actor: User, score: GrantScore, marks: Mapping[int, int], reason: str) -> GrantScore:
    """By position of the criterion. When the last one is in, the application is scored."""
    application = locked(score.application)
    row = GrantScore.objects.select_for_update().get(pk=score.pk)
    if row.reviewer_id != actor.pk:
        raise NotAllowed(_("Whoever was asked gives the score."))
    if row.state not in ACTIVE or application.stage not in _SCORING:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": application.stage.label})
    if why := conflict_of(actor, application, row.organization):
        raise NotAllowed(why)
    row.total = _total(application, marks)
    row.reason = clean_text(reason, lines=True)[:2000]
    if not row.reason:
        raise ValidationError({"reason": _("Say in a few words why.")})
    row.state, row.given_at = GrantScoreState.GIVEN, clock.now()
    row.version += 1
    row.save()
    row.marks.all().delete()
    criteria = {one.position: one for one in application.call.criteria.all()}
    GrantMark.objects.bulk_create([GrantMark(score=row, criterion=criteria[n], mark=mark) for n, mark in marks.items()])
    _count(application)
    return row


def _total(application: GrantApplication, marks: Mapping[int, int]) -> Decimal:
    criteria = list(application.call.criteria.all())
    faults = {
        f"mark_{one.position}": _("From 0 to %(n)d.") % {"n": HIGHEST}
        for one in criteria
        if not 0 <= marks.get(one.position, -1) <= HIGHEST
    }
    if faults or set(marks) - {one.position for one in criteria}:
        raise ValidationError(faults or {"reason": _("Unknown criterion.")})
    reached = sum(one.weight * marks[one.position] for one in criteria)
    return (Decimal(100 * reached) / sum(one.weight * HIGHEST for one in criteria)).quantize(CENT, ROUND_HALF_UP)


def _count(application: GrantApplication) -> None:
    """Scored when all that are needed are in; a third has the time of the first two."""
    totals = [score.total for score in given(application) if score.total is not None]
    if len(totals) >= needed(totals):
        move(application, "scored")
        # Whoever changed their mind may have made a third needless.
        let_all_go(application)
        letters.came(application, again="scored")
    elif len(totals) > 1:
        application.due_on = later(DAYS[BidState.ELIGIBLE])
        letters.came(application, again="third")
    application.save()


@one_write
def declare_conflict(*, actor: User, application: GrantApplication, why: str = "") -> GrantConflict:
    """For good: the score that the person was asked for, or has given, does not count."""
    row = locked(application)
    own = row.scores.filter(reviewer=actor, state__in=ACTIVE)
    if not own.exists() and rights.any_seat(actor, row) is None:
        raise NotAllowed(_("Whoever was asked, or sits in the committee, says this."))
    if row.stage not in _BEFORE_THE_VOTE:
        raise WrongState(_("In a vote the answer “has a conflict of interest” says this."))
    for score in own.select_for_update():
        score.marks.all().delete()
        score.state, score.total, score.given_at, score.reason = GrantScoreState.CONFLICT, None, None, ""
        score.version += 1
        score.save()
        letters.came(row, again=f"conflict-{score.pk}")
    said = GrantConflict.objects.filter(application=row, person=actor).first()
    if said is None:
        said = insert(GrantConflict(application=row, person=actor, why=why.strip()[:300]), fields_of={})
    totals = [score.total for score in given(row) if score.total is not None]
    if row.state == BidState.SCORED and len(totals) < needed(totals):
        move(row, "unscored")
        row.save()
    return said
