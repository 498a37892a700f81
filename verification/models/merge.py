"""Two listings that are one and the same: which one stays, who agreed, and the way back."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from services.models import ServiceAtLocation

#: So long the two organisations have for their word.
WAITS = dt.timedelta(days=14)


class MergeState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for the word of both")
    DONE = "done", _("Merged")
    UNDONE = "undone", _("Taken apart again")
    DECLINED = "declined", _("Declined")


class MergeQuerySet(models.QuerySet["Merge"]):
    def open(self) -> MergeQuerySet:
        return self.filter(state=MergeState.PROPOSED)

    def standing(self) -> MergeQuerySet:
        return self.filter(state=MergeState.DONE)

    def silent(self, organization: int) -> MergeQuerySet:
        """Those of which this organisation has not said yet what it thinks."""
        side = Q(kept__service__organization=organization, kept_agreed_at=None)
        side |= Q(gone__service__organization=organization, gone_agreed_at=None)
        return self.open().filter(side)


@pghistory.track()
class Merge(models.Model):
    """`gone` leaves the map, and everything that was attached to it goes to `kept`.

    `chosen` names the fields that `kept` takes over. `before` is what undoing gives back: the values that were
    replaced, the standing of `gone`, and the keys of the rows that moved.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    kept = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="taken_in")
    gone = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="merges")
    state = models.CharField(_("state"), max_length=8, choices=MergeState.choices, default=MergeState.PROPOSED)
    chosen = models.JSONField(default=list, blank=True)
    before = models.JSONField(default=dict, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    kept_agreed_at = models.DateTimeField(_("word of the one that stays"), null=True, blank=True)
    kept_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    gone_agreed_at = models.DateTimeField(_("word of the one that goes"), null=True, blank=True)
    gone_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(_("merged"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("taken apart or declined"), null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merging of two listings")
        verbose_name_plural = _("mergings of listings")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="merge_of_two_listings",
                condition=~Q(kept=F("gone")),
                violation_error_message=_("A listing cannot be merged with itself."),
            ),
            models.UniqueConstraint(
                fields=["gone"],
                name="merge_one_in_force",
                condition=Q(state__in=["proposed", "done"]),
                violation_error_message=_("This listing is being merged already."),
            ),
            models.CheckConstraint(
                name="merge_done_with_its_time",
                condition=Q(state__in=["proposed", "declined"], done_at__isnull=True)
                | Q(state__in=["done", "undone"], done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="merge_ended_with_its_time",
                condition=Q(state__in=["proposed", "done"], ended_at__isnull=True)
                | Q(state__in=["undone", "declined"], ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"

    @property
    def waits_until(self) -> dt.datetime:
        """When the coordinator's word is enough."""
        return self.proposed_at + WAITS

    def silent_sides(self) -> list[str]:
        """Whose word it waits for, of "kept" and "gone"."""
        return [side for side in ("kept", "gone") if getattr(self, f"{side}_agreed_at") is None]
