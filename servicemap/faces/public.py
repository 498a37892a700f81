"""What the public's process answers. It reads, and nothing else: the members' face writes reports of mistakes down."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from maps import urls as maps
from maps.views.robots import robots, sitemap
from maps.views.taken.builder import embed_script
from maps.views.taken.oembed import oembed
from reading.api import urls as api
from reading.hsds import urls as hsds
from servicemap.faces.common import everywhere
from servicemap.faces.elsewhere import to_members
from servicemap.web.health import readyz

handler404, handler500 = "servicemap.web.missing.not_found", "servicemap.web.unavailable.server_error"

#: Pages of the members' face that public pages lead to.
reporting = [
    path("places/<slug:place_id>/report/", to_members, name="report"),
    path("report-answer/", to_members, name="answer"),
]
suggesting = [
    path("suggest/", to_members, name="suggest"),
    path("suggest/access/", to_members, name="access"),
    path("suggest/answer/", to_members, name="answer"),
]
subscribing = [path("news/letters/", to_members, name="subscribe")]
joining = [path("join/", to_members, name="join")]
learning = [path("learning/files/<slug:material>/", to_members, name="file")]
workspace = [path("", to_members, name="home")]

urlpatterns = [
    *everywhere,
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("oembed", oembed, name="oembed"),
    path("embed.js", embed_script, name="embed_script"),
    path("api/hsds/", include(([*hsds.public, *hsds.described], hsds.app_name))),
    path("api/v1/", include(([*api.public, *api.described], api.app_name))),
    *i18n_patterns(
        path("", include((reporting, "reporting"))),
        path("", include((suggesting, "suggesting"))),
        path("", include((subscribing, "subscribing"))),
        path("", include((joining, "joining"))),
        path("", include((learning, "learning"))),
        path("", include((maps.public, maps.app_name))),
        path("workspace/", include((workspace, "workspace"))),
        prefix_default_language=True,
    ),
]
