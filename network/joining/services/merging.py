"""Two organisations are one: what is under way in the network goes to the one that stays. Each room has a handler.

Rule: what is open moves, what was said stays under the name that said it. Listings, places, people and agreements are
not moved (ADR 0067), and nothing that was signed: a running grant is settled first. The membership of the other one is
ended afterwards, by the usual step.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.errors import NotAllowed, WrongState
from network.joining.models import Application
from organizations.models import Organization
from organizations.models.organization import IN_NETWORK
from verification.models import AlikeOrganizations
from verification.services.changing import audit

if TYPE_CHECKING:
    from accounts.models import User

MOVES = (
    "joining.Application.referee_one",
    "joining.Application.referee_two",
    "joining.Application.mentor",
)


@cache
def _handlers() -> list[Callable[[Organization, Organization], int]]:
    return [import_string(name) for name in settings.MERGE_FOLLOWERS]


@transaction.atomic
def hand_over_all(*, actor: User, pair: AlikeOrganizations) -> int:
    """By an administrator, once somebody has said that both are one; how many things have moved."""
    if not actor.is_administrator:
        raise NotAllowed(_("Only administrators may do this."))
    row = AlikeOrganizations.objects.select_for_update().get(pk=pair.pk)
    if row.same_at is None or row.kept_id is None:
        raise WrongState(_("First somebody says that both are one, and which one stays."))
    both = Organization.objects.select_for_update().filter(pk__in=[row.first_id, row.second_id]).order_by("pk")
    houses = {house.pk: house for house in both}
    kept = houses.pop(row.kept_id)
    (gone,) = houses.values()
    if kept.member_status not in IN_NETWORK:
        raise WrongState(_("“%(name)s” does not stand in the network: it cannot take anything over.") % {"name": kept})
    with audit("hand over to the organisation that stays", actor):
        return sum(handler(gone, kept) for handler in _handlers())


def hand_over(gone: Organization, kept: Organization) -> int:
    """Of applications that are under way: who vouches, and who goes along. Nobody does both, nor for oneself."""
    rows = Application.objects.under_way().order_by().exclude(organization=kept)
    number = 0
    for mine, other in (("referee_one", "referee_two"), ("referee_two", "referee_one"), ("mentor", "")):
        found = rows.filter(**{mine: gone})
        found = found.exclude(**{other: kept}) if other else found
        keys = list(found.values_list("pk", flat=True))
        number += Application.objects.filter(pk__in=keys).update(**{mine: kept, "version": F("version") + 1})
    return number
