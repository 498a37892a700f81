"""Words that something is not there: by whoever asked, for their own organisation, for a year."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import NotAllowed
from core.writing import assign, insert, one_write
from network.gaps import rights
from network.gaps.models import AbsenceCheck
from network.gaps.models.absences import VALID_DAYS
from organizations.models import Organization


@one_write
def say_absent(
    *,
    actor: User,
    organization: Organization,
    service_type: str,
    country: str,
    how: str,
    group: str = "",
    checked_on: dt.date | None = None,
) -> AbsenceCheck:
    """We have looked and found none. A newer word of the organisation takes the place of its older one."""
    if not rights.organizations_of(actor).filter(pk=organization.pk).exists():
        raise NotAllowed(_("You say this for your own organisation."))
    day = checked_on or clock.today()
    if not clock.today() - dt.timedelta(days=VALID_DAYS) < day <= clock.today():
        raise ValidationError({"checked_on": _("A day of the last year, today at the latest.")})
    if not how.strip():
        raise ValidationError({"how": _("Say whom you asked: without it nobody can tell “none” from “not known”.")})
    cell = {"service_type": service_type, "country": country, "group": group}
    AbsenceCheck.objects.filter(**cell, organization=organization, ended_at=None).update(ended_at=clock.now())
    row = AbsenceCheck(
        **cell,
        organization=organization,
        person=actor,
        checked_on=day,
        valid_until=day + dt.timedelta(days=VALID_DAYS),
    )
    assign(row, {"how": how}, allowed=("how",))
    return insert(row, fields_of={})


@one_write
def take_back(*, actor: User, word: AbsenceCheck) -> AbsenceCheck:
    """It was a mistake, or help was found: by its organisation, or a coordinator of the country."""
    own = rights.organizations_of(actor).filter(pk=word.organization_id).exists()
    if not own and not actor.coordinates(word.country):
        raise NotAllowed(_("Only the organisation that said this may take it back."))
    AbsenceCheck.objects.filter(pk=word.pk, ended_at=None).update(ended_at=clock.now())
    word.refresh_from_db()
    return word
