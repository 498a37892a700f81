"""A draft: assembled from what happened, ordered, with lines left out and an opening. Coordinators do it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.constraints import save_version
from core.errors import NotAllowed, WrongState
from core.writing import assign, insert, one_write
from network.news.assembling import lines
from network.news.models import Digest, DigestAudience, DigestLine, DigestState

if TYPE_CHECKING:
    from accounts.models import User


@one_write
def assemble(*, actor: User, month: dt.date, audience: str) -> Digest:
    """A draft of the month, or the draft that is there filled anew: lines are made again, the opening stays.

    Of a month that is not over, what has happened until now; of one to come nothing.
    """
    if not actor.is_coordinator:
        raise NotAllowed(_("Only a coordinator may do this."))
    if audience not in DigestAudience.values or month.day != 1 or month > clock.today():
        raise ValidationError({"month": _("Choose a month that has begun.")})
    row = Digest.objects.select_for_update().filter(month=month, audience=audience).first()
    if row is not None and row.is_sent:
        raise WrongState(_("This digest was sent already."))
    if row is None:
        row = insert(Digest(month=month, audience=audience, assembled_at=clock.now()), fields_of={})
    row.lines.all().delete()
    DigestLine.objects.bulk_create(lines(row, clock.now()))
    row.assembled_at = clock.now()
    return save_version(row, expected=row.version, fields=["assembled_at"])


@one_write
def save_opening(*, actor: User, digest: Digest, expected_version: int, **fields: object) -> Digest:
    _draft(actor, digest)
    assign(digest, fields, allowed=("opening",))
    return save_version(digest, expected=expected_version, fields=["opening", "i18n"])


@one_write
def move(*, actor: User, digest: Digest, line: DigestLine, up: bool) -> Digest:
    """Change places with the neighbour in the same section; at its end nothing happens."""
    row = _draft(actor, digest)
    same = list(row.lines.filter(section=line.section, is_out=False))
    at = next((number for number, one in enumerate(same) if one.pk == line.pk), None)
    other = None if at is None else at + (-1 if up else 1)
    if at is not None and other is not None and 0 <= other < len(same):
        first, second = same[at], same[other]
        first.position, second.position = second.position, first.position
        DigestLine.objects.bulk_update([first, second], ["position"])
    return _changed(row)


@one_write
def take_out(*, actor: User, digest: Digest, line: DigestLine) -> Digest:
    return _set_out(actor, digest, line, True)


@one_write
def put_back(*, actor: User, digest: Digest, line: DigestLine) -> Digest:
    return _set_out(actor, digest, line, False)


def _set_out(actor: User, digest: Digest, line: DigestLine, is_out: bool) -> Digest:
    row = _draft(actor, digest)
    row.lines.filter(pk=line.pk).update(is_out=is_out)
    return _changed(row)


def _draft(actor: User, digest: Digest) -> Digest:
    """The row, locked: nobody sends it while it is being changed."""
    if not actor.is_coordinator:
        raise NotAllowed(_("Only a coordinator may do this."))
    row = Digest.objects.select_for_update().get(pk=digest.pk)
    if row.state != DigestState.DRAFT:
        raise WrongState(_("This digest was sent already."))
    return row


def _changed(row: Digest) -> Digest:
    """Another version: whoever has looked at a preview looks at it again."""
    return save_version(row, expected=row.version, fields=["assembled_at"])
