"""What is said about countries: facts that two organisations stand for, and notices; one table for each audience.

Rule: dates are compared in the query. A fact past its day stays and says so; a danger that nobody seconded falls back
to a warning at its hour, whether a worker runs or not. Codes of organisations lead to their rows, so that nobody is
named to whom they are hidden.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Case, F, Q, Value, When

from core import clock
from core.constraints import codes_field
from core.ids import LENGTH
from directory.tables.topics import MEMBERS_ONLY

#: So many days before its last day a fact asks to be looked at again.
DUE_DAYS = 30
_DUE = dt.timedelta(days=DUE_DAYS)


class FactRows(models.QuerySet["AbstractCountryFact"]):
    def with_standing(self, on: dt.date | None = None) -> FactRows:
        """`standing` is stale (its day is past), asked (something happened since it was checked), due or fresh."""
        day = on or clock.today()
        found = Case(
            When(valid_until__lt=day, then=Value("stale")),
            When(asked_again_on__gte=F("checked_on"), then=Value("asked")),
            When(valid_until__lte=day + _DUE, then=Value("due")),
            default=Value("fresh"),
            output_field=models.CharField(),
        )
        return self.annotate(standing=found)


class AbstractCountryFact(models.Model):
    """One statement about one topic in one country. Texts are `{"ru": …, "en": …}`; `checked_by` is an organisation."""

    id = models.CharField(primary_key=True, max_length=LENGTH)
    country = models.CharField(max_length=2, db_index=True)
    topic = models.CharField(max_length=16)
    answer = models.CharField(max_length=8)
    brief = models.JSONField(default=dict)
    statement = models.JSONField(default=dict)
    risk = models.CharField(max_length=8)
    source_title = models.CharField(max_length=200)
    source_link = models.CharField(max_length=500, blank=True)
    source_article = models.CharField(max_length=120, blank=True)
    source_language = models.CharField(max_length=8)
    checked_on = models.DateField()
    checked_by = models.CharField(max_length=LENGTH)
    valid_until = models.DateField()
    asked_again_on = models.DateField(null=True)

    objects = FactRows.as_manager()
    standing: str

    class Meta:
        abstract = True
        ordering = ["country", "topic", "id"]


class PublicCountryFact(AbstractCountryFact):
    class Meta(AbstractCountryFact.Meta):
        constraints = [
            models.CheckConstraint(
                name="publiccountryfact_nothing_for_members", condition=~Q(topic__in=[str(one) for one in MEMBERS_ONLY])
            )
        ]


class MemberCountryFact(AbstractCountryFact):
    is_public = models.BooleanField(default=True)


class NoticeRows(models.QuerySet["AbstractCountryNotice"]):
    def current(self, at: dt.datetime | None = None) -> NoticeRows:
        """Those of today, with `shown` as their level: danger first."""
        instant = at or clock.now()
        day = instant.date()
        shown = Case(
            When(level="danger", falls_at__lte=instant, then=Value("warning")),
            default=F("level"),
            output_field=models.CharField(),
        )
        weight = Case(When(shown="danger", then=0), When(shown="warning", then=1), default=2)
        rows = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
        return rows.annotate(shown=shown).annotate(weight=weight).order_by("weight", "-starts_on", "id")

    def dangers(self, at: dt.datetime | None = None) -> NoticeRows:
        """Those of today that are a danger still."""
        instant = at or clock.now()
        return self.current(instant).filter(Q(falls_at__isnull=True) | Q(falls_at__gt=instant), level="danger")


class AbstractCountryNotice(models.Model):
    """Something temporary in a country. `falls_at`: when a danger that nobody has seconded becomes a warning.

    It may be about one `region` and one kind of service: `service_type` as it is called, `types` what that means.
    """

    id = models.CharField(primary_key=True, max_length=LENGTH)
    country = models.CharField(max_length=2, db_index=True)
    topic = models.CharField(max_length=16, blank=True)
    level = models.CharField(max_length=8)
    region = models.CharField(max_length=16, blank=True, default="", db_default="")
    service_type = models.CharField(max_length=48, blank=True, default="", db_default="")
    types = codes_field("kinds of services that are meant", db_default=[])
    text = models.JSONField(default=dict)
    source_title = models.CharField(max_length=200, blank=True)
    source_link = models.CharField(max_length=500, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    falls_at = models.DateTimeField(null=True)

    objects = NoticeRows.as_manager()
    shown: str

    class Meta:
        abstract = True
        ordering = ["country", "-starts_on", "id"]


class PublicCountryNotice(AbstractCountryNotice):
    class Meta(AbstractCountryNotice.Meta):
        constraints = [
            models.CheckConstraint(
                name="publiccountrynotice_nothing_for_members",
                condition=~Q(topic__in=[str(one) for one in MEMBERS_ONLY]),
            )
        ]


class MemberCountryNotice(AbstractCountryNotice):
    pass
