"""Of two organisations that are one, the one that stays goes on with the referrals that the other one has sent."""

from __future__ import annotations

from django.db.models import F, Max

from organizations.models import Organization
from referrals.models import Referral
from referrals.services import _inside as inside

MOVES = ("referrals.Referral.sender",)


def hand_over(gone: Organization, kept: Organization) -> int:
    """Open ones, with the next numbers. Where the one that stays was asked itself, it would answer itself: that stays.

    Requests to the one that goes return to their senders when its membership ends, as with anybody who leaves.
    """
    inside.lock_organizations({gone.pk, kept.pk})
    rows = Referral.objects.open().filter(sender=gone).exclude(legs__offers__organization=kept).order_by("number")
    keys = list(rows.values_list("pk", flat=True))
    last = Referral.objects.filter(sender=kept).aggregate(n=Max("number"))["n"] or 0
    for number, key in enumerate(keys, start=last + 1):
        inside.lock(key)
        Referral.objects.filter(pk=key).update(sender=kept, number=number, version=F("version") + 1)
    return len(keys)
