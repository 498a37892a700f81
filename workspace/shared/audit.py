"""The versions of a row that the audit kept."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet


def events_of(model: type[Model], pk: int) -> QuerySet[Any]:
    """Every kept version of a row, with the columns that the row has, and `pgh_…` about who wrote it and when."""
    return model.pgh_event_model.objects.filter(pgh_obj=pk)  # type: ignore[attr-defined]  # pghistory adds it at start


def version_of(row: Model, version: int | None) -> Any | None:
    """The row as it was when it had this version."""
    return events_of(type(row), row.pk).filter(version=version).order_by("-pgh_id").first()
