"""Template tags of the network's own rooms: what waits for this person, on the desk and on the coordinator's."""

from __future__ import annotations

from django import template
from django.db.models import Q
from django.urls import reverse

from directory.tables.learning import LearningTopic
from network.decisions.models import Decision
from network.decisions.services.voting import asked_of
from network.gaps.models import Gap
from network.grants.models import GrantApplication, GrantReport, GrantScore
from network.grants.models.bids import own_organizations, seated_bodies
from network.grants.models.grants import TOLD_AFTER
from network.grants.models.words import GrantScoreState
from network.joining.models import Application
from network.joining.models.words import ApplicationState
from network.learning.models import Enrolment, EnrolmentState, Material, ResourceCentre, Training
from network.learning.rights import organizations_of
from network.learning.rounds import to_ask
from network.learning.trained import expired_topics
from network.reviews.models import ReviewAction, YearlyReview
from network.reviews.services import turns_of
from network.volunteering.models import VolunteerProposal
from network.volunteering.rights import standing_of
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


@register.inclusion_tag("workspace/volunteers/_waits.html", takes_context=True)
def volunteers_wait(context: template.Context) -> dict[str, object]:
    """For a volunteer that there is a page of theirs; for a colleague what waits for their word."""
    user = context["request"].user
    row = standing_of(user)
    waiting = VolunteerProposal.objects.visible_to(user).open().count() if row is None else 0
    return {"row": row, "house": worded(row.organization, "name") if row else "", "waiting": waiting}


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


@register.inclusion_tag("workspace/network/learning/_waits.html", takes_context=True)
def learning_waits(context: template.Context) -> dict[str, object]:
    """Places to answer for, questions after a training, topics in which nobody of one's own is trained any more; for
    a coordinator what waits for a decision."""
    user = context["request"].user
    own = list(organizations_of(user).values_list("pk", flat=True))
    mine = Q(person=user) | Q(is_group=True, organization__in=own)
    invited = Enrolment.objects.filter(mine, state=EnrolmentState.INVITED, training__in=Training.objects.coming())
    asked = to_ask().filter(mine)
    topics = sorted({topic for _organization, topic in expired_topics(own)}) if own else []
    waiting, url = _offers_waiting(context)
    return {
        "invited": [(row, worded(row.training, "title")) for row in invited.select_related("training")],
        "questions": [(row, worded(row.training, "title")) for row in asked],
        "expired": [LearningTopic(topic).label for topic in topics if topic in LearningTopic.values],
        "waiting": waiting,
        "waiting_url": url,
    }


def _offers_waiting(context: template.Context) -> tuple[int, str]:
    """How many wait for this coordinator, and where the first of them stand."""
    user = context["request"].user
    if not user.is_coordinator:
        return 0, ""
    materials = Material.objects.visible_to(user).waiting()
    trainings = Training.objects.visible_to(user).waiting()
    centres = ResourceCentre.objects.visible_to(user).filter(state="offered")
    inside = user.memberships.values("organization")
    counts = [rows.exclude(organization__in=inside).count() for rows in (materials, trainings, centres)]
    pages = ("network-learning", "network-trainings", "network-centres")
    page = next((name for name, count in zip(pages, counts, strict=True) if count), pages[0])
    return sum(counts), reverse(f"workspace:{page}") + "?show=waiting"
