"""The deadlines of checking, which operators set, and its traces, which nobody edits."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from network.grants.publication import publish_all as granted
from network.learning.publication import publish_all as learnt
from servicemap.admin.base import HouseAdmin, ReadOnlyAdmin
from verification.models import (
    CapacityClock,
    CapacityReport,
    Check,
    Clock,
    HighRiskCountry,
    ListingState,
    ProfileCheck,
    ProfileState,
    Review,
    Takedown,
)


@admin.register(Clock)
class ClockAdmin(HouseAdmin):
    can_add = False
    list_display = ("code", "recheck_months", "notice_days", "escalate_days", "hide_days", "archive_days")
    readonly_fields = ("code",)


@admin.register(CapacityClock)
class CapacityClockAdmin(HouseAdmin):
    can_add = False
    list_display = ("code", "valid_days", "notice_days")
    readonly_fields = ("code",)


@admin.register(HighRiskCountry)
class HighRiskCountryAdmin(HouseAdmin):
    """What everybody reads of grants and trainings hears of it in the same transaction, not with the next morning."""

    can_delete = True
    list_display = ("code", "note")

    def save_model(self, request: HttpRequest, obj: HighRiskCountry, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _publish_again()

    def delete_model(self, request: HttpRequest, obj: HighRiskCountry) -> None:
        super().delete_model(request, obj)
        _publish_again()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[HighRiskCountry]) -> None:
        super().delete_queryset(request, queryset)
        _publish_again()


def _publish_again() -> None:
    granted()
    learnt()


@admin.register(ListingState)
class ListingStateAdmin(ReadOnlyAdmin):
    list_display = ("listing", "publication", "verification_class", "level", "checked_on", "due_on", "hides_on")
    list_filter = ("publication", "verification_class", "level")
    list_select_related = ("listing__service", "listing__location")
    search_fields = ("listing__service__title", "listing__public_id")
    exclude = ("published",)


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("listing", "state", "submitted_at", "submitted_by", "decided_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("listing__service", "listing__location", "submitted_by", "decided_by")
    exclude = ("snapshot", "base")


@admin.register(Check)
class CheckAdmin(ReadOnlyAdmin):
    """Without notes and evidence: those are for the coordinators of the country."""

    list_display = ("listing", "method", "outcome", "level", "checked_at", "organization")
    list_filter = ("method", "outcome", "level")
    list_select_related = ("listing__service", "listing__location", "organization")
    fields = ("listing", "method", "outcome", "level", "critical_fields", "organization", "checked_at", "valid_until")


@admin.register(CapacityReport)
class CapacityReportAdmin(ReadOnlyAdmin):
    list_display = ("listing", "level", "method", "reported_at", "expires_on", "organization")
    list_filter = ("level", "method")
    list_select_related = ("listing__service", "listing__location", "organization")
    fields = ("listing", "level", "note", "method", "reported_on", "notice_on", "expires_on", "organization")


@admin.register(Takedown)
class TakedownAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "reason", "ordered_at", "ordered_by", "lifted_at")
    list_select_related = ("organization", "location", "ordered_by")


@admin.register(ProfileState)
class ProfileStateAdmin(ReadOnlyAdmin):
    list_display = ("organization", "method", "checked_on", "due_on", "hides_on")
    list_select_related = ("organization",)
    search_fields = ("organization__name", "organization__slug")


@admin.register(ProfileCheck)
class ProfileCheckAdmin(ReadOnlyAdmin):
    """Without notes: those are for the coordinators of the country."""

    list_display = ("organization", "method", "checked_at", "recorded_for")
    list_filter = ("method",)
    list_select_related = ("organization", "recorded_for")
    fields = ("organization", "method", "checked_by", "recorded_for", "checked_at")
