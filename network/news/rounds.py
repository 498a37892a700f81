"""What the worker does about news: it warns of dangers, and names services again that came back. No digest is sent."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core import clock
from directory.tables.lands import MemberCountryNotice, PublicCountryNotice
from messaging.models import Lane
from messaging.people import posts_of
from messaging.services import enqueue
from network.news import publication
from network.news.kinds import COUNTRY_DANGER
from network.news.models import LetterKind, NewsChoice, SubscriberLetter, Subscription

#: A danger that began so long ago is not news any more.
NEWS = dt.timedelta(days=7)
#: Letters that have left, or never will, are forgotten after so long.
LETTERS = dt.timedelta(days=90)


def warn() -> int:
    """A letter for each danger to whoever chose its country, once; run it as often as you like."""
    with transaction.atomic():
        return _warn_subscribers() + _warn_members()


def again() -> int:
    """Pages of sent digests as they should stand today."""
    with transaction.atomic():
        return publication.publish_all()


def forget_letters() -> int:
    rows = SubscriberLetter.objects.exclude(state="queued").filter(created_at__lt=clock.now() - LETTERS)
    return rows.delete()[0]


def _warn_subscribers() -> int:
    since = clock.today() - NEWS
    written = 0
    for notice in PublicCountryNotice.objects.filter(starts_on__gt=since).dangers():
        chosen = Subscription.objects.confirmed().filter(countries__contains=[notice.country])
        told = SubscriberLetter.objects.filter(kind=LetterKind.DANGER, ref=notice.pk).values("subscription")
        rows = [SubscriberLetter(subscription=one, kind=LetterKind.DANGER, ref=notice.pk)
                for one in chosen.exclude(pk__in=told).order_by("pk")]  # fmt: skip
        written += len(SubscriberLetter.objects.bulk_create(rows, ignore_conflicts=True))
    return written


def _warn_members() -> int:
    since = clock.today() - NEWS
    written = 0
    for notice in MemberCountryNotice.objects.filter(starts_on__gt=since).dangers():
        chosen = NewsChoice.objects.filter(countries__contains=[notice.country], user__is_active=True)
        for choice in chosen.select_related("user").order_by("pk"):
            post = next(iter(posts_of(choice.user)), None)
            if post is None:
                continue
            key = f"{COUNTRY_DANGER}:{notice.pk}:{choice.user_id}"
            payload = {"notice": notice.pk}
            row = enqueue(kind=COUNTRY_DANGER, to=post, dedupe_key=key, payload=payload, lane=Lane.URGENT)
            written += row is not None
    return written
