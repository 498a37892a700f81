"""What readers and members tell us, and the re-checks that follow."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from core.languages import SOURCE
from organizations.models import Organization
from services.models import ServiceAtLocation


class ReportKind(models.TextChoices):
    CLOSED = "closed", _("It is closed")
    PHONE = "phone", _("The phone is wrong or nobody answers")
    ADDRESS = "address", _("The address is wrong")
    HOURS = "hours", _("The hours are wrong")
    REFUSED = "refused", _("I was refused")
    UNSAFE = "unsafe", _("It is not safe there")
    OTHER = "other", _("Something else")


class ReportState(models.TextChoices):
    NEW = "new", _("New")
    FLOOD = "flood", _("Came among very many")
    IN_WORK = "in_work", _("Being checked")
    FIXED = "fixed", _("Right, and corrected")
    UNFOUNDED = "unfounded", _("Checked: the listing is right")
    DUPLICATE = "duplicate", _("Reported before")


OPEN_REPORTS = (ReportState.NEW, ReportState.IN_WORK)
#: What nobody has answered yet; a report out of a flood wakes nobody, but it can be taken and closed like any other.
UNANSWERED_REPORTS = (*OPEN_REPORTS, ReportState.FLOOD)


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        return self.filter(state__in=OPEN_REPORTS)


@pghistory.track(exclude=["contact", "code_hash"])
class Report(models.Model):
    """Somebody says that a listing is wrong. No network address is kept; the contact is theirs to leave.

    The reporter gets a code and looks the answer up with it; only its hash is kept.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="reports")
    kind = models.CharField(_("what is wrong"), max_length=12, choices=ReportKind.choices)
    text = models.CharField(_("in your words"), max_length=1000, blank=True)
    contact = models.CharField(_("how to reach you"), max_length=200, blank=True)
    language = models.CharField(max_length=8, default=SOURCE)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    state = models.CharField(_("state"), max_length=12, choices=ReportState.choices, default=ReportState.NEW)
    answer = models.CharField(_("answer to the reporter"), max_length=500, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="report_closed_with_its_date",
                condition=Q(state__in=["new", "flood", "in_work"], closed_at__isnull=True)
                | Q(state__in=["fixed", "unfounded", "duplicate"], closed_at__isnull=False),
                violation_error_message=_("A closed report has the date of closing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.listing}"

    @property
    def is_open(self) -> bool:
        return self.state in UNANSWERED_REPORTS


class RecheckReason(models.TextChoices):
    REPORT = "report", _("A reader's report")
    BOUNCED = "bounced", _("Mail to the contact came back")
    DEAD_LINK = "dead_link", _("The website does not answer")
    CONTACT_LEFT = "contact_left", _("The contact has left")
    SUSPENDED = "suspended", _("The organisation was suspended")
    PROJECT_ENDS = "project_ends", _("The project ends")
    REFUSED = "refused", _("Clients were not served")
    OUTSIDE = "outside", _("Another organisation must check it")
    SAMPLE = "sample", _("Sample of edits that went out at once")
    TRUSTED = "trusted", _("Critical edit of a trusted owner")
    CHANGED = "changed", _("The organisation says that something has changed")
    GIVEAWAY = "giveaway", _("A text may give a hidden address away")


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def open(self) -> RecheckQuerySet:
        return self.filter(done_at__isnull=True)


@pghistory.track()
class Recheck(models.Model):
    """A listing that somebody should look at before its date. One open one for each listing and reason."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="rechecks")
    reason = models.CharField(_("why"), max_length=16, choices=RecheckReason.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    due_at = models.DateTimeField(_("by"))
    created_at = models.DateTimeField(default=clock.now)
    assigned_to = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("given to")
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RecheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("re-check")
        verbose_name_plural = _("re-checks")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "reason"],
                name="recheck_one_open_per_reason",
                condition=Q(done_at__isnull=True),
                violation_error_message=_("This re-check is open already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} · {self.listing}"


class NotServedReason(models.TextChoices):
    CLOSED = "closed", _("It was closed")
    NO_CAPACITY = "no_capacity", _("No capacity")
    NOT_ELIGIBLE = "not_eligible", _("The client did not fit the conditions")
    DOCUMENTS = "documents", _("Documents were asked for")
    LANGUAGE = "language", _("No common language")
    MONEY = "money", _("Money was asked for")
    TREATMENT = "treatment", _("The client was treated badly")
    OTHER = "other", _("Something else")


@pghistory.track()
class Visit(models.Model):
    """A member's answer after a client's visit: was the service given, and if not, why. No client data."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="visits")
    visited_on = models.DateField(_("day of the visit"))
    was_served = models.BooleanField(_("the service was given"))
    reason = models.CharField(_("why not"), max_length=16, choices=NotServedReason.choices, blank=True)
    note = models.CharField(_("note without personal data"), max_length=500, blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="visit_refusal_has_a_reason",
                condition=Q(was_served=True, reason="") | (Q(was_served=False) & ~Q(reason="")),
                violation_error_message=_("Say why the service was not given."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} · {self.visited_on}"
