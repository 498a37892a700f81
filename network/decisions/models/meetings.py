"""Meetings of a body: what is to be spoken of, who came, what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import Editable
from network.decisions.models import words
from network.decisions.models.bodies import Body
from organizations.models import Organization
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User | AnonymousUser) -> MeetingQuerySet:
        return self if user.is_authenticated and is_network_person(user) else self.none()


@pghistory.track()
class Meeting(Editable):
    """`present` are organisations, for a voice is an organisation's; the minutes stand at the items of the agenda."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("day"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=words.MeetingState.choices, default=words.MeetingState.PLANNED)
    present = models.ManyToManyField(Organization, related_name="+", verbose_name=_("who came"), blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.body} · {self.held_on}"


@pghistory.track()
class AgendaItem(models.Model):
    """One thing to speak of, and what the minutes say of it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    minutes = models.TextField(_("what was said"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ["meeting", "position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_once")]

    def __str__(self) -> str:
        return self.title
