"""The controlled vocabulary. Codes are stable; a term is retired, never deleted.

Rows come from `fixtures/vocabulary/*.json` by `manage.py load_vocabulary`. Other rows refer to terms by code, so
that a snapshot, a file and an address in the browser speak the same language.
"""

from __future__ import annotations

from typing import Self, TypeVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core.constraints import codes_field


class Family(models.TextChoices):
    """The six families that carry the pins, and one for the members' own services."""

    HEALTH = "health", _("Health")
    HARM = "harm", _("Harm reduction")
    SUPPORT = "support", _("Support")
    LAW = "law", _("Law")
    SAFETY = "safety", _("Safety")
    LIFE = "life", _("Everyday life")
    NETWORK = "network", _("For colleagues")


class VerificationClass(models.TextChoices):
    """How often a listing is checked; the deadlines of each class are data of `verification`."""

    A = "A", _("A: every 3 months")
    B = "B", _("B: every 6 months")
    C = "C", _("C: every 12 months")


TermT = TypeVar("TermT", bound="Term")


class TermQuerySet(models.QuerySet[TermT]):
    def current(self) -> Self:
        """Terms that may still be chosen."""
        return self.filter(is_retired=False)


class Term(models.Model):
    """One entry of the vocabulary."""

    code = models.CharField(_("code"), max_length=48, primary_key=True)
    name = models.CharField(_("name"), max_length=160)
    synonyms = models.JSONField(_("what people type instead"), default=dict, blank=True)
    is_retired = models.BooleanField(_("retired"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class ServiceTypeQuerySet(TermQuerySet["ServiceType"]):
    def leaves(self) -> ServiceTypeQuerySet:
        """Those that services carry; the others are the groups above them."""
        return self.filter(parent__isnull=False)


@pghistory.track()
class ServiceType(Term):
    """Two levels: a group of services, and the leaves that services carry."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    family = models.CharField(_("family"), max_length=12, choices=Family.choices)
    verification_class = models.CharField(
        _("class"), max_length=1, choices=VerificationClass.choices, default=VerificationClass.B
    )
    hint = models.CharField(_("in plain words"), max_length=250, blank=True)
    way_in = codes_field(
        _("who takes people there"),
        _(
            "Codes of types whose phones lead there. Where there are any, people are told that addresses of this type "
            "are not shown, and whom to call."
        ),
    )
    i18n = TranslationField(fields=("name", "hint"))

    objects = ServiceTypeQuerySet.as_manager()  # type: ignore[misc]  # the plugin takes Term's for a class variable

    class Meta(Term.Meta):
        verbose_name = _("type of service")
        verbose_name_plural = _("types of services")


@pghistory.track()
class TargetGroup(Term):
    """A group of people whom a service is for."""

    short = models.CharField(_("short name"), max_length=60, blank=True)
    i18n = TranslationField(fields=("name", "short"))

    class Meta(Term.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


@pghistory.track()
class MigrationStatus(Term):
    """A migration status with which a service accepts people."""

    i18n = TranslationField(fields=("name",))

    class Meta(Term.Meta):
        verbose_name = _("migration status")
        verbose_name_plural = _("migration statuses")


@pghistory.track()
class DeliveryLanguage(Term):
    """A language in which a service is given. `autonym` is its name in itself."""

    autonym = models.CharField(_("name in the language"), max_length=80, blank=True)
    i18n = TranslationField(fields=("name",))

    class Meta(Term.Meta):
        verbose_name = _("language of delivery")
        verbose_name_plural = _("languages of delivery")


@pghistory.track()
class DocumentKind(Term):
    """A document that a service may ask for. The code `none` says that nothing is needed."""

    i18n = TranslationField(fields=("name",))

    class Meta(Term.Meta):
        verbose_name = _("kind of document")
        verbose_name_plural = _("kinds of documents")


@pghistory.track()
class OtherMap(Term):
    """A map of another company, in which a reader may open a place whose door is public. It sees who asks."""

    is_off = models.BooleanField(_("never offered"), default=False)
    off_in = codes_field(_("not offered for places in"))
    i18n = TranslationField(fields=("name",))

    class Meta(Term.Meta):
        verbose_name = _("map of another company")
        verbose_name_plural = _("maps of other companies")
