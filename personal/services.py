"""Keeping and forgetting. A person has so many and no more, and nobody has somebody else's."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import WrongState
from core.geo.countries import countries
from directory.access import members_read
from directory.asking import queries
from directory.asking.filters import Filters
from personal.models import MOST_SERVICES, Follow, Selection

MOST_SELECTIONS, MOST_FOLLOWS = 20, 10
#: What is compared week by week.
MOST_FOLLOWED = 1000


@transaction.atomic
def keep(*, owner: User, ids: Sequence[str], country: str = "") -> Selection:
    """The selection under the next number; the same one again is the one that is kept already."""
    _lock(owner)
    ids = list(dict.fromkeys(ids))[:MOST_SERVICES]
    if not ids:
        raise WrongState(_("There is nothing in this selection yet."))
    if country and country not in countries():
        raise WrongState(_("Choose one of the answers."), field="country")
    mine = Selection.objects.filter(owner=owner)
    if (same := mine.filter(listings=ids, country=country).first()) is not None:
        return same
    if mine.count() >= MOST_SELECTIONS:
        raise WrongState(_("Twenty selections are kept already. Delete one that nobody needs any more."))
    last: int = mine.aggregate(last=Max("number"))["last"] or 0
    return Selection.objects.create(owner=owner, number=last + 1, country=country, listings=ids)


def forget(*, owner: User, selection: str) -> int:
    return Selection.objects.filter(owner=owner, public_id=selection).delete()[0]


@transaction.atomic
def follow(*, owner: User, filters: Filters) -> Follow:
    """From now on; what is there today is known. Neither words nor somebody's own position are kept."""
    _lock(owner)
    conditions = canonical(filters)
    if not conditions:
        raise WrongState(_("Choose what to follow first: a kind of help, a country, a city or a part of the map."))
    mine = Follow.objects.filter(owner=owner)
    if (same := mine.filter(conditions=conditions).first()) is not None:
        return same
    if mine.count() >= MOST_FOLLOWS:
        raise WrongState(_("Ten searches are followed already. End one first."))
    ids = fitting(owner, filters)
    if len(ids) > MOST_FOLLOWED:
        raise WrongState(_("More than a thousand services fit. Choose a country, a city or a kind of help."))
    row = Follow(owner=owner, conditions=conditions, known=ids, told=ids)
    row.full_clean(validate_unique=False)
    row.save()
    return row


def unfollow(*, owner: User, follow: str) -> int:
    return Follow.objects.filter(owner=owner, public_id=follow).delete()[0]


def canonical(filters: Filters) -> str:
    """Equal questions give equal texts; who asks and where they are stands in none."""
    return filters.with_only_filters().replace(near=None, bbox=filters.bbox).to_query()


def fitting(owner: User, filters: Filters) -> list[str]:
    """Ids of what fits and this person may see now."""
    with members_read(owner):
        rows = queries.matching("members", filters.replace(near=None)).order_by("id")
        return list(rows.values_list("id", flat=True)[: MOST_FOLLOWED + 1])


def _lock(owner: User) -> None:
    """Two presses at once are two, one after the other."""
    User.objects.select_for_update().get(pk=owner.pk)
