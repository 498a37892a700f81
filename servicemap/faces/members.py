"""What the members' process answers: private screens, members' map, doors by a link, and whatever writes.

The public's pages are the other face's; their addresses lead there.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe

from maps import urls as maps
from maps.views.root import root
from reading.api import urls as api
from servicemap.faces.elsewhere import shown_by_the_public_face, to_public
from servicemap.health import healthz
from servicemap.letters_leave import readyz, workz
from servicemap.rights.views import my_data
from servicemap.violations import report

handler500 = "servicemap.unavailable.server_error"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """There is nothing here for a search engine."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("", root, name="root"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("workz", workz, name="workz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", to_public, name="sitemap"),
    path("violations", report, name="violations"),
    path("api/v1/", include(([*api.members, *api.described], api.app_name))),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("confirm/", include("doors.confirm.urls")),
        path("", include("doors.reporting.urls")),
        path("", include(([*shown_by_the_public_face(maps.public), *maps.members], maps.app_name))),
        path("workspace/", include("workspace.urls")),
        path("invitation/", include("doors.invitation.urls")),
        path("accounts/data/", my_data, name="account_data"),
        path("accounts/", include("accounts.urls")),
        prefix_default_language=True,
    ),
]
