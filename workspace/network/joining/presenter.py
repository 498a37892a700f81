"""What the pages of applications and members say, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.geo.countries import country_name
from core.phrasing.dates import day_in_words
from core.spelling.collation import in_reading_order
from network.decisions.counting import count_of
from network.joining import services as joining
from network.joining.likeness import likenesses
from network.joining.models import Application, ApplicationCheck
from network.joining.models.words import ApplicationOutcome, CheckKind
from network.joining.models.words import ApplicationState as S
from network.joining.services._inside import coordinates, is_of, sits_in_council
from network.joining.services.deciding import NOES, UNDECIDED
from organizations.models import MemberStatus, Organization
from organizations.models.organization import is_network_person
from services.models import ServiceType, TargetGroup
from workspace.network.decisions.presenter import words_of
from workspace.shared.texts import worded

if TYPE_CHECKING:
    from accounts.models import User

TONES = {
    S.SENT: "warn",
    S.CHECKING: "accent",
    S.NEEDS_INFO: "",
    S.VOTING: "accent",
    S.ACCEPTED: "ok",
    S.MEMBER: "ok",
    S.DECLINED: "",
    S.WITHDRAWN: "",
    S.CLOSED: "",
}
#: Before these the next step is the network's.
_LATE = (S.SENT, S.CHECKING, S.ACCEPTED)


def lines_of(rows: Iterable[Application]) -> list[dict[str, object]]:
    """Applications in a list: state, how old, the next step and its day."""
    now = clock.now()
    found = []
    for row in rows:
        stage = row.stage
        days = (now - (row.sent_at or row.created_at)).days
        found.append(
            {
                "row": row,
                "country": country_name(row.registration_country),
                "words": stage.label,
                "tone": TONES[stage],
                "age": ngettext("%(n)d day", "%(n)d days", days) % {"n": days},
                "next": _next(row),
                "is_late": stage in _LATE and row.due_at is not None and row.due_at <= now,
            }
        )
    return found


def _next(row: Application) -> str:
    """Who does what, until when."""
    if row.due_at is None or row.is_ended:
        return day_in_words(row.state_at.date())
    words = {
        S.SENT: _("a coordinator takes it up by %(day)s"),
        S.CHECKING: _("checked and put to the vote by %(day)s"),
        S.NEEDS_INFO: _("the applicant answers by %(day)s"),
        S.VOTING: _("the vote ends on %(day)s"),
        S.ACCEPTED: _("everything on the list by %(day)s"),
    }
    if row.stage == S.VOTING and row.vote is not None:
        if row.vote.is_over:
            return _("the vote is over: tell the applicant")
        return words[S.VOTING] % {"day": day_in_words(row.vote.closes_at.date())}
    return words[row.stage] % {"day": day_in_words(row.due_at.date())}


def page_of(row: Application, user: User) -> dict[str, object]:
    """One application. Notes of money are read by administrators, of safety by the council as well."""
    stage, leads = row.stage, coordinates(user, row)
    outcome = count_of(row.vote).outcome if row.vote else None
    missing = joining.missing_checks(row)
    items = joining.items_of(row, user) if stage in (S.ACCEPTED, S.MEMBER) else []
    is_newcomer = is_of(user, row.organization)
    return {
        "application": row,
        "stage": stage.value,
        "line": lines_of([row])[0],
        "is_newcomer": is_newcomer,
        **_for_checkers(row, user, is_newcomer),
        "questions": list(row.questions.order_by("asked_at", "pk")),
        "outcomes": ApplicationOutcome.choices,
        "vote_words": words_of(outcome) if outcome else None,
        "items": items,
        "is_whole": bool(items) and all(item.is_done for item in items),
        "may_complete": stage == S.ACCEPTED and not is_newcomer and (leads or is_of(user, row.mentor)),
        "may_take_up": leads and stage == S.SENT,
        "may_ask": leads and stage == S.CHECKING,
        "may_vote": leads and stage in (S.CHECKING, S.VOTING) and (outcome is None or outcome in UNDECIDED),
        "missing": missing,
        "may_accept": leads and stage == S.VOTING and outcome == "adopted",
        "may_decline": leads and stage == S.VOTING and outcome in NOES,
        "may_mentor": leads and stage == S.ACCEPTED,
        "shows_person": leads or is_newcomer,
        "mentors": _mentors(row) if leads and stage in (S.VOTING, S.ACCEPTED) else [],
        **sent_of(row),
    }


def sent_of(row: Application) -> dict[str, object]:
    """What was written, in words."""
    groups = TargetGroup.objects.filter(code__in=row.groups).order_by("position", "code")
    types = ServiceType.objects.filter(code__in=row.services).order_by("position", "code")
    pairs = zip(row.call.asked, [*row.answers, *[""] * len(row.call.asked)], strict=False)
    return {
        "countries": [country_name(code) for code in row.countries],
        "groups": [worded(one, "name") for one in groups],
        "services": [worded(one, "name") for one in types],
        "answered": [(question, answer) for question, answer in pairs if answer],
        "referees": [worded(one, "name") for one in (row.referee_one, row.referee_two) if one],
    }


def _for_checkers(row: Application, user: User, is_newcomer: bool) -> dict[str, object]:
    """What the newcomer's own people do not read."""
    if is_newcomer or not is_network_person(user):
        return {"likenesses": [], "checks": []}
    return {"likenesses": [] if row.is_ended else _likenesses(row), "checks": _checks(row, user)}


def _likenesses(row: Application) -> list[str]:
    """What whoever checks should look at twice, one sentence each."""
    words = {
        "mixed_name": _("In “%(said)s” letters of two alphabets stand in one word."),
        "mixed_address": _("In the web address “%(said)s” letters of two alphabets stand in one word."),
        "like_name": _("On a screen the name looks like “%(said)s”. That organisation stands in the network already."),
        "same_address": _("The web address is that of “%(whose)s”: %(said)s."),
        "like_address": _("The web address looks like that of “%(whose)s”: %(said)s."),
    }
    return [
        words[one.kind] % {"said": one.said, "whose": worded(one.organization, "name") if one.organization else ""}
        for one in likenesses(row)
    ]


def _checks(row: Application, user: User) -> list[dict[str, object]]:
    """All six: what came out and by whom, else who may look at it."""
    made = {one.kind: one for one in row.checks.select_related("organization", "checked_by")}
    rows = ApplicationCheck.objects.filter(application=row)
    noted = set(rows.with_notes_for(user, sits_in_council=sits_in_council(user)).values_list("kind", flat=True))
    tones = {"ok": "ok", "concern": "warn", "not_applicable": ""}
    runs = row.stage in (S.CHECKING, S.NEEDS_INFO)
    found: list[dict[str, object]] = []
    for kind in CheckKind:
        one = made.get(kind.value)
        found.append(
            {
                "kind": kind,
                "row": one,
                "tone": tones[one.outcome] if one else "",
                "note": one.note if one and kind.value in noted else "",
                "is_hidden": one is not None and bool(one.note) and kind.value not in noted,
                "may": runs and one is None and joining.may_check(user, row, kind.value),
            }
        )
    return found


def _mentors(row: Application) -> list[tuple[str, str]]:
    members = Organization.objects.filter(member_status=MemberStatus.MEMBER).exclude(pk=row.organization_id or 0)
    return [(one.slug, worded(one, "name")) for one in members.order_by(in_reading_order("name"), "pk")]
