"""A kept file, to save and never to show: no browser opens it, guesses what it is, or runs it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase


def download_of(file: FieldFile, name: str) -> HttpResponseBase:
    """404 where there is none, and for one that is gone."""
    if not file:
        raise Http404
    try:
        opened = file.open("rb")
    except (FileNotFoundError, ValidationError) as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=True, filename=name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
