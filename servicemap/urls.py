from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from maps.views.robots import robots, sitemap
from maps.views.root import root
from servicemap.health import healthz
from servicemap.letters_leave import readyz, workz
from servicemap.rights.views import my_data
from servicemap.violations import report

handler500 = "servicemap.unavailable.server_error"

urlpatterns = [
    path("", root, name="root"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("workz", workz, name="workz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("violations", report, name="violations"),
    path("api/v1/", include("reading.api.urls")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("confirm/", include("doors.confirm.urls")),
        path("", include("doors.reporting.urls")),
        path("", include("maps.urls")),
        path("workspace/", include("workspace.urls")),
        path("invitation/", include("doors.invitation.urls")),
        path("accounts/data/", my_data, name="account_data"),
        path("accounts/", include("accounts.urls")),
        prefix_default_language=True,
    ),
]
