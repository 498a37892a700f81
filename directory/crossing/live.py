"""What lies over a listing and crosses beside its snapshot."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from directory.crossing.content import NoticeOver, Texts


@dataclass(frozen=True)
class LiveState:
    """What changes without a new snapshot: whether the service works, notices, dates of checks, the last word about
    places. `capacity_level` is "" when nobody said anything, or took it back."""

    operation: str = "working"
    operation_note: Texts = field(default_factory=dict)
    notices: tuple[NoticeOver, ...] = ()
    level: int = 0
    check_method: str = ""
    checked_on: dt.date | None = None
    confirmed_on: dt.date | None = None
    notice_on: dt.date | None = None
    due_on: dt.date | None = None
    hides_on: dt.date | None = None
    archives_on: dt.date | None = None
    capacity_level: str = ""
    capacity_note: Texts = field(default_factory=dict)
    capacity_reported_on: dt.date | None = None
    capacity_expires_on: dt.date | None = None
    #: Stops that are called off: the id of each, and the day in ISO form.
    stops_off: tuple[tuple[str, str], ...] = ()
    #: Answers of attributes that everybody may know, and that members may. What stands in neither reaches nobody.
    told_to_all: frozenset[str] = frozenset()
    told_to_members: frozenset[str] = frozenset()
    is_suspended: bool = False
    is_taken_down: bool = False
