"""Who belongs to which organisation, and how new people come in."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from core.languages import SOURCE
from organizations.models.organization import IN_NETWORK, Organization, standing_as


class MembershipRole(models.TextChoices):
    READER = "reader", _("Reads the members' map")
    EDITOR = "editor", _("Edits the organisation's listings")
    MANAGER = "manager", _("Edits, and invites colleagues")
    KEEPER = "keeper", _("Keeps its listings for the network")


#: What its own people do there, from the least rights to the most. A keeper is none of them: somebody of the network
#: who writes down what an organisation outside it gives, so never its word, and never a check of it.
OWN_ROLES = (MembershipRole.READER, MembershipRole.EDITOR, MembershipRole.MANAGER)


#: Into what an invitation leads, beside these: no membership (organizations.models.volunteering).
VOLUNTEER = "volunteer"
INVITED_AS = [*MembershipRole.choices, (VOLUNTEER, _("Volunteer"))]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_network(self) -> MembershipQuerySet:
        return self.filter(standing_as(*IN_NETWORK, prefix="organization__"))


@pghistory.track()
class Membership(models.Model):
    """A person in an organisation."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=MembershipRole.choices, default=MembershipRole.READER)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organization__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"],
                name="membership_once_per_person",
                violation_error_message=_("This person is in the organisation already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organization}"


INVITATION_HOURS = 72


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=clock.now())


def invitation_expiry() -> dt.datetime:
    return clock.now() + dt.timedelta(hours=INVITATION_HOURS)


@pghistory.track(exclude=["token_hash"])
class Invitation(Editable):
    """An invitation by e-mail into an organisation. Only a hash of its token is kept."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=12, choices=INVITED_AS, default=MembershipRole.READER)
    language = models.CharField(_("language of the letter"), max_length=8, default=SOURCE)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(default=invitation_expiry, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                name="invitation_one_open_per_address",
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                violation_error_message=_("This address has an open invitation already."),
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_revoked",
                condition=models.Q(accepted_at__isnull=True) | models.Q(revoked_at__isnull=True),
                violation_error_message=_("An invitation cannot be accepted and revoked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organization}"

    @property
    def is_for_volunteer(self) -> bool:
        return self.role == VOLUNTEER
