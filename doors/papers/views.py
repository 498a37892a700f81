"""A document that is a file, for everybody: to save, never to show. Only of a version that is in force today."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.files.downloads import download_of
from network.decisions.models import DocumentVersion
from network.decisions.models.words import Audience


@require_safe
def download(request: HttpRequest, version: str) -> HttpResponseBase:
    rows = DocumentVersion.objects.in_force().filter(document__audience=Audience.PUBLIC).exclude(file="")
    row = get_object_or_404(rows, public_id=version)
    return download_of(row.file, row.file_name)
