"""What every process answers, without a language before it."""

from django.urls import path

from maps.road.views import forget_here
from maps.views.root import root
from servicemap.web.health import healthz
from servicemap.web.violations import report

everywhere = [
    path("", root, name="root"),
    path("forget/", forget_here, name="forget"),
    path("healthz", healthz, name="healthz"),
    path("violations", report, name="violations"),
]
