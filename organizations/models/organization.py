"""An organisation of the network, or one whose services were imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import Editable, codes_field

if TYPE_CHECKING:
    from accounts.models import User


class Visibility(models.TextChoices):
    """Who may see a listing. The narrowest of organisation, place and service counts."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members of the network")
    COUNTRY = "country", _("Members that work in that country")
    CIRCLE = "circle", _("The organisations of our circle")
    ADMINISTRATORS = "administrators", _("The organisation itself and administrators")


#: From the widest audience to the narrowest.
VISIBILITY_ORDER = tuple(Visibility)
#: What everybody of the network may know. The others are for some of them, or for the organisation itself.
FOR_MEMBERS = (Visibility.PUBLIC, Visibility.MEMBERS)


class MemberStatus(models.TextChoices):
    APPLICANT = "applicant", _("Applicant")
    MEMBER = "member", _("Member")
    ASSOCIATE = "associate", _("Associate")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Has left")
    EXTERNAL = "external", _("Outside the network")


class CommunityLed(models.TextChoices):
    """The community that leads the organisation."""

    PLHIV = "plhiv", _("People living with HIV")
    PWUD = "pwud", _("People who use drugs")
    SEX_WORKERS = "sex_workers", _("Sex workers")
    MSM = "msm", _("Men who have sex with men")
    TRANS = "trans", _("Transgender people")


#: So long after it joined an organisation checks no others and sends few people on.
FIRST_DAYS = dt.timedelta(days=180)
#: That holds where so many others were there before.
ELDERS_AT_LEAST = 3
#: Standings whose people take part in the work.
IN_NETWORK = (MemberStatus.MEMBER, MemberStatus.ASSOCIATE)


def standing_as(*statuses: str, prefix: str = "") -> models.Q:
    """Rows whose organisation (at `prefix`, as in "organization__") stands so by the clock of the question.

    A suspension whose end has come is none: it is what it was before, whether a worker runs or not.
    """
    named = list(statuses)
    lapsed = {"member_status": MemberStatus.SUSPENDED, "suspended_until__lte": clock.now(), "suspended_from__in": named}
    over = models.Q(**{f"{prefix}{name}": value for name, value in lapsed.items()})
    return models.Q(**{f"{prefix}member_status__in": named}) | over


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def in_network(self) -> OrganizationQuerySet:
        """Those whose people take part in the work: members and associates."""
        return self.filter(standing_as(*IN_NETWORK))

    def newcomers(self) -> OrganizationQuerySet:
        """Those that joined in the last half a year, while three others were there before: they check nobody yet.

        A network with fewer of those has no newcomers, or nobody could check anybody.
        """
        since = clock.today() - FIRST_DAYS
        earlier = models.Q(joined_on__isnull=True) | models.Q(joined_on__lt=since)
        elders = Organization.objects.in_network().filter(earlier).order_by()
        third = elders[ELDERS_AT_LEAST - 1 : ELDERS_AT_LEAST]
        return self.filter(joined_on__gte=since).filter(models.Exists(third))

    def editable_by(self, user: User) -> OrganizationQuerySet:
        """Those whose listings the user may edit: their own, and those that they keep for the network; an

        administrator may edit all.
        """
        if not user.is_active:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(memberships__user=user, memberships__role__in=["editor", "manager", "keeper"]).distinct()

    def kept_by(self, user: User) -> OrganizationQuerySet:
        """Those for which the user edits as one of their own people; an administrator is none of them."""
        if not user.is_active:
            return self.none()
        return self.filter(memberships__user=user, memberships__role__in=["editor", "manager"]).distinct()

    def read_by(self, user: User) -> OrganizationQuerySet:
        """Those of which the user reads all that they hide: their own, and those that are disclosed to them now.

        An administrator is no exception: opening takes two people (organizations.models.Disclosure).
        """
        if not user.is_active:
            return self.none()
        disclosed = models.Q(
            disclosures__asked_by=user, disclosures__ended_at=None, disclosures__ends_at__gt=clock.now()
        )
        return self.filter(models.Q(memberships__user=user) | disclosed).distinct()

    def managed_by(self, user: User) -> OrganizationQuerySet:
        """Those whose people the user may invite."""
        if not user.is_active:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(memberships__user=user, memberships__role="manager").distinct()

    def in_countries(self, codes: Iterable[str]) -> OrganizationQuerySet:
        """Those that work or are registered in one of these countries."""
        return self.filter(works_in(codes))

    def in_circle_of(self, user: User) -> OrganizationQuerySet:
        """Those of the countries that a coordinator looks after; none for anybody else."""
        if not user.is_coordinator:
            return self.none()
        return self if user.coordinates_everywhere else self.in_countries(user.countries)

    def visible_to(self, user: User) -> OrganizationQuerySet:
        """Every person of the network sees all organisations but those that left; others see none."""
        if user.is_administrator:
            return self
        return self.exclude(member_status=MemberStatus.LEFT) if is_network_person(user) else self.none()


