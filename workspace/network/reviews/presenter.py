"""What the pages of reviews say, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.phrasing.dates import day_in_words
from network.reviews import services as reviews
from network.reviews.models import YearlyReview
from network.reviews.models.of_kinds import OF_KINDS, KindCriterion, KindGroup
from network.reviews.models.words import (
    CRITERIA,
    Barrier,
    Criterion,
    CriterionAnswer,
    CriterionGroup,
    SpectrumAnswer,
    YearlyState,
)
from services.models import ServiceType
from workspace.shared.texts import worded

if TYPE_CHECKING:
    from accounts.models import User

S = YearlyState
TONES = {S.PLANNED: "", S.SELF: "accent", S.PEER: "accent", S.DISPUTED: "warn", S.AGREED: "ok", S.DROPPED: ""}
BESIDE = ("round", "organization", "reviewer", "third")


def hand_of(user: User, row: YearlyReview) -> str:
    """As whom the person writes now: own, peer, third; "" for whoever reads."""
    stage = row.stage
    if stage == S.SELF and reviews.writes_for(user, row.organization):
        return "own"
    inside = row.organization.memberships.filter(user=user).exists()
    if stage == S.PEER and not inside and reviews.writes_for(user, row.reviewer):
        return "peer"
    if stage == S.DISPUTED and not inside and reviews.writes_for(user, row.third):
        return "third"
    return ""


def reads_evidence(user: User, row: YearlyReview) -> bool:
    """Evidence and remarks: those who have to do with it, coordinators of the country, who reads everything."""
    mine = {membership.organization_id for membership in user.memberships.all()}
    has_to_do = bool(mine & {row.organization_id, row.reviewer_id, row.third_id})
    return has_to_do or user.coordinates(row.round.country) or user.network_role == "evaluator"


def lines_of(rows: Iterable[YearlyReview]) -> list[dict[str, object]]:
    return [
        {
            "row": row,
            "name": worded(row.organization, "name"),
            "country": country_name(row.round.country),
            "words": row.stage.label,
            "tone": TONES[row.stage],
            "next": _next(row),
        }
        for row in rows
    ]


def _next(row: YearlyReview) -> str:
    """Who does what, until when."""
    if row.agreed_on is not None:
        return _("agreed on %(day)s") % {"day": day_in_words(row.agreed_on)}
    if row.due_on is None:
        return ""
    words = {
        S.PLANNED: _("begins on %(day)s") % {"day": day_in_words(row.starts_on)},
        S.SELF: _("the organisation writes until %(day)s"),
        S.PEER: _("another organisation looks until %(day)s"),
        S.DISPUTED: _("a third organisation decides by %(day)s"),
    }
    return words[row.stage] % {"day": day_in_words(row.due_on)}


def page_of(row: YearlyReview, user: User) -> dict[str, object]:
    stage, hand, sees = row.stage, hand_of(user, row), reads_evidence(user, row)
    own, leads = reviews.writes_for(user, row.organization), reviews.coordinates(user, row)
    leaves, criteria = reviews.missing(row) if hand == "own" else (set(), set())
    return {
        "review": row,
        "line": lines_of([row])[0],
        "stage": stage.value,
        "hand": hand,
        "is_own": own,
        "sees": sees,
        "reviewer": worded(row.reviewer, "name") if row.reviewer and sees else "",
        "third": worded(row.third, "name") if row.third and sees else "",
        "left": len(leaves) + len(criteria),
        "left_services": len(leaves),
        "left_criteria": len(criteria),
        "is_begun": row.lines.exists(),
        "differences": reviews.differences(row) if stage in (S.PEER, S.DISPUTED) else 0,
        "differing": _differing(row) if stage == S.DISPUTED and sees else [],
        "may_answer": own and stage == S.DISPUTED,
        "may_drop": leads and stage in (S.PLANNED, S.SELF, S.PEER, S.DISPUTED),
        "may_ask_another": leads and stage in (S.PEER, S.DISPUTED),
        "may_act": own and stage != S.DROPPED,
        "actions": list(row.actions.select_related("responsible")) if sees or stage == S.AGREED else [],
        "groups": _summary(row) if stage == S.AGREED or hand == "" else [],
    }


def _differing(row: YearlyReview) -> list[dict[str, Any]]:
    """Where the two do not agree: kinds of service, then criteria."""
    leaves = [leaf for group in grid_of(row, {}, only_differences=True) for leaf in group["leaves"]]
    marks = [one for group in criteria_of(row, {}, only_differences=True) for one in group["rows"]]
    return leaves + marks


def _summary(row: YearlyReview) -> list[dict[str, Any]]:
    """What was agreed, kinds of service by their group: what is not planned says nothing."""
    found = []
    for group in grid_of(row, {}):
        said = [leaf for leaf in group["leaves"] if leaf["line"] and leaf["line"].agreed != SpectrumAnswer.NOT_PLANNED]
        if said:
            found.append({"name": group["name"], "leaves": said})
    return found


def grid_of(row: YearlyReview, said: Mapping[str, Any], *, only_differences: bool = False) -> list[dict[str, Any]]:
    """Groups of leaves with what is said; `said` (what was typed and not taken) goes before what is kept."""
    kept = {line.leaf: line for line in row.lines.all()}
    own = reviews.own_leaves(row)
    groups: dict[str, dict[str, Any]] = {}
    leaves: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in ServiceType.objects.order_by("position", "code"):
        if one.parent_id is None:
            groups[one.code] = {"code": one.code, "name": worded(one, "name"), "leaves": leaves[one.code]}
            continue
        line = kept.get(one.code)
        if (one.is_retired and line is None) or (only_differences and not (line and line.differs)):
            continue
        leaves[one.parent_id].append(_leaf(one, line, said, one.code in own))
    return [group for group in groups.values() if group["leaves"]]


def _leaf(one: ServiceType, line: Any, said: Mapping[str, Any], is_own: bool) -> dict[str, Any]:
    answer = said.get(f"a-{one.code}", line.answer if line else "")
    barriers = [said.get(f"b{n}-{one.code}", "") for n in (1, 2, 3)] if said else [*(line.barriers if line else [])]
    names = dict(SpectrumAnswer.choices)
    return {
        "code": one.code,
        "name": worded(one, "name"),
        "is_own": is_own,
        "line": line,
        "answer": answer,
        "barriers": [*barriers, "", "", ""][:3],
        "has_barriers": any(barriers),
        "own_words": names.get(line.answer, "") if line else "",
        "peer_words": names.get(line.peer_answer, "") if line else "",
        "agreed_words": names.get(line.agreed, "") if line else "",
        "barrier_words": ", ".join(str(Barrier(code).label) for code in (line.barriers if line else [])),
    }


def criteria_of(row: YearlyReview, said: Mapping[str, Any], *, only_differences: bool = False) -> list[dict[str, Any]]:
    kept = {one.criterion: one for one in row.marks.select_related("document")}
    names = dict(CriterionAnswer.choices)
    found = []
    for group, criteria in _asked_or_kept(row, kept):
        rows = []
        for criterion in criteria:
            one = kept.get(criterion.value)
            if only_differences and not (one and one.differs):
                continue
            rows.append(
                {
                    "code": criterion.value,
                    "name": criterion.label,
                    "row": one,
                    "mark": said.get(f"m-{criterion.value}", one.mark if one else ""),
                    "evidence": said.get(f"e-{criterion.value}", one.evidence if one else ""),
                    "link": said.get(f"l-{criterion.value}", one.link if one else ""),
                    "document": said.get(
                        f"d-{criterion.value}", one.document.public_id if one and one.document else ""
                    ),
                    "own_words": names.get(one.mark, "") if one else "",
                    "peer_words": names.get(one.peer_mark, "") if one else "",
                    "agreed_words": names.get(one.agreed, "") if one else "",
                }
            )
        if rows:
            found.append({"name": group.label, "rows": rows, "left": sum(not one["mark"] for one in rows)})
    return found


def _asked_or_kept(
    row: YearlyReview, kept: Collection[str]
) -> list[tuple[CriterionGroup | KindGroup, Sequence[Criterion | KindCriterion]]]:
    """The common criteria, then those of kinds: what it is asked for while it writes, what it said after that."""
    if row.stage == S.SELF:
        groups = reviews.asked_groups(row)
    else:
        groups = [group for group, criteria in OF_KINDS.items() if any(one.value in kept for one in criteria)]
    return [*CRITERIA.items(), *((group, OF_KINDS[group]) for group in groups)]
