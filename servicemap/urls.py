from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from maps.views.robots import robots, sitemap
from maps.views.taken.builder import embed_script
from maps.views.taken.oembed import oembed
from servicemap.faces import private
from servicemap.faces.common import everywhere

handler404, handler500 = "servicemap.web.missing.not_found", "servicemap.web.unavailable.server_error"

urlpatterns = [
    *everywhere,
    *private.without_language,
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("oembed", oembed, name="oembed"),
    path("embed.js", embed_script, name="embed_script"),
    path("api/hsds/", include("reading.hsds.urls")),
    path("api/v1/", include("reading.api.urls")),
    *i18n_patterns(*private.in_a_language, path("", include("maps.urls")), prefix_default_language=True),
]
