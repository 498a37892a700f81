"""Places and organisations that were entered twice: pairs that may be one, what was said of them, and the way back."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import codes_field
from core.ids import LENGTH, new_public_id
from organizations.models import Location, Organization
from verification.models.merge import WAITS, MergeState


class Different(models.Model):
    """That two are two, the older first. It holds for the names, phones and places that both had then (`basis`)."""

    basis = models.CharField(max_length=33)
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True


class DifferentPlaces(Different):
    first = models.ForeignKey(Location, models.CASCADE, related_name="+")
    second = models.ForeignKey(Location, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="differentplaces_once")]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class DifferentOrganizations(Different):
    first = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organization, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="differentorganizations_once")]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class PlaceMerge(models.Model):
    """What was given at `gone` is given at `kept` now. `moved` holds the keys of what taking apart brings back."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    kept = models.ForeignKey(Location, models.CASCADE, related_name="+")
    gone = models.ForeignKey(Location, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    done_at = models.DateTimeField(default=clock.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(_("taken apart"), null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="placemerge_of_two_places", condition=~Q(kept=F("gone"))),
            models.UniqueConstraint(
                fields=["gone"],
                name="placemerge_one_in_force",
                condition=Q(undone_at__isnull=True),
                violation_error_message=_("This place became one with another one already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class Alike(models.Model):
    """A pair that may be one, the older first, as the last night found it; or that was said to be two."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    likeness = models.PositiveSmallIntegerField(_("likeness"))
    reasons = codes_field(_("what speaks for it"))
    found_at = models.DateTimeField(default=clock.now)
    different_at = models.DateTimeField(_("said to be different"), null=True, blank=True)
    different_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    basis = models.CharField(max_length=33, blank=True)

    class Meta:
        abstract = True
        ordering = ["-likeness", "pk"]


class AlikePlaces(Alike):
    """Places of two organisations whose doors every member knows."""

    first = models.ForeignKey(Location, models.CASCADE, related_name="+")
    second = models.ForeignKey(Location, models.CASCADE, related_name="+")

    class Meta(Alike.Meta):
        verbose_name = _("pair of places that may be the same")
        verbose_name_plural = _("pairs of places that may be the same")
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="alikeplaces_once")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"


class AlikeOrganizations(Alike):
    """`kept` is the one that stays, once somebody has said that both are one."""

    first = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    kept = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    same_at = models.DateTimeField(_("said to be one"), null=True, blank=True)
    same_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(Alike.Meta):
        verbose_name = _("pair of organisations that may be the same")
        verbose_name_plural = _("pairs of organisations that may be the same")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="alikeorganizations_once"),
            models.CheckConstraint(
                name="alikeorganizations_one_word",
                condition=Q(same_at__isnull=True) | Q(different_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"


class SharedDoor(models.Model):
    """Two organisations have one door: the place `gone` says it as `kept` does. Each keeps its own place.

    `before` holds what was replaced beside what replaced it, by column.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    kept = models.ForeignKey(Location, models.CASCADE, related_name="+")
    gone = models.ForeignKey(Location, models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=MergeState.choices, default=MergeState.PROPOSED)
    before = models.JSONField(default=dict, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    kept_agreed_at = models.DateTimeField(_("word of the one that stays"), null=True, blank=True)
    gone_agreed_at = models.DateTimeField(_("word of the one that goes"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken apart or declined"), null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("shared door")
        verbose_name_plural = _("shared doors")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="shareddoor_of_two_places", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(
                name="shareddoor_done_with_its_time",
                condition=Q(state__in=["proposed", "declined"], done_at__isnull=True)
                | Q(state__in=["done", "undone"], done_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["gone"],
                name="shareddoor_one_in_force",
                condition=Q(state__in=["proposed", "done"]),
                violation_error_message=_("The door of this place is being asked about, or is a shared one already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} = {self.kept_id}"

    @property
    def waits_until(self) -> dt.datetime:
        """When the coordinator's word is enough."""
        return self.proposed_at + WAITS

    def silent_sides(self) -> list[str]:
        """Whose word it waits for, of "kept" and "gone"."""
        return [side for side in ("kept", "gone") if getattr(self, f"{side}_agreed_at") is None]
