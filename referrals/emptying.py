"""What is forgotten, and when: content thirty days after closing, everything ninety days after.

Pages filter by the same dates, so nothing is shown late while the worker stands still.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from core import clock
from messaging.models import Message
from referrals import kinds
from referrals.models import AcknowledgeLink, Leg, Referral
from referrals.models.words import LegState, Outcome
from referrals.services import _inside as inside
from referrals.services.closing import DELETES, empty, finish

#: No referral is older; what is still open then has been forgotten by everybody.
OLDEST = dt.timedelta(days=180)
_KINDS = tuple(value for name, value in vars(kinds).items() if name.isupper() and isinstance(value, str))


def run() -> dict[str, int]:
    return {
        "closed": close_forgotten(),
        "emptied": empty_closed(),
        "deleted": delete_old(),
        "letters": delete_letters(),
    }


def close_forgotten() -> int:
    old = (
        Referral.objects.open().filter(created_at__lt=clock.now() - OLDEST).order_by("pk").values_list("pk", flat=True)
    )
    done = 0
    for pk in list(old):
        with transaction.atomic():
            referral = inside.lock(pk)
            for leg in Leg.objects.filter(referral=referral).exclude(state=LegState.CLOSED).order_by("position"):
                leg.referral = referral
                finish(leg, Outcome.LOST)
            done += 1
    return done


@transaction.atomic
def empty_closed() -> int:
    """Content columns; that there was a referral, of whom and when, stays until it is deleted."""
    due = Referral.objects.filter(empties_on__lte=clock.today())
    full = due.filter(
        ~Q(supply_kind="none") | Q(needs_interpreter=True) | ~Q(contact_way="") | ~Q(languages=[]) | ~Q(groups=[])
        | ~Q(circumstances=[])
    )  # fmt: skip
    return empty(list(full.values_list("pk", flat=True)))


@transaction.atomic
def delete_old() -> int:
    """The rows themselves, with stages, requests, links, consent and events."""
    old = list(Referral.objects.filter(deletes_on__lte=clock.today()).values_list("pk", flat=True))
    Referral.objects.filter(pk__in=old).delete()
    return len(old)


@transaction.atomic
def delete_letters() -> int:
    """Letters of referrals, payload and all, as old as the rows; and links that answer no more."""
    AcknowledgeLink.objects.filter(expires_at__lt=clock.now()).delete()
    old = Message.objects.filter(kind__in=_KINDS, created_at__lt=clock.now() - DELETES)
    return old.delete()[0]
