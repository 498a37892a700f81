"""Small grants as everybody reads of them: calls, and sums by country. No table names an organisation or a person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core import clock
from core.ids import LENGTH


class PublicGrantCallRows(models.QuerySet["PublicGrantCall"]):
    def current(self) -> PublicGrantCallRows:
        """Those that are open or will be: the instant is compared here and nowhere else."""
        return self.filter(closes_at__gt=clock.now())


class PublicGrantCall(models.Model):
    """`title` and `text` are `{"ru": …, "en": …}`; `countries` leaves out those of high risk."""

    id = models.CharField(primary_key=True, max_length=LENGTH)
    title = models.JSONField(default=dict)
    text = models.JSONField(default=dict)
    budget = models.DecimalField(max_digits=12, decimal_places=2)
    ceiling = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closes_on = models.DateField()
    timezone = models.CharField(max_length=64)
    kinds = ArrayField(models.CharField(max_length=48), default=list)
    countries = ArrayField(models.CharField(max_length=2), default=list)

    objects = PublicGrantCallRows.as_manager()

    class Meta:
        ordering = ["closes_at", "id"]


class PublicGrantSum(models.Model):
    """What was granted in a year; `country` is "" for several countries and for those that are not named."""

    id = models.CharField(primary_key=True, max_length=24)
    country = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    grants = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["-year", "country", "currency"]


PUBLIC_GRANTS: tuple[type[models.Model], ...] = (PublicGrantCall, PublicGrantSum)
