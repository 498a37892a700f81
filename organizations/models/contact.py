"""How to reach an organisation, a place or a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core.constraints import Editable, codes_field
from organizations.models.location import Location
from organizations.models.organization import FOR_MEMBERS, Organization, Visibility

if TYPE_CHECKING:
    from accounts.models import User


class Channel(models.TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    TELEGRAM = "telegram", _("Telegram")
    SIGNAL = "signal", _("Signal")
    WHATSAPP = "whatsapp", _("WhatsApp")
    VIBER = "viber", _("Viber")
    FORM = "form", _("Web form")


class ContactAudience(models.TextChoices):
    CLIENTS = "clients", _("For clients")
    COLLEAGUES = "colleagues", _("For colleagues")


class ContactQuerySet(models.QuerySet["Contact"]):
    def editable_by(self, user: User) -> ContactQuerySet:
        """An administrator gets what is for the organisation itself only while it is disclosed to them."""
        rows = self.filter(organization__in=Organization.objects.editable_by(user))
        hides = ~models.Q(visibility__in=FOR_MEMBERS)
        return rows.filter(~hides | models.Q(organization__in=Organization.objects.read_by(user)))


@pghistory.track()
class Contact(Editable):
    """One way to reach somebody. A contact for colleagues is never public, whatever its visibility says."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="contacts")
    location = models.ForeignKey(Location, models.CASCADE, null=True, blank=True, related_name="contacts")
    label = models.CharField(_("who answers"), max_length=120, blank=True)
    person = models.CharField(_("name of the person (colleagues only)"), max_length=120, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    value = models.CharField(_("number, address or link"), max_length=250)
    audience = models.CharField(
        _("for whom"), max_length=12, choices=ContactAudience.choices, default=ContactAudience.CLIENTS
    )
    visibility = models.CharField(
        _("who sees it"), max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    languages = codes_field(_("languages"))
    hours_note = models.CharField(_("when somebody answers"), max_length=120, blank=True)
    is_crisis = models.BooleanField(_("crisis line"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    i18n = TranslationField(fields=("label", "hours_note"))

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contact_for_colleagues_is_not_public",
                condition=~models.Q(audience="colleagues") | ~models.Q(visibility="public"),
                violation_error_message=_("A contact for colleagues cannot be public."),
            ),
            models.CheckConstraint(
                name="contact_person_only_for_colleagues",
                condition=models.Q(person="") | models.Q(audience="colleagues"),
                violation_error_message=_("A person's name belongs to a contact for colleagues."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.value}"
