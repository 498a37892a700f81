"""What listings have in common with others: where to look, and pairs that may be one and the same."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import codes_field
from core.ids import LENGTH, new_public_id
from services.models import ServiceAtLocation


class FingerprintQuerySet(models.QuerySet["Fingerprint"]):
    def forget(self, listings: Iterable[int]) -> None:
        """What was read of these listings is not theirs any more: the worker looks anew once this is committed.

        The rows of the listings are locked until then, so that the worker writes nothing that it read before.
        """
        rows = ServiceAtLocation.objects.filter(pk__in=listings).order_by("pk")
        keys = list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
        self.filter(listing__in=keys).delete()


class Fingerprint(models.Model):
    """By which words, numbers and spots a listing is found when another one is alike; hashed, so nothing can be read.

    `basis` is a hash of its name, phone and place. An edit deletes the row, and the worker makes it anew: a listing
    without one waits to be looked at.
    """

    listing = models.OneToOneField(ServiceAtLocation, models.CASCADE, primary_key=True, related_name="fingerprint")
    keys = ArrayField(models.BigIntegerField(), default=list)
    basis = models.CharField(max_length=16)

    objects = FingerprintQuerySet.as_manager()

    class Meta:
        # Without a list of what is not sorted in yet: every question would read it through.
        indexes = [GinIndex(fields=["keys"], name="fingerprint_keys", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.listing_id)


class LikelyPairQuerySet(models.QuerySet["LikelyPair"]):
    def open(self) -> LikelyPairQuerySet:
        """Pairs of which nobody has said that they are two things."""
        return self.filter(different_at__isnull=True)


class LikelyPair(models.Model):
    """Two listings that may be the same, the older first; or that were said to be different.

    "Different" holds for the names, phones and places that both had then (`basis`).
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    first = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="+")
    second = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField(_("likeness"))
    reasons = codes_field(_("what speaks for it"))
    found_at = models.DateTimeField(default=clock.now)
    different_at = models.DateTimeField(_("said to be different"), null=True, blank=True)
    different_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    basis = models.CharField(max_length=33, blank=True)

    objects = LikelyPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of listings that may be the same")
        verbose_name_plural = _("pairs of listings that may be the same")
        ordering = ["-likeness", "pk"]
        indexes = [models.Index(fields=["second"], name="likelypair_second")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likelypair_once"),
            models.CheckConstraint(name="likelypair_older_first", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(name="likelypair_likeness_in_hundred", condition=Q(likeness__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
