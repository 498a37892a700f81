"""Texts of rows in the language of the page."""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def worded(row: Model, name: str) -> str:
    """A translated field. `<name>_i18n` is added at start by modeltrans, so only its name can be spelt here."""
    return str(getattr(row, f"{name}_i18n") or "")


def interval_words(days: int | None) -> str:
    """“every week”, “every 2 weeks”, “every month”, “every 3 months”; of None that of the class."""
    if days is None:
        return _("as its kind asks for")
    if days < 30:
        return ngettext("every %(n)d week", "every %(n)d weeks", days // 7) % {"n": days // 7}
    return ngettext("every %(n)d month", "every %(n)d months", days // 30) % {"n": days // 30}
