"""What speaks for two listings being the same, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WORDS = {
    "name": gettext_lazy("called alike"),
    "phone": gettext_lazy("the same phone"),
    "handle": gettext_lazy("the same messenger or mail"),
    "site": gettext_lazy("the same website"),
    "spot": gettext_lazy("at the same place"),
    "owner": gettext_lazy("of the same organisation"),
}


def why_alike(reasons: Iterable[str]) -> str:
    said = ", ".join(str(_WORDS[code]) for code in reasons if code in _WORDS)
    return said[:1].upper() + said[1:] or _("May be the same")
