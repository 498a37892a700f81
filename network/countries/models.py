"""A fact about a country, and who stands for it.

The database itself refuses what no screen may do: a check by the organisation or the person that wrote the fact, a
published fact without such a check, other words under a date that was given for these ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import Editable
from directory.tables.topics import MEMBERS_ONLY, FactAnswer, Risk, Topic
from organizations.models import MembershipRole, Organization
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class FactState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Waits for another organisation")
    PUBLISHED = "published", _("In force")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class FactVisibility(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members of the network")


#: What an approval speaks about.
CONTENT = (
    *("country", "topic", "answer", "brief", "statement", "i18n", "risk", "visibility"),
    *("source_title", "source_link", "source_article", "source_language"),
)
_WRITING = (MembershipRole.EDITOR, MembershipRole.MANAGER)


def organizations_of(user: User) -> models.QuerySet[Organization]:
    """Those for which the person writes and checks facts: own ones that belong to the network."""
    own = user.memberships.exclude(role=MembershipRole.KEEPER)
    if not user.is_verifier:
        own = own.filter(role__in=_WRITING)
    rows = Organization.objects.in_network().filter(pk__in=own.values("organization"))
    return rows.order_by("name", "pk")


class FactQuerySet(models.QuerySet["CountryFact"]):
    def visible_to(self, user: User | AnonymousUser) -> FactQuerySet:
        """Everybody of the network reads what was sent or published; a draft is its organisation's."""
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        mine = Q(organization__in=user.memberships.values("organization"))
        return self.filter(~Q(state=FactState.DRAFT) | mine)

    def editable_by(self, user: User | AnonymousUser) -> FactQuerySet:
        """Drafts of the organisations for which the person writes."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(state=FactState.DRAFT, organization__in=organizations_of(user))

    def published(self) -> FactQuerySet:
        return self.filter(state=FactState.PUBLISHED)


_STANDS = """
    IF NEW.state = 'published' AND NOT EXISTS (
        SELECT 1 FROM countries_factcheck made
        WHERE made.fact_id = NEW.id AND made.organization_id = NEW.checked_by_id
        AND made.checked_on = NEW.checked_on AND made.valid_until = NEW.valid_until
    ) THEN
        RAISE EXCEPTION 'a published fact has the check that its dates come from' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'draft' AND (
        {content}, NEW.organization_id
    ) IS DISTINCT FROM (
        {before}, OLD.organization_id
    ) THEN
        RAISE EXCEPTION 'what was sent keeps its words' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""".replace("{content}", ", ".join(f"NEW.{name}" for name in CONTENT)).replace(
    "{before}", ", ".join(f"OLD.{name}" for name in CONTENT)
)

_BY_ANOTHER = """
    IF EXISTS (
        SELECT 1 FROM countries_countryfact fact WHERE fact.id = NEW.fact_id
        AND (fact.organization_id = NEW.organization_id OR fact.author_id = NEW.person_id OR EXISTS (
            SELECT 1 FROM organizations_membership own
            WHERE own.user_id = NEW.person_id AND own.organization_id = fact.organization_id
        ))
    ) THEN
        RAISE EXCEPTION 'nobody checks a fact of their own organisation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class CountryFact(Editable):
    """One topic in one country: an answer, the words, the source. One of an organisation writes, another one checks."""

    country = models.CharField(_("country"), max_length=2, validators=[RegexValidator(r"^[A-Z]{2}$")])
    topic = models.CharField(_("topic"), max_length=16, choices=Topic.choices)
    answer = models.CharField(_("answer"), max_length=8, choices=FactAnswer.choices)
    brief = models.CharField(_("in a few words"), max_length=60, blank=True)
    statement = models.CharField(_("statement"), max_length=500)
    risk = models.CharField(_("risk"), max_length=8, choices=Risk.choices, default=Risk.NONE)
    visibility = models.CharField(
        _("who sees it"), max_length=8, choices=FactVisibility.choices, default=FactVisibility.PUBLIC
    )
    source_title = models.CharField(_("source"), max_length=200)
    source_link = models.URLField(_("link to the source"), max_length=500, blank=True)
    source_article = models.CharField(_("article or page"), max_length=120, blank=True)
    source_language = models.CharField(_("language of the source"), max_length=8, default="ru")

    state = models.CharField(_("state"), max_length=12, choices=FactState.choices, default=FactState.DRAFT)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    remark = models.CharField(_("what to change"), max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    asked_again_on = models.DateField(_("asked again on"), null=True, blank=True)

    i18n = TranslationField(fields=("brief", "statement"))

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact about a country")
        verbose_name_plural = _("facts about countries")
        ordering = ["country", "topic", "-pk"]
        triggers = [
            pgtrigger.Trigger(
                name="stands_on_a_check",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_STANDS,
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="countryfact_restricted_stays_inside",
                condition=~Q(topic__in=[str(one) for one in MEMBERS_ONLY]) | Q(visibility="members"),
                violation_error_message=_("This topic is for members of the network only."),
            ),
            models.CheckConstraint(
                name="countryfact_checked_by_another",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("organization")),
                violation_error_message=_("Another organisation has to check this."),
            ),
            models.CheckConstraint(
                name="countryfact_valid_after_checked",
                condition=Q(checked_on__isnull=True) | Q(valid_until__gt=F("checked_on")),
                violation_error_message=_("“Valid until” is before the check."),
            ),
            models.CheckConstraint(
                name="countryfact_published_was_checked",
                condition=~Q(state=FactState.PUBLISHED)
                | Q(checked_on__isnull=False, checked_by__isnull=False, published_at__isnull=False),
                violation_error_message=_("Another organisation has to check this."),
            ),
            models.UniqueConstraint(
                name="countryfact_one_in_force",
                fields=["country", "topic", "visibility"],
                condition=Q(state=FactState.PUBLISHED),
                violation_error_message=_("This topic has a fact in force already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} · {self.get_topic_display()}"


@pghistory.track()
class FactCheck(models.Model):
    """Somebody of another organisation has read the source: an approval, or a confirmation later."""

    fact = models.ForeignKey(CountryFact, models.CASCADE, related_name="checks")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    checked_on = models.DateField(_("checked on"))
    valid_until = models.DateField(_("valid until"))
    has_read_source = models.BooleanField(_("the source was read"), default=False)

    class Meta:
        verbose_name = _("check of a fact")
        verbose_name_plural = _("checks of facts")
        ordering = ["-at", "-pk"]
        triggers = [
            pgtrigger.Trigger(
                name="by_another_organization",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_BY_ANOTHER,
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="factcheck_read_the_source",
                condition=Q(has_read_source=True),
                violation_error_message=_("Open the source and read it first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.fact} · {self.checked_on}"


@pghistory.track()
class CountryDesk(Editable):
    """How people of the network reach those who coordinate a country: for members alone, in no table of readers."""

    country = models.CharField(_("country"), max_length=2, unique=True, validators=[RegexValidator(r"^[A-Z]{2}$")])
    line = models.CharField(_("emergency line for members"), max_length=40, blank=True)
    line_hours = models.CharField(_("when it is answered"), max_length=120, blank=True)
    chat_link = models.URLField(_("group chat"), max_length=200, blank=True)
    protocol = models.TextField(_("what to do in an emergency"), max_length=1500, blank=True)

    i18n = TranslationField(fields=("line_hours", "protocol"))

    class Meta:
        verbose_name = _("desk of a country")
        verbose_name_plural = _("desks of countries")
        ordering = ["country"]
        constraints = [
            models.CheckConstraint(
                name="countrydesk_hours_of_a_line",
                condition=Q(line_hours="") | ~Q(line=""),
                violation_error_message=_("Write the number whose hours these are."),
            ),
        ]

    def __str__(self) -> str:
        return self.country
