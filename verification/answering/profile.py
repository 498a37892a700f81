"""Answering by the link in a letter that everything is right about the organisation itself."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import WrongState
from verification.answering.links import audit_link, find_link
from verification.letters.occasions.profiles import waiting_profile
from verification.models import ProfileCheck, ProfileMethod
from verification.profiles import shown_profile
from verification.services.around.profiles import write_profile_confirmation


@transaction.atomic
def confirm_profile_by_link(*, token: str, seen: str) -> ProfileCheck:
    """Everything is right about the organisation itself. `seen` is the version that the page showed."""
    link = find_link(token, lock=True)
    person, organization = link.correspondent, link.correspondent.organization
    shown = shown_profile(organization) if organization else None
    if organization is None or shown is None or waiting_profile(organization) is None:
        raise WrongState(_("The details of the organisation need no answer just now."))
    if shown.public_id != seen:
        raise WrongState(_("They have changed on the map meanwhile. Please look once more."))
    with audit_link(link, "confirm_profile"):
        return write_profile_confirmation(organization, person.user, ProfileMethod.LINK, correspondent=person)
