"""Private screens, doors by a link, and whatever writes: answered by everybody's process and by the members'."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from servicemap.rights.views import my_data
from servicemap.web.letters_leave import readyz, workz

without_language: list[URLPattern | URLResolver] = [
    path("readyz", readyz, name="readyz"),
    path("workz", workz, name="workz"),
    path("admin/", admin.site.urls),
]
in_a_language: list[URLPattern | URLResolver] = [
    path("confirm/", include("doors.confirm.urls")),
    path("acknowledge/", include("doors.acknowledge.urls")),
    path("", include("doors.reporting.urls")),
    path("", include("doors.suggesting.urls")),
    path("", include("doors.subscribing.urls")),
    path("", include("doors.joining.urls")),
    path("", include("doors.voice.urls")),
    path("", include("doors.learning.urls")),
    path("", include("doors.papers.urls")),
    path("workspace/directories/", include("exchange.sources.urls")),
    path("workspace/excel/", include("exchange.urls")),
    path("workspace/", include("workspace.urls")),
    path("invitation/", include("doors.invitation.urls")),
    path("accounts/data/", my_data, name="account_data"),
    path("accounts/", include("accounts.urls")),
]
