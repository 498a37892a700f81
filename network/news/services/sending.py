"""Sending: one press, once, exactly what the preview has shown; and taking a line off a page that was sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from core.constraints import save_version
from core.errors import NotAllowed, WrongState
from core.writing import one_write
from messaging.budget import reader_of
from messaging.models import Correspondent
from messaging.people import refresh, refresh_network
from messaging.services import enqueue
from network.news import publication
from network.news.kinds import NEWS_DIGEST
from network.news.models import (
    Digest,
    DigestLine,
    DigestState,
    LetterKind,
    NewsChoice,
    SubscriberLetter,
    Subscription,
)
from organizations.models import Organization

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Recipients:
    """How many letters a press writes, by the language of whoever reads them."""

    by_language: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_language.values())


def recipients(digest: Digest) -> Recipients:
    found = _subscribers() if digest.is_public else _members()
    return Recipients(dict(Counter(one.language for one in found)))


@one_write
def send(*, actor: User, digest: Digest, expected_version: int) -> Digest:
    """Into the outbox, and onto its page. WrongState when it was sent, or is not what was looked at any more."""
    if not actor.is_coordinator:
        raise NotAllowed(_("Only a coordinator may do this."))
    row = Digest.objects.select_for_update().get(pk=digest.pk)
    if row.is_sent:
        raise WrongState(_("This digest was sent already."))
    if row.version != expected_version:
        raise WrongState(_("It has changed since you looked at it. Please look at the preview once more."))
    if not row.lines.filter(is_out=False).exists() and not row.opening:
        raise WrongState(_("There is nothing in it to send."))
    row.state, row.sent_at, row.sent_by = DigestState.SENT, clock.now(), actor
    row.letters = _write_to_subscribers(row) if row.is_public else _write_to_members(row)
    save_version(row, expected=expected_version, fields=["state", "sent_at", "sent_by", "letters"])
    if row.is_public:
        publication.publish(row)
    return row


@one_write
def take_off(*, actor: User, line: DigestLine) -> DigestLine:
    """Off the page for good: for what should not have been told. Letters that have left cannot be called back."""
    if not actor.is_coordinator:
        raise NotAllowed(_("Only a coordinator may do this."))
    row = DigestLine.objects.select_for_update().get(pk=line.pk)
    if not row.digest.is_sent or row.taken_off_at is not None:
        raise WrongState(_("This line is not on a page that was sent."))
    row.taken_off_at, row.taken_off_by = clock.now(), actor
    row.save(update_fields=["taken_off_at", "taken_off_by"])
    if row.digest.is_public:
        publication.publish(row.digest)
    return row


def _write_to_subscribers(digest: Digest) -> int:
    letters = [SubscriberLetter(subscription=one, kind=LetterKind.DIGEST, ref=digest.public_id)
               for one in _subscribers()]  # fmt: skip
    return len(SubscriberLetter.objects.bulk_create(letters, ignore_conflicts=True))


def _subscribers() -> list[Subscription]:
    """Who wants the digest, and who wants warnings of countries: those come with it."""
    return list(Subscription.objects.confirmed().order_by("pk"))


def _write_to_members(digest: Digest) -> int:
    people = _members()
    for person in people:
        key = f"{NEWS_DIGEST}:{digest.public_id}:{person.pk}"
        enqueue(kind=NEWS_DIGEST, to=person, dedupe_key=key, payload={"digest": digest.public_id})
    return len(people)


def _members() -> list[Correspondent]:
    """One post of each reader of the network's letters who has not ended the digest."""
    refresh(Organization.objects.in_network().order_by("pk"))
    refresh_network()
    ended = NewsChoice.objects.filter(wants_digest=False).values("user")
    rows = Correspondent.objects.awake().filter(user__isnull=False, user__is_active=True).exclude(user__in=ended)
    return _one_each(rows.select_related("user").order_by("organization", "pk"))


def _one_each(rows: Iterable[Correspondent]) -> list[Correspondent]:
    found: dict[str, Correspondent] = {}
    for row in rows:
        found.setdefault(reader_of(row), row)
    return list(found.values())
