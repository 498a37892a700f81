"""What the tests of the pages of absences share."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from messaging.absences import declare_absence
from messaging.models import Absence
from messaging.people import correspondents_for, network_correspondents
from organizations.models import Organization

#: A Wednesday, noon in Tbilisi.
NOW = dt.datetime(2026, 6, 3, 8, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
PAGE = "/ru/workspace/absences/"


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def filled(delegate: User | str, first: str = "2026-06-10", last: str = "2026-06-14") -> dict[str, str]:
    pk = delegate if isinstance(delegate, str) else str(delegate.pk)
    return {"starts_on": first, "ends_on": last, "delegate": pk}


def away(user: User, delegate: User, first: int = 0, last: int = 6) -> Absence:
    today = NOW.date()
    return declare_absence(
        actor=user, user=user, starts_on=today + first * DAY, ends_on=today + last * DAY, delegate=delegate
    )


def person_page(user: User, house: Organization | None) -> str:
    rows = correspondents_for(house) if house else network_correspondents()
    return f"{PAGE}people/{rows.get(user=user).public_id}/"
