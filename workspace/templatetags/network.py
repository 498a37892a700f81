"""Template tags of the network's own rooms: what waits for this person, on the desk and on the coordinator's."""

from __future__ import annotations

from django import template
from django.db.models import Q

from network.decisions.models import Decision
from network.decisions.services.voting import asked_of
from network.gaps.models import Gap
from network.grants.models import GrantApplication, GrantReport, GrantScore
from network.grants.models.bids import own_organizations, seated_bodies
from network.grants.models.grants import TOLD_AFTER
from network.grants.models.words import GrantScoreState
from network.joining.models import Application
from network.joining.models.words import ApplicationState
from network.reviews.models import ReviewAction, YearlyReview
from network.reviews.services import turns_of
from workspace.shared.texts import worded

register = template.Library()


@register.inclusion_tag("workspace/network/joining/_waits.html", takes_context=True)
def joining_waits(context: template.Context) -> dict[str, object]:
    """The way in of one's own organisation or of one that is gone along with; for a coordinator what waits."""
    user = context["request"].user
    under_way = Application.objects.visible_to(user).under_way()
    own = user.memberships.values("organization")
    accepted = under_way.filter(state=ApplicationState.ACCEPTED)
    mine = accepted.filter(Q(organization__in=own) | Q(mentor__in=own))
    waiting = under_way.filter(state__in=[ApplicationState.SENT, ApplicationState.CHECKING])
    return {"mine": list(mine), "waiting": waiting.count() if user.is_coordinator else 0}


@register.inclusion_tag("workspace/network/decisions/_waits.html", takes_context=True)
def decisions_wait(context: template.Context) -> dict[str, object]:
    """Voices that are waited for, one's own decisions that are late, and for a coordinator how many are late at all."""
    user = context["request"].user
    late = Decision.objects.visible_to(user).late()
    return {
        "asked": asked_of(user).count(),
        "mine": late.filter(responsible=user).count(),
        "late": late.count() if user.is_coordinator else 0,
    }


@register.inclusion_tag("workspace/network/gaps/_waits.html", takes_context=True)
def gaps_wait(context: template.Context) -> dict[str, object]:
    """One's own gaps that are late; for a coordinator those of their countries that are late or proposed or idle."""
    user = context["request"].user
    rows = Gap.objects.visible_to(user)
    late = rows.late()
    if not user.is_coordinator:
        return {"late": late.filter(responsible=user).count(), "idle": 0, "leads": False}
    own = rows if user.coordinates_everywhere else rows.filter(country__in=user.countries)
    idle = own.live().filter(state__in=["proposed", "open"])
    return {"late": own.late().count(), "idle": idle.count(), "leads": True}


@register.inclusion_tag("workspace/network/reviews/_waits.html", takes_context=True)
def reviews_wait(context: template.Context) -> dict[str, object]:
    """Reviews in which it is one's own turn, own actions that are late, and for a coordinator how many are late."""
    user = context["request"].user
    late = YearlyReview.objects.visible_to(user).late()
    return {
        "turns": [(row, worded(row.organization, "name"), row.is_late) for row in turns_of(user)],
        "actions": list(ReviewAction.objects.late().filter(responsible=user).select_related("review")),
        "late": late.count() if user.is_coordinator else 0,
    }


@register.inclusion_tag("workspace/network/grants/_waits.html", takes_context=True)
def grants_wait(context: template.Context) -> dict[str, object]:
    """Scores that are waited for, own reports that are late, what the committee has left lying; late reports of the

    country for its coordinator.
    """
    user = context["request"].user
    own = own_organizations(user)
    scores = GrantScore.objects.filter(reviewer=user, state=GrantScoreState.ASKED)
    reports = GrantReport.objects.visible_to(user)
    kept = GrantApplication.objects.late().filter(call__body__in=seated_bodies(user)).exclude(organization__in=own)
    owed = reports.late().filter(grant__organization__in=own).count()
    overdue = reports.late(TOLD_AFTER).exclude(grant__organization__in=own) if user.is_coordinator else reports.none()
    return {
        "scores": scores.count(),
        "is_late": bool(owed) or scores.late().exists(),
        "owed": owed,
        "kept": kept.count(),
        "late": overdue.count(),
    }
