"""What the members' process answers: private screens, members' map, doors by a link, and whatever writes.

The public's pages are the other face's; their addresses lead there.
"""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe

from maps import urls as maps
from reading.api import urls as api
from reading.hsds import urls as hsds
from servicemap.faces import private
from servicemap.faces.common import everywhere
from servicemap.faces.elsewhere import shown_by_the_public_face, to_public

handler404, handler500 = "servicemap.web.missing.not_found", "servicemap.web.unavailable.server_error"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """There is nothing here for a search engine."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


urlpatterns = [
    *everywhere,
    *private.without_language,
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", to_public, name="sitemap"),
    path("oembed", to_public, name="oembed"),
    path("embed.js", to_public, name="embed_script"),
    path("api/hsds/", include(([*hsds.members, *hsds.described], hsds.app_name))),
    path("api/v1/", include(([*api.members, *api.described], api.app_name))),
    *i18n_patterns(
        *private.in_a_language,
        path("", include(([*shown_by_the_public_face(maps.public), *maps.members], maps.app_name))),
        prefix_default_language=True,
    ),
]
