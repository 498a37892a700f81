"""Once a week: how much is new and how much is gone where a person follows a search. Numbers; what it is is behind the
login.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from urllib.parse import parse_qsl

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.pages.addresses import Page, path_to
from core.phrasing.dates import short_day
from directory.access import may_read_members
from directory.asking.filters import Filters, parse_leniently
from directory.vocabulary import vocabulary
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Correspondent, Lane, Message
from messaging.models.message import OPEN_MESSAGES, SPENT_MESSAGES
from messaging.people import posts_of
from messaging.services import enqueue
from messaging.stand_ins import StandIns, absences_near, day_of_arrival
from personal.models import FOLLOWS_KEPT, SELECTIONS_KEPT, Follow, Selection
from personal.services import fitting

FOLLOWED = "followed"
#: So many letters within a month leave room for what keeps the map right.
ROOM = 4


def write_weekly() -> int:
    """One letter for each person and week, whatever they follow. Whether anything is new is asked when it leaves."""
    people = User.objects.filter(follows__isnull=False, is_active=True).distinct().order_by("pk")
    return sum(_write(person) for person in people if may_read_members(person))


@transaction.atomic
def _write(person: User) -> bool:
    post = post_of(person)
    if post is None:
        return False
    since = clock.now() - dt.timedelta(days=31)
    recent = Message.objects.filter(address=person.email, lane=Lane.UPKEEP, created_at__gt=since)
    if recent.filter(state__in=[*OPEN_MESSAGES, *SPENT_MESSAGES]).count() >= ROOM:
        return False
    key = f"{FOLLOWED}:{person.pk}:{clock.today(post.timezone):%G-W%V}"
    return enqueue(kind=FOLLOWED, to=post, dedupe_key=key) is not None


def post_of(person: User) -> Correspondent | None:
    """Where letters reach this person; None where none do, they asked for silence or are away."""
    posts = [post.pk for post in posts_of(person)]
    awake = list(Correspondent.objects.filter(pk__in=posts).awake().select_related("user").order_by("pk"))
    stand_ins = StandIns(awake, absences_near(clock.today()))
    return next((post for post in awake if not stand_ins.absence_of(post, day_of_arrival)), None)


def filters_of(row: Follow) -> Filters:
    """The conditions as they are understood today; what the vocabulary no longer knows is left out."""
    given = QueryDict(mutable=True)
    for name, value in parse_qsl(row.conditions):
        given.appendlist(name, value)
    return parse_leniently(given, vocabulary("members"))[0]


def followed(message: Message) -> Letter | None:
    """Counted when it leaves, of what the person may see then. Over when nothing is new, or nothing is followed."""
    person = message.correspondent.user
    if person is None or not may_read_members(person):
        return None
    lines = [line for row in Follow.objects.filter(owner=person).select_for_update() if (line := _line(row, message))]
    if not lines:
        return None
    context = {"words": "\n".join(lines), "link": address_of(path_to(Page.SELECTIONS))}
    return letter(message, "personal/letters/followed", context)


def _line(row: Follow, message: Message) -> str:
    """“АРТ” is no word for a lock screen: a search is named by its day."""
    now = fitting(row.owner, filters_of(row))
    if row.told_by != message.public_id:
        row.known, row.told_by = row.told, message.public_id
    row.told = now
    row.save(update_fields=["known", "told", "told_by"])
    if not row.new and not row.gone:
        return ""
    values = {"date": short_day(row.followed_at.date()), "new": len(row.new), "gone": row.gone}
    return _("Followed since %(date)s: %(new)d new, %(gone)d no longer there.") % values


def forget_selections() -> int:
    return Selection.objects.filter(kept_at__lt=clock.now() - SELECTIONS_KEPT).delete()[0]


def forget_follows() -> int:
    return Follow.objects.filter(followed_at__lt=clock.now() - FOLLOWS_KEPT).delete()[0]


WRITERS: Mapping[str, Writer] = {FOLLOWED: followed}
