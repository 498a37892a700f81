"""Break-glass: an administrator opens what an organisation hides, for some hours, and never alone.

Rule: one administrator asks and says why, another one agrees. Whoever keeps the organisation's listings is told
at once, at whatever hour. It ends by itself; either side ends it sooner. Each step stands in the audit.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import NotAllowed, WrongState
from messaging.models import Correspondent
from messaging.people import administrators, correspondents_for
from messaging.services import enqueue
from organizations.models import Disclosure, Organization
from organizations.models.disclosure import OPEN
from verification.letters.kinds import DISCLOSED, DISCLOSURE_ASKED
from verification.services.changing import audit, need_reason


@transaction.atomic
def ask(*, actor: User, organization: Organization, reason: str) -> Disclosure:
    """Ask the other administrators to agree. They get a letter; the organisation hears when it opens."""
    reason = need_reason(reason)
    _require_administrator(actor)
    Organization.objects.select_for_update().get(pk=organization.pk)
    if Organization.objects.read_by(actor).filter(pk=organization.pk).exists():
        raise WrongState(_("You read all that this organisation has already."))
    known = Disclosure.objects.filter(organization=organization, asked_by=actor)
    if known.waiting().exists():
        raise WrongState(_("This was asked already."))
    with audit("disclosure_ask", actor, reason):
        in_vain = known.filter(agreed_at__isnull=True, ended_at__isnull=True)  # nobody agreed in time
        in_vain.update(ended_at=clock.now())
        row = Disclosure.objects.create(organization=organization, asked_by=actor, reason=reason)
    for person in administrators():
        if person.user_id != actor.pk:
            _write(DISCLOSURE_ASKED, person, row)
    return row


@transaction.atomic
def agree(*, disclosure: Disclosure, actor: User) -> Disclosure:
    """Open it for whoever asked, from now on for OPEN."""
    _require_administrator(actor)
    row = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    if row.asked_by_id == actor.pk or row.asked_by_id is None:
        raise NotAllowed(_("Another administrator has to agree."))
    if not row.is_waiting:
        raise WrongState(_("This does not wait for anybody any more."))
    with audit("disclosure_agree", actor, row.reason):
        row.agreed_by, row.agreed_at = actor, clock.now()
        row.ends_at = row.agreed_at + OPEN
        row.save(update_fields=["agreed_by", "agreed_at", "ends_at"])
    for person in correspondents_for(row.organization).awake():
        _write(DISCLOSED, person, row)
    return row


@transaction.atomic
def end(*, disclosure: Disclosure, actor: User) -> Disclosure:
    """Administrators and the organisation itself end it, or refuse it before it opens."""
    row = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    if not Disclosure.objects.visible_to(actor).filter(pk=row.pk).exists():
        raise NotAllowed(_("Only the organisation itself or an administrator may do this."))
    if not (row.is_open or row.is_waiting):
        raise WrongState(_("This is over already."))
    with audit("disclosure_end", actor, row.reason):
        row.ended_at, row.ended_by = clock.now(), actor
        row.save(update_fields=["ended_at", "ended_by"])
    return row


def _require_administrator(actor: User) -> None:
    if not actor.is_administrator:
        raise NotAllowed(_("Only an administrator of the network may do this."))


def _write(kind: str, person: Correspondent, row: Disclosure) -> None:
    key = f"{kind}:{person.pk}:{row.public_id}"
    enqueue(kind=kind, to=person, dedupe_key=key, payload={"disclosure": row.public_id}, requested=True)