def works_in(codes: Iterable[str], prefix: str = "") -> models.Q:
    """Rows whose organisation (at `prefix`, as in "organization__") works or is registered in one of the countries."""
    wanted = list(codes)
    registered = models.Q(**{f"{prefix}registration_country__in": wanted})
    return models.Q(**{f"{prefix}countries__overlap": wanted}) | registered


def is_network_person(user: User) -> bool:
    """Whether the user belongs to the network: an active membership or a network role."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_verifier or bool(user.network_role) or user.memberships.in_network().exists()


@pghistory.track()
class Organization(Editable):
    """A legal or informal body that gives services."""

    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_local = models.CharField(_("name in the local language"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    description = models.TextField(_("about the organisation"), blank=True, max_length=4000)
    legal_form = models.CharField(_("legal form"), max_length=120, blank=True)
    registration_country = models.CharField(_("country of registration"), max_length=2)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="branches")
    member_status = models.CharField(
        _("standing in the network"), max_length=12, choices=MemberStatus.choices, default=MemberStatus.APPLICANT
    )
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)
    suspended_from = models.CharField(
        _("standing before it was suspended"),
        max_length=12, choices=MemberStatus.choices, blank=True, default="", db_default="",
    )  # fmt: skip
    countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries of work")
    )
    working_languages = codes_field(_("working languages"))
    website = models.URLField(_("website"), blank=True)
    links = models.JSONField(_("other links"), default=list, blank=True)
    community_led = codes_field(_("led by a community"))
    default_visibility = models.CharField(
        _("who sees new listings"), max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    due_diligence_note = models.TextField(_("due diligence (administrators only)"), blank=True)
    safety_note = models.TextField(_("safety note (administrators only)"), blank=True)
    spectrum_reviewed_on = models.DateField(_("spectrum of services reviewed on"), null=True, blank=True)
    source = models.CharField(_("source of an import"), max_length=60, blank=True, editable=False)
    external_id = models.CharField(max_length=200, blank=True, editable=False)

    i18n = TranslationField(fields=("name", "short_name", "description"))

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="organization_left_on_only_when_left",
                condition=models.Q(left_on__isnull=True) | models.Q(member_status="left"),
                violation_error_message=_("A date of leaving belongs to an organisation that has left."),
            ),
            models.CheckConstraint(
                name="organization_suspended_until_its_day",
                condition=models.Q(suspended_until__isnull=True, suspended_from="")
                | (models.Q(suspended_until__isnull=False, member_status="suspended") & ~models.Q(suspended_from="")),
                violation_error_message=_("The end belongs to an organisation that is suspended."),
            ),
            models.CheckConstraint(
                name="organization_leaves_after_joining",
                condition=models.Q(left_on__isnull=True)
                | models.Q(joined_on__isnull=True)
                | models.Q(left_on__gte=models.F("joined_on")),
                violation_error_message=_("The date of leaving is before the date of joining."),
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                name="organization_imported_once",
                condition=~models.Q(source=""),
                violation_error_message=_("This organisation was imported already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def countries_at_all(self) -> list[str]:
        """The predicate beside `works_in`: where it works, and where it is registered."""
        return [*self.countries, self.registration_country]

    @property
    def is_newcomer(self) -> bool:
        """The predicate beside `newcomers`."""
        return self.joined_on is not None and Organization.objects.newcomers().filter(pk=self.pk).exists()

    @property
    def is_suspended(self) -> bool:
        return self.member_status in {MemberStatus.SUSPENDED, MemberStatus.LEFT}
