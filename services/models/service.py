"""A service of an organisation: what it is, for whom, and on which terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core.constraints import Editable, codes_field
from organizations.models import Organization, Visibility
from services.models.vocabulary import VerificationClass

if TYPE_CHECKING:
    from accounts.models import User


class Delivery(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    OUTREACH = "outreach", _("Outreach")
    MOBILE = "mobile", _("Mobile unit")
    ONLINE = "online", _("Online")
    PHONE = "phone", _("By phone")
    POST = "post", _("By post")


class Cost(models.TextChoices):
    FREE = "free", _("Free")
    FREE_FOR_SOME = "free_for_some", _("Free for some")
    PARTIAL = "partial", _("Partly paid")
    PAID = "paid", _("Paid")
    UNKNOWN = "unknown", _("Ask")


class Intake(models.TextChoices):
    WALK_IN = "walk_in", _("Just come")
    CALL = "call", _("Call first")
    ONLINE_FORM = "online_form", _("Write first")
    REFERRAL = "referral", _("Only on referral by a member")


class WaitingTime(models.TextChoices):
    SAME_DAY = "same_day", _("The same day")
    DAYS = "days", _("Within a few days")
    WEEKS = "weeks", _("Within a few weeks")
    MONTHS = "months", _("Months")
    UNKNOWN = "unknown", _("Not known")


class Operation(models.TextChoices):
    """Whether the service works just now. Independent of publication and of freshness."""

    WORKING = "working", _("Works")
    LIMITED = "limited", _("Works with limits")
    WAITING_LIST = "waiting_list", _("Waiting list")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


class Gender(models.TextChoices):
    ANY = "any", _("Everybody")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")


class Insurance(models.TextChoices):
    NOT_NEEDED = "not_needed", _("Not needed")
    INSURED = "insured", _("Insurance needed")
    RESIDENTS = "residents", _("Registered residents only")
    CITIZENS = "citizens", _("Citizens only")
    UNKNOWN = "unknown", _("Ask")


class Welcome(models.TextChoices):
    """How a target group is received."""

    ALL = "all", _("Welcome")
    PRIORITY = "priority", _("First of all")
    ONLY = "only", _("Only this group")


#: Choices of the arrays of codes whose vocabulary is fixed in code.
ACCESS_CHOICES = {"delivery": Delivery, "intake": Intake}

_KNOWN_CODES = """
    IF EXISTS (SELECT unnest(NEW.types) EXCEPT SELECT code FROM services_servicetype WHERE parent_id IS NOT NULL) THEN
        RAISE EXCEPTION 'unknown service type in %', NEW.types USING ERRCODE = 'check_violation'; END IF;
    IF EXISTS (SELECT jsonb_object_keys(NEW.groups) EXCEPT SELECT code FROM services_targetgroup) THEN
        RAISE EXCEPTION 'unknown target group in %', NEW.groups USING ERRCODE = 'check_violation'; END IF;
    IF EXISTS (SELECT unnest(NEW.statuses) EXCEPT SELECT code FROM services_migrationstatus) THEN
        RAISE EXCEPTION 'unknown migration status in %', NEW.statuses USING ERRCODE = 'check_violation'; END IF;
    IF EXISTS (SELECT unnest(NEW.languages || NEW.interpreter_languages)
               EXCEPT SELECT code FROM services_deliverylanguage) THEN
        RAISE EXCEPTION 'unknown language in %', NEW.languages USING ERRCODE = 'check_violation'; END IF;
    IF EXISTS (SELECT unnest(NEW.documents) EXCEPT SELECT code FROM services_documentkind) THEN
        RAISE EXCEPTION 'unknown document in %', NEW.documents USING ERRCODE = 'check_violation'; END IF;
    IF EXISTS (SELECT unnest(NEW.attributes) EXCEPT (SELECT code FROM services_attributeanswer UNION ALL
               SELECT code || answer FROM services_attribute, (VALUES ('-yes'), ('-no')) AS said (answer)
               WHERE answers = 'yes_no')) THEN
        RAISE EXCEPTION 'unknown attribute in %', NEW.attributes USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
