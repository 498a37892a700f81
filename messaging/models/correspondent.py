"""A person who gets letters about listings, for one organisation or for the network."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from core.languages import SOURCE
from organizations.models import MembershipRole, Organization


class Rhythm(models.TextChoices):
    """How often a person is written to. Whoever is alone in charge of an organisation cannot choose silence."""

    EACH_NOTICE = "each_notice", _("When something is due, at most once in five days")
    WEEKLY = "weekly", _("Once a week, on Monday")
    NEVER = "never", _("No letters")


class CorrespondentQuerySet(models.QuerySet["Correspondent"]):
    def of(self, organization: Organization) -> CorrespondentQuerySet:
        return self.filter(organization=organization)

    def reachable(self) -> CorrespondentQuerySet:
        """Those who are still there and whose letters do not come back."""
        return self.filter(left_at__isnull=True, bounced_at__isnull=True)

    def awake(self) -> CorrespondentQuerySet:
        """Those who are reachable and did not choose silence."""
        return self.reachable().exclude(rhythm=Rhythm.NEVER)


@pghistory.track(exclude=["email", "name"])
class Correspondent(models.Model):
    """One address of one organisation; without an organisation, of a coordinator or an administrator.

    Everybody who edits or manages an organisation gets one (`messaging.people`); an address without a login may be
    added by hand. `followed_up_at` says when verification last dealt with a bounce or a departure.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="correspondents")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="correspondences"
    )
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language of letters"), max_length=8, default=SOURCE)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    role = models.CharField(
        _("role"), max_length=12, choices=MembershipRole.choices, default=MembershipRole.EDITOR, editable=False
    )
    rhythm = models.CharField(_("rhythm"), max_length=12, choices=Rhythm.choices, default=Rhythm.EACH_NOTICE)
    bounced_at = models.DateTimeField(_("letters come back since"), null=True, blank=True)
    bounce_reason = models.CharField(_("why they come back"), max_length=300, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    silence_asked_at = models.DateTimeField(_("asked for no letters, though alone"), null=True, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = CorrespondentQuerySet.as_manager()

    class Meta:
        verbose_name = _("correspondent")
        verbose_name_plural = _("correspondents")
        ordering = ["organization__name", "email", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                name="correspondent_address_once",
                nulls_distinct=False,
                violation_error_message=_("This address gets letters already."),
            ),
            models.UniqueConstraint(
                fields=["organization", "user"],
                name="correspondent_person_once",
                nulls_distinct=False,
                condition=Q(user__isnull=False),
                violation_error_message=_("This person gets letters already."),
            ),
            models.CheckConstraint(
                name="correspondent_email_is_lower_case",
                condition=Q(email=Lower("email")),
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
            models.CheckConstraint(
                name="correspondent_bounce_has_a_reason",
                condition=Q(bounced_at__isnull=True, bounce_reason="")
                | (Q(bounced_at__isnull=False) & ~Q(bounce_reason="")),
                violation_error_message=_("Say why the letters come back."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        if not clock.is_zone(self.timezone):
            raise ValidationError({"timezone": _("This time zone is unknown.")})

    @property
    def is_awake(self) -> bool:
        """As `awake()` for querysets: letters arrive and are wanted."""
        return self.left_at is None and self.bounced_at is None and self.rhythm != Rhythm.NEVER

    @property
    def is_manager(self) -> bool:
        return self.role == MembershipRole.MANAGER
