"""Warnings of countries: whoever chose a country hears of its new notices, once each, in the chat alone.

Rule: what everybody reads comes with its text, what is for the network as a hint, anything narrower not at all.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core import clock
from messaging.models import Correspondent, Lane, TelegramAccount
from messaging.people import posts_of
from messaging.services import enqueue
from organizations.models import Visibility
from services.models import Notice
from telegram.kinds import COUNTRY_NOTICE

#: A notice that began so long ago is not news any more.
NEWS = dt.timedelta(days=7)
_TOLD = (Visibility.PUBLIC, Visibility.MEMBERS)


def warn() -> int:
    """Write what is new into the outbox; run it as often as you like."""
    with transaction.atomic():
        return _warn()


def _warn() -> int:
    today = clock.today()
    rows = Notice.objects.exclude(country="").filter(visibility__in=_TOLD, starts_on__lte=today)
    fresh = list(rows.filter(starts_on__gt=today - NEWS).exclude(ends_on__lt=today).order_by("pk"))
    chosen = TelegramAccount.objects.filter(countries__overlap=sorted({row.country for row in fresh}))
    written = 0
    for account in chosen.select_related("user").order_by("pk") if fresh else ():
        post = next(iter(posts_of(account.user)), None) if account.is_open else None
        for notice in fresh:
            if post is not None and notice.country in account.countries and _is_news(notice, account):
                written += _write(notice, post, account)
    return written


def _is_news(notice: Notice, account: TelegramAccount) -> bool:
    return notice.starts_on >= account.linked_at.date()


def _write(notice: Notice, post: Correspondent, account: TelegramAccount) -> bool:
    key, payload = f"{COUNTRY_NOTICE}:{notice.pk}:{account.user_id}", {"notice": notice.pk}
    row = enqueue(kind=COUNTRY_NOTICE, to=post, dedupe_key=key, payload=payload, urgent=True, lane=Lane.NEWS)
    return row is not None
