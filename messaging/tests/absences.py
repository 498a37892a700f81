"""Absences for tests: a Wednesday, and people who go away on it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import NetworkRole
from messaging.absences import declare_absence
from messaging.models import Absence
from organizations.tests.makers import make_user

#: A Wednesday, noon in Tbilisi.
NOW = dt.datetime(2026, 6, 3, 8, tzinfo=dt.UTC)
TODAY = dt.date(2026, 6, 3)
DAY = dt.timedelta(days=1)


def coordinator(*countries: str, role: str = NetworkRole.COORDINATOR):
    return make_user(network_role=role, countries=list(countries))


def days(first: int, last: int) -> dict[str, dt.date]:
    """So many days from today."""
    return {"starts_on": TODAY + first * DAY, "ends_on": TODAY + last * DAY}


def declare(user, delegate, first=0, last=6, actor="themselves"):
    actor = user if actor == "themselves" else actor
    return declare_absence(actor=actor, user=user, delegate=delegate, **days(first, last))


def faults(*arguments, **options) -> set[str]:
    """The fields at which the service finds fault; nothing may be written."""
    before = Absence.objects.count()
    with pytest.raises(ValidationError) as error, transaction.atomic():
        declare(*arguments, **options)
    assert Absence.objects.count() == before
    return set(error.value.message_dict)
