"""What clients answered at the desk of a place: sums by quarter, and nothing of whoever pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from network.reviews.models import words
from organizations.models import Location, Membership
from organizations.models.membership import OWN_ROLES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: Fewer answers than this are shown to nobody.
SHOWN_FROM = 5


class VoiceDeskQuerySet(models.QuerySet["VoiceDesk"]):
    def visible_to(self, user: User | AnonymousUser) -> VoiceDeskQuerySet:
        """Its organisation's people alone: what clients say is input to its review."""
        if not user.is_authenticated:
            return self.none()
        own = Membership.objects.in_network().filter(user=user, role__in=OWN_ROLES)
        return self.filter(location__organization__in=own.values("organization"))


class VoiceDesk(models.Model):
    """A sheet with a QR at the desk of a place. Its code says nothing about the place."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    code = models.CharField(max_length=24, unique=True)
    location = models.OneToOneField(Location, models.CASCADE, related_name="voice_desk")
    made_on = models.DateField(default=clock.today)

    objects = VoiceDeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheet for clients")
        verbose_name_plural = _("sheets for clients")
        ordering = ["pk"]


class VoiceCount(models.Model):
    """How many gave this answer in a quarter."""

    desk = models.ForeignKey(VoiceDesk, models.CASCADE, related_name="counts")
    quarter = models.DateField()
    question = models.CharField(max_length=8, choices=words.VoiceQuestion.choices)
    answer = models.CharField(max_length=8, choices=words.VoiceAnswer.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("answers of clients")
        verbose_name_plural = _("answers of clients")
        ordering = ["desk", "quarter", "question", "answer"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "quarter", "question", "answer"], name="voicecount_one_sum"),
            models.CheckConstraint(
                name="voicecount_first_day_of_quarter",
                condition=Q(quarter__day=1, quarter__month__in=[1, 4, 7, 10]),
            ),
        ]
