"""Writing letters into the outbox, and what people and providers tell us about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import NetworkRole
from core import clock
from core.errors import NotAllowed, WrongState
from core.types import Json
from messaging import quiet
from messaging.letters import lane_of
from messaging.models import Correspondent, Lane, Message, MessageState, Rhythm
from messaging.people import network_correspondents
from messaging.stand_ins import StandIns, absences_near
from messaging.ways import beside, ways
from organizations.models import Organization

if TYPE_CHECKING:
    from accounts.models import User

#: Tells a coordinator that the last person in charge of an organisation asked for silence.
SILENCE_ASKED = "silence_asked"


def enqueue(
    *,
    kind: str,
    to: Correspondent,
    dedupe_key: str,
    payload: Mapping[str, Json] | None = None,
    urgent: bool = False,
    requested: bool = False,
    lane: str = "",
) -> Message | None:
    """Put a letter into the outbox, in the caller's transaction; None when there is one for this occasion already.

    `urgent` lets it arrive at weekends; `requested` says that the person waits for it, at whatever hour, and so does
    the lane of what cannot wait. `lane` is that of the kind (`lane_of`), where the caller does not know better. Which
    way it goes is decided here (`messaging.ways`); what cannot wait takes all.
    """
    lane = lane or lane_of(kind)
    any_hour = requested or lane == Lane.URGENT
    moment = clock.now() if any_hour else quiet.next_moment(clock.now(), to.timezone, urgent=urgent)
    told = {"kind": kind, "payload": dict(payload or {}), "lane": lane, "is_urgent": urgent, "is_requested": requested}
    rows = []
    for number, channel in enumerate(ways(to, kind=kind, lane=lane, requested=requested)):
        key = dedupe_key if number == 0 else beside(dedupe_key, channel)
        where = {"channel": channel, "correspondent": to, "address": to.email}
        rows.append(Message(dedupe_key=key, not_before=moment, **where, **told))
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return _written(rows)


def _written(rows: Sequence[Message]) -> Message | None:
    """The first of these that the database took, which gave it no more than its key."""
    kept = Message.objects.filter(public_id__in=[row.public_id for row in rows]).order_by()
    keys = dict(kept.values_list("public_id", "pk"))
    for row in rows:
        if row.public_id in keys:
            row.pk, row._state.adding, row._state.db = keys[row.public_id], False, kept.db
            return row
    return None


@transaction.atomic
def record_bounce(*, address: str, reason: str) -> int:
    """Letters to this address come back. Whoever has it gets no more until they have another one.

    Returns how many correspondents that touched; the clock of their listings goes on to the next rung.
    """
    rows = Correspondent.objects.filter(email=address.strip().lower(), bounced_at__isnull=True)
    return rows.update(bounced_at=clock.now(), bounce_reason=(reason.strip() or "?")[:300])


@transaction.atomic
def address_works(*, correspondent: Correspondent) -> None:
    """Somebody made sure that letters arrive again."""
    Correspondent.objects.filter(pk=correspondent.pk).update(bounced_at=None, bounce_reason="")


@transaction.atomic
def choose_rhythm(*, correspondent: Correspondent, rhythm: str) -> Correspondent:
    """How often this person wants to be written to.

    Silence is not given to the last person in charge of an organisation: they get one letter a week, and the
    coordinators of the country are told. The row that is returned says which rhythm it became.
    """
    if rhythm not in Rhythm.values:
        raise ValidationError({"rhythm": _("Choose one of the answers.")})
    organization = correspondent.organization
    if organization is not None:
        Organization.objects.select_for_update().get(pk=organization.pk)
    refused = rhythm == Rhythm.NEVER and is_last_in_charge(correspondent)
    correspondent.rhythm = Rhythm.WEEKLY if refused else rhythm
    correspondent.silence_asked_at = clock.now() if refused else None
    correspondent.save(update_fields=["rhythm", "silence_asked_at"])
    if refused:
        _tell_coordinators(correspondent)
    return correspondent


def is_last_in_charge(correspondent: Correspondent) -> bool:
    """Whether nobody else gets the letters that this person would not get any more."""
    others = Correspondent.objects.filter(organization=correspondent.organization_id).awake()
    return not others.exclude(pk=correspondent.pk).exists()


@transaction.atomic
def send_again(*, message: Message, actor: User) -> Message:
    """A new letter on the same occasion, for one that was given up or whose outcome is unknown."""
    if not actor.is_coordinator:
        raise NotAllowed(_("Only a coordinator may do this."))
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state not in (MessageState.DEAD, MessageState.UNKNOWN):
        raise WrongState(_("Only a letter that did not arrive is sent again."))
    again = enqueue(
        kind=message.kind,
        to=message.correspondent,
        dedupe_key=f"{message.dedupe_key[:140]}:again",
        payload=message.payload,
        urgent=message.is_urgent,
        lane=message.lane,
    )
    if again is None:
        raise WrongState(_("This letter was sent again already."))
    return again


def coordinators_of(country: str) -> list[Correspondent]:
    """Coordinators of the country who can be reached, or who stands in for them; without one, the administrators."""
    people = [person for person in network_correspondents().awake().order_by("pk") if person.user is not None]
    stand_ins = StandIns(people, absences_near(clock.today()))
    coordinators = [p for p in people if p.user and p.user.network_role == NetworkRole.COORDINATOR]
    coordinators = [p for p in coordinators if p.user and p.user.coordinates(country)]
    administrators = [p for p in people if p.user and p.user.is_administrator]
    present = stand_ins.present(coordinators) or stand_ins.present(administrators)
    return present or coordinators or administrators


def _tell_coordinators(correspondent: Correspondent) -> None:
    organization = correspondent.organization
    country = organization.registration_country if organization else ""
    day = clock.today(correspondent.timezone)
    for person in coordinators_of(country):
        enqueue(
            kind=SILENCE_ASKED,
            to=person,
            dedupe_key=f"{SILENCE_ASKED}:{correspondent.pk}:{person.pk}:{day:%G-W%V}",
            payload={"correspondent": correspondent.public_id},
        )
