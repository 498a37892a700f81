"""Texts of rows in the language of the page."""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext as _

from core.spelling.latin import NAMES, spelt


def worded(row: Model, name: str) -> str:
    """A translated field. `<name>_i18n` is added at start by modeltrans, so only its name can be spelt here."""
    text = str(getattr(row, f"{name}_i18n") or "")
    return spelt(text) if name in NAMES else text


def interval_words(days: int | None) -> str:
    """How often, of `verification.services.around.intervals.INTERVALS`; of None as often as the class asks for."""
    return {
        None: _("as its kind asks for"),
        7: _("every week"),
        14: _("every two weeks"),
        30: _("every month"),
        91: _("every three months"),
    }[days]
