"""A file that a coordinator has approved for everybody: to save, never to show. No other file is there."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.files.downloads import download_of
from network.learning.models import Material


@require_safe
def download(request: HttpRequest, material: str) -> HttpResponseBase:
    row = get_object_or_404(Material.objects.approved().filter(is_public=True), public_id=material)
    return download_of(row.file, row.file_name)
