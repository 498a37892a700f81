"""Writing what a review says beside services, as it is agreed. Only `network.reviews` calls this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction

from core.database.bulk import put
from directory.stores.store import bump_revision
from directory.tables.listings import MemberListing, PublicListing
from directory.tables.spectrum import MemberReviewed, PublicReviewed, SpectrumAnswer

#: `{"type": leaf, "answer": …, "barriers": […]}`
Line = Mapping[str, object]


@transaction.atomic
def put_reviewed(organization: str, *, on: dt.date, due_on: dt.date, lines: Mapping[str, Line]) -> None:
    """Beside each listing of the organisation that an audience has today; `lines` by leaf."""
    ids = organization
    shown = list(MemberListing.objects.filter(organization_id=ids).values_list("id", "types"))
    open_to_all = list(PublicListing.objects.filter(organization_id=ids).values_list("id", "types"))
    members: list[dict[str, Any]] = [
        {"id": key, "reviewed_on": on, "due_on": due_on, "lines": [dict(lines[t]) for t in types if t in lines]}
        for key, types in shown
    ]
    month_after = (due_on.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    public: list[dict[str, Any]] = [
        {"id": key, "reviewed_on": on.replace(day=1), "due_on": month_after, "not_always": _is_partial(types, lines)}
        for key, types in open_to_all
    ]
    put(MemberReviewed, members, overwrite=True)
    put(PublicReviewed, public, overwrite=True)
    bump_revision()


def _is_partial(types: Sequence[str], lines: Mapping[str, Line]) -> bool:
    return any(lines[one]["answer"] == SpectrumAnswer.PARTIAL for one in types if one in lines)


@transaction.atomic
def keep_reviewed(organizations: Collection[str]) -> None:
    """Rows of listings of any other organisation go."""
    members = MemberListing.objects.filter(organization_id__in=organizations).values("id")
    public = PublicListing.objects.filter(organization_id__in=organizations).values("id")
    gone = MemberReviewed.objects.exclude(pk__in=members).delete()[0]
    gone += PublicReviewed.objects.exclude(pk__in=public).delete()[0]
    if gone:
        bump_revision()
