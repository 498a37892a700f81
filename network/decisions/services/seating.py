"""Bodies, and who sits in them from when to when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed
from core.languages import stored
from network.decisions.models import Body, Seat
from network.decisions.services._inside import keep
from organizations.models import Organization
from organizations.models.membership import OWN_ROLES

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def make_body(*, actor: User | None, kind: str, name: str, name_en: str = "") -> Body:
    """Administrators alone; None is the installation itself."""
    if actor is not None and not actor.is_administrator:
        raise NotAllowed(_("Only an administrator may do this."))
    body = Body(kind=kind, name=name, **{stored("name_en"): name_en or None})
    body.full_clean(exclude=["i18n"])
    body.save()
    return body


@transaction.atomic
def take_seat(
    *, actor: User, body: Body, organization: Organization, person: User, kind: str, starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> Seat:  # fmt: skip
    """Somebody of the organisation sits in the body. The database refuses two seats of one person at a time."""
    keep(actor, body)
    if not organization.memberships.filter(user=person, role__in=OWN_ROLES).exists():
        raise HouseError(_("This person is not in that organisation."), field="person")
    seat = Seat(body=body, organization=organization, person=person, kind=kind, starts_on=starts_on, ends_on=ends_on)
    seat.full_clean()
    seat.save()
    return seat


@transaction.atomic
def end_seat(*, actor: User, seat: Seat, ends_on: dt.date | None = None) -> Seat:
    """The last day of the seat: today unless told; a seat that has not begun ends on its first day."""
    row = Seat.objects.select_for_update().get(pk=seat.pk)
    keep(actor, row.body)
    row.ends_on = max(ends_on or clock.today(), row.starts_on)
    row.version += 1
    row.updated_at = clock.now()
    row.full_clean()
    row.save()
    return row
