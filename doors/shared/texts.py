"""Texts of rows in the language of the page."""

from __future__ import annotations

from django.db.models import Model


def worded(row: Model, name: str) -> str:
    """A translated field. `<name>_i18n` is added at start by modeltrans, so only its name can be spelt here."""
    return str(getattr(row, f"{name}_i18n") or "")
