"""Nothing at an address: a page for people, and under /api/ the same named error as any other answer there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`, also for ids that no route can read."""
    if not request.path_info.startswith("/api/"):
        return page_not_found(request, exception)
    message = _("There is nothing at this address.")
    return JsonResponse({"error": {"param": None, "message": message, "unread": []}}, status=404)
