"""Letters, who gets them and who stands in for whom: to look at. What happens to them has its own screens."""

from __future__ import annotations

from django.contrib import admin

from messaging.models import Absence, Correspondent, Message
from servicemap.admin.base import ReadOnlyAdmin


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "kind", "correspondent", "state", "attempts", "sent_at", "last_error")
    list_filter = ("state", "kind", "channel")
    list_select_related = ("correspondent",)
    search_fields = ("address", "subject")
    date_hierarchy = "created_at"


@admin.register(Correspondent)
class CorrespondentAdmin(ReadOnlyAdmin):
    list_display = ("email", "organization", "role", "rhythm", "bounced_at", "left_at")
    list_filter = ("rhythm", "role", ("bounced_at", admin.EmptyFieldListFilter))
    list_select_related = ("organization",)
    search_fields = ("email", "name", "organization__name")


@admin.register(Absence)
class AbsenceAdmin(ReadOnlyAdmin):
    list_display = ("user", "starts_on", "ends_on", "delegate")
    list_select_related = ("user", "delegate")
