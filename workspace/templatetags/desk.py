"""Template tags of the workspace: its list of rooms, and the pieces of a difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import template
from django.db import models
from django.utils.translation import gettext as _

from core.languages import BESIDE, MESSAGES, by_code
from messaging.people import gets_letters
from network.decisions.services.voting import asked_of
from network.volunteering.desk import queue_of
from network.volunteering.rights import standing_of
from organizations.models import Organization
from organizations.models.organization import is_network_person
from referrals.desk import waiting_count
from translations.rights import may_look
from verification.coordination.queues import queue_for
from workspace.absences.presenter import now_of
from workspace.access import desks_of, may_read_members_map

if TYPE_CHECKING:
    from accounts.models import User

register = template.Library()


@register.inclusion_tag("workspace/shared/_nav.html", takes_context=True)
def desk_nav(context: template.Context) -> dict[str, object]:
    """The rooms of the workspace that this person may enter, for the organisation of the page."""
    user = context["request"].user
    organization = _own(user, context.get("organization")) or desks_of(user).first()
    refers = Organization.objects.in_network().kept_by(user).exists()
    is_of_network = is_network_person(user)
    return {
        "organization": organization,
        "section": context.get("section", ""),
        "manages": organization is not None
        and Organization.objects.managed_by(user).filter(pk=organization.pk).exists(),
        "waiting": queue_for(user).count() if user.is_verifier else None,
        "gets_letters": gets_letters(user),
        "refers": refers,
        "brought": queue_of(user) if refers else None,
        "volunteers": not is_of_network and standing_of(user) is not None,
        "waiting_requests": waiting_count(user),
        "asked_voices": asked_of(user).count(),
        "guards": user.is_administrator or organization is not None,
        "administers": user.is_administrator,
        "translates": may_look(user),
        "may_read_members_map": may_read_members_map(user),
        "is_of_network": is_of_network,
    }


def _own(user: User, organization: object) -> Organization | None:
    """The page's organisation when its rooms are open to this person: a page may be about one of others."""
    if not isinstance(organization, models.Model):
        return None
    return Organization.objects.editable_by(user).filter(pk=organization.pk).first()


@register.simple_tag(takes_context=True)
def reads_members_map(context: template.Context) -> bool:
    """Whether the head of the page leads to the members' map: for others that address does not exist."""
    user = context.get("user")
    return user is not None and may_read_members_map(user)


@register.inclusion_tag("workspace/absences/_note.html", takes_context=True)
def absence_note(context: template.Context) -> dict[str, object]:
    """On the desk: that one is written down as away, and for whom one stands in now."""
    user = context["request"].user
    return now_of(user) | {"csrf_token": context.get("csrf_token")}


@register.inclusion_tag("workspace/shared/_pieces.html")
def pieces(lines: list[list[tuple[str, str]]]) -> dict[str, object]:
    """Lines of a difference, with the words marked that go and come."""
    return {"lines": lines}


@register.filter
def get(mapping: object, key: object) -> object:
    """An entry of a mapping, "" when it is absent."""
    return mapping.get(key, "") if isinstance(mapping, Mapping) else ""


@register.filter
def unless(value: object, chosen: object) -> object:
    """The value, None when it is the chosen one: a chip that is pressed again lets go."""
    return None if value == chosen else value


@register.simple_tag
def language_beside() -> str:
    """Over the text beside the source's: which language it is in."""
    return _("In English") if BESIDE == MESSAGES else by_code(BESIDE).name


@register.simple_tag
def tag_beside() -> str:
    """The same for `lang=`."""
    return by_code(BESIDE).tag
