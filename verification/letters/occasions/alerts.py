"""Letters beside the reminders of listings: reports, checks given away, returned submissions, waiting profiles.

Run it as often as you like: what a letter was written for stands in its payload, so nobody is told of a thing twice.
One letter a day for each person and kind; the rest waits for the next one. The desk shows everything at once.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import cast

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery

from core import clock
from core.geo.countries import country_name
from core.pages.addresses import Page, path_to
from messaging import quiet
from messaging.letters import Letter, address_of, letter
from messaging.models import Correspondent, Message, MessageState
from messaging.people import refresh
from messaging.services import enqueue
from messaging.stand_ins import StandIns, absences_near
from organizations.models import Membership, Organization
from services.models import VerificationClass
from verification.letters.kinds import ASSIGNED, CAMPAIGN_OVER, HEARD, PROFILE, REPORTED, RETURNED, TWINS
from verification.letters.ladder import Ladder, Matter, load_ladder
from verification.letters.occasions.campaigns import ended
from verification.letters.occasions.heard import heard_news
from verification.letters.occasions.news import News
from verification.letters.occasions.profiles import profile_news
from verification.letters.occasions.twins import twin_news
from verification.letters.pace import Pace, load_pace
from verification.models import Recheck, Report, Review, ReviewState, Rung

KINDS = (REPORTED, ASSIGNED, RETURNED, PROFILE, CAMPAIGN_OVER, HEARD, TWINS)
#: A submission that came back so long ago is not news any more.
NEWS = dt.timedelta(days=14)


@transaction.atomic
def alert() -> int:
    """Write the letters about what is new; returns how many."""
    with connection.cursor() as cursor:  # two runs at once would both find the same things untold
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('verification.alert'))")
    found: dict[tuple[int, str], list[News]] = defaultdict(list)
    for news in [*_reported(), *_assigned(), *_returned(), *profile_news(), *ended(), *heard_news(), *twin_news()]:
        found[news.person.pk, news.kind].append(news)
    told = _told(found)
    waiting = {
        key: fresh for key, news in found.items() if (fresh := [n for n in news if n.key not in told.get(key, ())])
    }
    if not waiting:
        return 0
    pace = load_pace([news[0].person for news in waiting.values()], clock.now())
    return sum(_write(kind, news, pace) for (_person, kind), news in sorted(waiting.items()))


def _write(kind: str, news: list[News], pace: Pace) -> bool:
    """Add to a letter that has not left yet, or write one when it is not too soon."""
    person, keys = news[0].person, [each.key for each in news]
    waiting = Message.objects.open().select_for_update().filter(correspondent=person, kind=kind).first()
    if waiting:
        waiting.payload = {"about": list(dict.fromkeys([*waiting.payload["about"], *keys]))}
        waiting.save(update_fields=["payload"])
        return False
    urgent = any(each.is_urgent for each in news)
    moment = quiet.next_moment(clock.now(), person.timezone, urgent=urgent)
    if not urgent and not pace.allows(person, kind, moment, urgent=kind != PROFILE):
        return False
    key = f"{kind}:{person.pk}:{clock.today(person.timezone).isoformat()}"
    return enqueue(kind=kind, to=person, dedupe_key=key, payload={"about": keys}, urgent=urgent) is not None


def _told(found: Mapping[tuple[int, str], list[News]]) -> dict[tuple[int, str], set[str]]:
    """What of this their letters were written for. A letter that never left told nobody anything.

    Letters about other things are left where they are: a network that writes for years has thousands of them.
    """
    people, keys = {person for person, _kind in found}, sorted({each.key for news in found.values() for each in news})
    rows = Message.objects.filter(correspondent__in=people, kind__in=KINDS, payload__about__has_any_keys=keys)
    rows = rows.exclude(state=MessageState.CANCELLED).order_by()
    told: dict[tuple[int, str], set[str]] = defaultdict(set)
    for person, kind, payload in rows.values_list("correspondent", "kind", "payload"):
        told[person, kind].update(payload["about"])
    return told


def _reported() -> Iterator[News]:
    """Coordinators hear of a report at once; when its clock has run out, the administrators do."""
    reports = list(Report.objects.open().select_related(*_PARTS))
    if not reports:
        return
    ladder = load_ladder([])
    own = _own({report.listing.service.organization_id for report in reports})
    for report in reports:
        urgent = _is_urgent(report)
        for person in _outsiders(ladder, Rung.COORDINATOR, report, own):
            yield News(REPORTED, report.public_id, person, urgent)
        if clock.now() >= report.due_at:
            for person in _outsiders(ladder, Rung.ADMINISTRATORS, report, own):
                yield News(REPORTED, f"{report.public_id}:late", person, urgent)


_PARTS = ("listing__service__organization", "listing__location", "listing__state")


def _own(organizations: Collection[int]) -> set[tuple[int, int]]:
    """(user, organization) of everybody who belongs to these."""
    rows = Membership.objects.filter(organization__in=organizations).order_by()
    return set(rows.values_list("user", "organization"))


def _outsiders(ladder: Ladder, rung: Rung, report: Report, own: set[tuple[int, int]]) -> list[Correspondent]:
    """People of the rung who do not belong to the organisation; without one, the administrators."""
    owner = report.listing.service.organization_id
    matter = Matter(owner, report.listing.country, _is_urgent(report))
    found = [p for p in ladder.on_rung(rung, matter)[1] if (p.user_id, owner) not in own]
    if not found and rung == Rung.COORDINATOR:
        return _outsiders(ladder, Rung.ADMINISTRATORS, report, own)
    return found


def _is_urgent(report: Report) -> bool:
    state = getattr(report.listing, "state", None)
    return state is not None and state.verification_class == VerificationClass.A


def _assigned() -> Iterator[News]:
    """The organisation to which a check was given: its verifiers if they get letters, else everybody who does."""
    rows = Recheck.objects.open().filter(assigned_to__isnull=False).select_related("assigned_to")
    given: dict[Organization, list[str]] = defaultdict(list)
    for row in rows:
        given[cast(Organization, row.assigned_to)].append(row.public_id)
    refresh(given)
    absences = list(absences_near(clock.today()))
    for organization, keys in given.items():
        everybody = list(Correspondent.objects.of(organization).awake().select_related("user").order_by("pk"))
        verifiers = [person for person in everybody if person.user and person.user.is_verifier]
        there = StandIns(everybody, absences).present
        for person in there(verifiers) or there(everybody) or everybody:
            yield from (News(ASSIGNED, key, person) for key in keys)


def _returned() -> Iterator[News]:
    """Whoever sent a submission that came back, whole or in part, and was not sent anew; or who stands in."""
    newest = Review.objects.filter(listing=OuterRef("listing")).order_by("-submitted_at", "-pk")
    back = Q(state__in=[ReviewState.NEEDS_CHANGES, ReviewState.REJECTED]) | ~Q(returned=[])
    rows = Review.objects.filter(back, decided_at__gt=clock.now() - NEWS, submitted_by__isnull=False)
    reviews = list(rows.filter(pk=Subquery(newest.values("pk")[:1])).select_related("listing__service__organization"))
    refresh({review.listing.service.organization for review in reviews})
    absences = list(absences_near(clock.today()))
    for review in reviews:
        everybody = list(Correspondent.objects.of(review.listing.service.organization).awake().select_related("user"))
        sender = [person for person in everybody if person.user_id == review.submitted_by_id]
        for person in StandIns(everybody, absences).present(sender) or sender:
            yield News(RETURNED, review.public_id, person)


# --- the words ---------------------------------------------------------------------------------------------------


def reported(message: Message) -> Letter | None:
    """To coordinators and administrators: how many, how urgent, where. Over when all were closed meanwhile."""
    ids = {key.split(":")[0] for key in message.payload["about"]}
    rows = list(Report.objects.open().filter(public_id__in=ids).select_related(*_PARTS))
    if not rows:
        return None
    countries = Counter(country_name(row.listing.country) or "—" for row in rows)
    context = {
        "count": len(rows),
        "urgent": sum(map(_is_urgent, rows)),
        "late": sum(1 for row in rows if clock.now() >= row.due_at),
        "countries": sorted(countries.items()),
        "link": address_of(path_to(Page.REPORTS)),
    }
    return letter(message, "verification/letters/reported", context)


def assigned(message: Message) -> Letter | None:
    """To an organisation that shall check others. Over when all was checked or given to somebody else."""
    rows = Recheck.objects.open().filter(
        public_id__in=message.payload["about"], assigned_to=message.correspondent.organization
    )
    count = rows.values("listing").distinct().count()
    if not count:
        return None
    link = address_of(path_to(Page.COORDINATION, pile="rechecks"))
    first = rows.order_by("due_at").values_list("due_at", flat=True).first()
    return letter(message, "verification/letters/assigned", {"count": count, "first": first, "link": link})


def returned(message: Message) -> Letter | None:
    """To whoever sent it. Over when it was sent anew or withdrawn."""
    known = Review.objects.filter(public_id__in=message.payload["about"])
    newer = Review.objects.filter(listing=OuterRef("listing")).order_by("-submitted_at", "-pk").values("pk")[:1]
    count = known.filter(pk=Subquery(newer)).count()
    if not count:
        return None
    link = address_of(path_to(Page.DESK, show="todo"))
    return letter(message, "verification/letters/returned", {"count": count, "link": link})
