"""Selections and followed searches of one person. No column takes words (docs/adr/0081-no-words-about-a-person.md)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id

#: After so long a selection and a followed search go by themselves.
SELECTIONS_KEPT = dt.timedelta(days=180)
FOLLOWS_KEPT = dt.timedelta(days=365)
MOST_SERVICES = 30
#: Canonical conditions are codes; nothing that somebody typed fits in.
_CONDITIONS = RegexValidator(r"^[a-z_]+=[\w.,:%+-]+(&[a-z_]+=[\w.,:%+-]+)*$")


class Selection(models.Model):
    """Services by their ids, under a number and, if wanted, a country. Who reads it sees what they may see that day."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="selections")
    number = models.PositiveSmallIntegerField(_("number"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    listings = ArrayField(models.CharField(max_length=LENGTH), verbose_name=_("services"))
    kept_at = models.DateTimeField(_("kept"), default=clock.now, editable=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="selection_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(listings__len__gte=1, listings__len__lte=MOST_SERVICES),
                name="selection_holds_one_to_thirty",
            ),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex="^[A-Z]{2}$"), name="selection_country_is_code"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def ends_at(self) -> dt.datetime:
        return self.kept_at + SELECTIONS_KEPT


class Follow(models.Model):
    """A search whose news a person wants to hear of, as conditions in canonical form (`Filters.to_query`).

    `told` are the services that the letter `told_by` counted, `known` those that the one before it had: what a letter
    says is the difference, however often it is written.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    conditions = models.CharField(_("conditions"), max_length=1000, validators=[_CONDITIONS])
    followed_at = models.DateTimeField(_("followed since"), default=clock.now, editable=False)
    known = ArrayField(models.CharField(max_length=LENGTH), default=list, editable=False)
    told = ArrayField(models.CharField(max_length=LENGTH), default=list, editable=False)
    told_by = models.CharField(max_length=LENGTH, blank=True, editable=False)

    class Meta:
        ordering = ["followed_at", "pk"]
        verbose_name = _("followed search")
        verbose_name_plural = _("followed searches")
        constraints = [
            models.UniqueConstraint(fields=["owner", "conditions"], name="follow_once"),
            models.CheckConstraint(condition=~Q(conditions=""), name="follow_has_conditions"),
        ]

    def __str__(self) -> str:
        return self.conditions

    @property
    def ends_at(self) -> dt.datetime:
        return self.followed_at + FOLLOWS_KEPT

    @property
    def new(self) -> list[str]:
        """What the last letter called new."""
        return sorted(set(self.told) - set(self.known))

    @property
    def gone(self) -> int:
        """How many the last letter called gone; which ones is told to nobody: they may be hidden."""
        return len(set(self.known) - set(self.told))