"""


class ServiceQuerySet(models.QuerySet["Service"]):
    def editable_by(self, user: User) -> ServiceQuerySet:
        return self.filter(organization__in=Organization.objects.editable_by(user))


@pghistory.track()
class Service(Editable):
    """What an organisation gives. Where and when it is given is a `ServiceAtLocation` (a listing).

    `groups` maps a target group's code to how it is welcomed (`Welcome`); empty means everybody. `documents`
    empty means not known; `["none"]` means that none are needed. `attributes` are answers (`services.attributes`).
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="services")
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True)
    text = models.TextField(_("details"), blank=True, max_length=6000)
    types = codes_field(_("types of service"))
    delivery = codes_field(_("how it is given"))
    groups = models.JSONField(_("for whom"), default=dict, blank=True)
    statuses = codes_field(_("migration statuses accepted"))
    insurance = models.CharField(
        _("insurance or citizenship"), max_length=12, choices=Insurance.choices, default=Insurance.UNKNOWN
    )
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender.choices, default=Gender.ANY)
    eligibility_note = models.CharField(_("more about who may come"), max_length=500, blank=True)
    documents = codes_field(_("documents needed"))
    documents_note = models.CharField(_("more about documents"), max_length=300, blank=True)
    attributes = codes_field(_("what else matters"))
    cost = models.CharField(_("cost"), max_length=16, choices=Cost.choices, default=Cost.UNKNOWN)
    cost_note = models.CharField(_("more about cost"), max_length=300, blank=True)
    intake = codes_field(_("how to get in"))
    waiting = models.CharField(
        _("waiting time"), max_length=12, choices=WaitingTime.choices, default=WaitingTime.UNKNOWN
    )
    languages = codes_field(_("languages"))
    interpreter_languages = codes_field(_("languages with an interpreter"))
    anonymous = models.BooleanField(_("anonymous possible"), null=True, blank=True)
    confidentiality_note = models.CharField(_("about confidentiality"), max_length=500, blank=True)
    legal_risk_note = models.CharField(_("legal risks (never for everybody)"), max_length=500, blank=True)
    risk_visibility = models.CharField(
        _("who reads about legal risks"),
        max_length=16,
        choices=[(code, label) for code, label in Visibility.choices if code != Visibility.PUBLIC],
        default=Visibility.MEMBERS,
        db_default=Visibility.MEMBERS,
    )
    visibility = models.CharField(
        _("who sees this service"), max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    operation = models.CharField(_("works now"), max_length=12, choices=Operation.choices, default=Operation.WORKING)
    operation_note = models.CharField(_("more about that"), max_length=250, blank=True)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("funded until"), null=True, blank=True)
    raised_class = models.CharField(
        _("class raised by hand"), max_length=1, choices=VerificationClass.choices, blank=True
    )
    source = models.CharField(_("source of an import"), max_length=60, blank=True, editable=False)
    external_id = models.CharField(max_length=200, blank=True, editable=False)

    i18n = TranslationField(
        fields=(
            "title",
            "summary",
            "text",
            "eligibility_note",
            "documents_note",
            "cost_note",
            "confidentiality_note",
            "legal_risk_note",
            "operation_note",
        )
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["title", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="known_codes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(
                    "types", "groups", "statuses", "languages", "interpreter_languages", "documents", "attributes"
                ),
                func=_KNOWN_CODES,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="service_has_a_type",
                condition=models.Q(types__len__gt=0),
                violation_error_message=_("Choose at least one type of service."),
            ),
            models.CheckConstraint(
                name="service_age_range_in_order",
                condition=models.Q(age_from__isnull=True)
                | models.Q(age_to__isnull=True)
                | models.Q(age_from__lte=models.F("age_to")),
                violation_error_message=_("“Age from” is above “age to”."),
            ),
            models.CheckConstraint(
                name="service_ends_after_it_starts",
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(starts_on__lte=models.F("ends_on")),
                violation_error_message=_("The end is before the beginning."),
            ),
            models.CheckConstraint(
                name="service_none_or_documents",
                condition=~models.Q(documents__contains=["none"]) | models.Q(documents__len=1),
                violation_error_message=_("Either no documents are needed, or those that you chose."),
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                name="service_imported_once",
                condition=~models.Q(source=""),
                violation_error_message=_("This service was imported already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
