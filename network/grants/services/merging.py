"""What an organisation has signed does not go to another one by a press: it is settled first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import WrongState
from network.grants.models import Grant, GrantApplication
from organizations.models import Organization

MOVES = ()


def hand_over(gone: Organization, kept: Organization) -> int:
    """Refuse while a grant runs or an application waits."""
    if Grant.objects.under_way().filter(organization=gone).exists():
        raise WrongState(_("“%(name)s” has a grant that runs: close it first.") % {"name": gone})
    if GrantApplication.objects.under_way().filter(organization=gone).exists():
        raise WrongState(_("“%(name)s” waits for a decision about a grant: let it be decided first.") % {"name": gone})
    return 0
