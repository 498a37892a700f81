"""Template tags of the network's own rooms: what waits for this person, on the desk and on the coordinator's."""

from __future__ import annotations

from django import template

from network.decisions.models import Decision
from network.decisions.services.voting import asked_of

register = template.Library()


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
