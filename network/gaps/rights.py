"""Who may do what about a gap.

Rule: everybody who writes for an organisation of the network proposes one; a coordinator of its country (of either end
of a way) opens, drops, puts off and gives it to somebody. Whoever has it may say anew what is done and until when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from network.countries.models import organizations_of

if TYPE_CHECKING:
    from accounts.models import User
    from network.gaps.models import Gap

__all__ = ["acts", "leads", "organizations_of", "proposes"]


def leads(user: User, country: str, to_country: str = "") -> bool:
    return user.coordinates(country) or (bool(to_country) and user.coordinates(to_country))


def acts(user: User, gap: Gap) -> bool:
    """Whether the person may write the action: they lead, or it is theirs or their organisation's."""
    if leads(user, gap.country, gap.to_country) or gap.responsible_id == user.pk:
        return True
    return gap.organization_id is not None and organizations_of(user).filter(pk=gap.organization_id).exists()


def proposes(user: User) -> bool:
    return user.is_coordinator or organizations_of(user).exists()
