"""Letters about what is not public: somebody reads very much of it, or opens what an organisation hides."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from core.pages.addresses import Page, path_to
from messaging.letters import Letter, address_of, letter
from messaging.models import Message
from organizations.models import Disclosure, Opened


def read_in_bulk(message: Message) -> Letter | None:
    """How many on which day; who it was stands in the workspace. Over when the account is gone."""
    day = dt.date.fromisoformat(message.payload["day"])
    rows = Opened.objects.filter(user=message.payload["reader"], day=day)
    if organization := message.correspondent.organization:
        rows = rows.filter(organization=organization)
    if not (count := rows.count()):
        return None
    context = {
        "count": count,
        "day": day,
        "norm": settings.READING_NORM,
        "own": organization is not None,
        "link": address_of(path_to(Page.GUARDING)),
    }
    return letter(message, "verification/letters/read_in_bulk", context)


def disclosure_asked(message: Message) -> Letter | None:
    """To the other administrators. Over when somebody agreed, or nobody may any more."""
    waiting = Disclosure.objects.waiting().filter(public_id=message.payload["disclosure"])
    context = {"link": address_of(path_to(Page.GUARDING))}
    return letter(message, "verification/letters/disclosure_asked", context) if waiting.exists() else None


def disclosed(message: Message) -> Letter | None:
    """To the organisation, also when it was ended meanwhile: somebody has read it."""
    row = Disclosure.objects.filter(public_id=message.payload["disclosure"], agreed_at__isnull=False).first()
    if row is None:
        return None
    context = {"day": row.ended_at or row.ends_at, "link": address_of(path_to(Page.GUARDING))}
    return letter(message, "verification/letters/disclosed", context)
