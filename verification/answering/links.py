"""Whether a link can answer: whose it is, whether they still speak for the organisation, and until when.

A link speaks for one correspondent about the listings of one letter, as they were on the map when it was written.
Looking at it changes nothing: mail scanners follow links.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pghistory
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError
from core.types import Words
from messaging.models import Correspondent
from organizations.models import MembershipRole
from verification.letters.links import token_hash
from verification.models import CheckMethod, ConfirmationLink

if TYPE_CHECKING:
    from accounts.models import User


class LinkClosed(HouseError):
    """The link cannot answer (any more). `code` is unknown, expired or left; `link` is there when it was ours."""

    code = "unknown"

    def __init__(self, message: Words, *, code: str, link: ConfirmationLink | None = None) -> None:
        super().__init__(message, code=code)
        self.link = link


def find_link(token: str, *, lock: bool = False, chat_of: User | None = None) -> ConfirmationLink:
    """The link of a token while it can answer, else LinkClosed. With `lock`, locked until the transaction ends.

    A link in the bot's buttons answers only in the chat of the person whose it is (`chat_of`), and opens no page.
    """
    links = ConfirmationLink.objects.filter(token_hash=token_hash(token), method=CheckMethod.LINK)
    if chat_of is not None:
        links = ConfirmationLink.objects.filter(token_hash=token_hash(token), method=CheckMethod.TELEGRAM)
        links = links.filter(correspondent__user=chat_of)
    if lock:
        links = links.select_for_update()
    else:
        links = links.select_related("correspondent__organization", "correspondent__user")
    link = links.first()
    if link is None:
        raise LinkClosed(_("We do not know this link."), code="unknown")
    if not _still_speaks(link.correspondent):
        raise LinkClosed(
            _("This link belonged to somebody who does not answer for it any more."), code="left", link=link
        )
    if clock.now() >= link.expires_at:
        raise LinkClosed(_("This link has expired."), code="expired", link=link)
    return link


def _still_speaks(person: Correspondent) -> bool:
    """Still there, still an editor where they had a login, and the organisation still in the network."""
    organization = person.organization
    if person.left_at or organization is None or organization.is_suspended:
        return False
    if person.user is None:
        return True
    roles = [MembershipRole.EDITOR, MembershipRole.MANAGER]
    return person.user.is_active and organization.memberships.filter(user=person.user, role__in=roles).exists()


def mark_used(link: ConfirmationLink) -> None:
    """The letter was answered: from now on it counts as read."""
    link.first_used_at = link.first_used_at or clock.now()
    link.save(update_fields=["first_used_at"])


def audit_link(link: ConfirmationLink, step: str) -> AbstractContextManager[pghistory.runtime.Context]:
    """Everything that is written inside carries by whose link, and by which step."""
    user = link.correspondent.user_id
    return pghistory.context(step=step, user=user, correspondent=link.correspondent_id, link=link.pk)
