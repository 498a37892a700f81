"""The controlled vocabulary. Codes are stable; a term is retired, never deleted.

Rows come from `fixtures/vocabulary/*.json` by `manage.py load_vocabulary`. Other rows refer to terms by code, so
that a snapshot, a file and an address in the browser speak the same language.
"""

from __future__ import annotations

from typing import Self, TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models.functions import Concat
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


class HowAnswered(models.TextChoices):
    """How an attribute is answered. Never by words of one's own: nothing can be given away in it."""

    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("By one or several of its own answers")


class AttributeQuerySet(TermQuerySet["Attribute"]):
    """Of Attribute, as the plugin knows it."""


class AttributeAnswerQuerySet(TermQuerySet["AttributeAnswer"]):
    """Of AttributeAnswer, as the plugin knows it."""


@pghistory.track()
class Attribute(Term):
    """What an administrator has all services of some kinds asked, beside what every service says.

    `types` are kinds or groups of them; none means every kind. What is for members only stays so: answers were given
    in that belief, so it may be narrowed and never widened.
    """

    answers = models.CharField(
        _("how it is answered"), max_length=8, choices=HowAnswered.choices, default=HowAnswered.YES_NO
    )
    types = codes_field(_("asked of these kinds of service"), _("Nothing chosen: of every kind."))
    members_only = models.BooleanField(
        _("for members of the network only"),
        default=False,
        help_text=_("The public sees neither the question nor an answer. This cannot be taken back later."),
    )
    is_filter = models.BooleanField(
        _("people can filter by it"), default=True, help_text=_("Words and synonyms find it in the search, too.")
    )
    i18n = TranslationField(fields=("name",))

    objects = AttributeQuerySet.as_manager()  # type: ignore[misc]  # the plugin takes Term's for a class variable

    class Meta(Term.Meta):
        verbose_name = _("attribute of services")
        verbose_name_plural = _("attributes of services")
        triggers = [
            pgtrigger.Trigger(
                name="never_widened",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("members_only"),
                condition=pgtrigger.Q(old__members_only=True, new__members_only=False),
                func="RAISE EXCEPTION 'said to members only: %', NEW.code USING ERRCODE = 'check_violation';",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="attribute_code_is_plain",
                condition=models.Q(code__regex=r"^[a-z][a-z0-9_]{0,22}$"),
                violation_error_message=_("Small Latin letters, digits and _, at most 23, a letter first."),
            ),
        ]


@pghistory.track()
class AttributeAnswer(Term):
    """One answer of an attribute that is answered by its own ones; its code begins with the attribute's."""

    attribute = models.ForeignKey(Attribute, models.PROTECT, related_name="own_answers")
    i18n = TranslationField(fields=("name",))

    objects = AttributeAnswerQuerySet.as_manager()  # type: ignore[misc]  # the same

    class Meta(Term.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                name="attributeanswer_code_begins_with_its_attribute",
                condition=models.Q(code__regex=r"^[a-z][a-z0-9_]{0,22}-[a-z0-9_]{1,24}$")
                & models.Q(code__startswith=Concat(models.F("attribute"), models.Value("-"))),
                violation_error_message=_("The code of an answer begins with that of its attribute and “-”."),
            ),
        ]


@pghistory.track()
class OtherMap(Term):
    """A map of another company, in which a reader may open a place whose door is public. It sees who asks."""

    is_off = models.BooleanField(_("never offered"), default=False)
    off_in = codes_field(_("not offered for places in"))
    i18n = TranslationField(fields=("name",))

    class Meta(Term.Meta):
        verbose_name = _("map of another company")
        verbose_name_plural = _("maps of other companies")
