"""What people type instead of a term's name, by language, and who of those that speak it has read it over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from core.languages import LANGUAGES, by_code, codes
from core.phrasing.dates import day_in_words
from servicemap.admin.base import Column
from services.models.vocabulary import Term
from services.spoken import spoken

_SEARCHED = {row.code for row in LANGUAGES if row.state != "trial" and not row.derived_from}


class SynonymsField(forms.CharField):
    """Words by language, a line for each: “en: dog, pet”."""

    widget = forms.Textarea(attrs={"rows": len(codes()) + 4, "cols": 90})

    def prepare_value(self, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        languages = dict.fromkeys((*codes(), *(code for code, words in value.items() if words)))
        return "\n".join(f"{language}: {', '.join(value.get(language, []))}" for language in languages)

    def to_python(self, value: object) -> Any:
        found: dict[str, list[str]] = {}
        for line in filter(str.strip, str(value or "").splitlines()):
            language, colon, words = line.partition(":")
            if not colon or language.strip() not in _SEARCHED:
                message = _("Begin each line with the language: “en: dog, pet”. Not so: %(line)s")
                raise ValidationError(message % {"line": line})
            said = [word for part in words.split(",") if (word := " ".join(part.split()))]
            found.setdefault(language.strip(), []).extend(said)
        return {language: words for language, words in found.items() if words}

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return bool({k: v for k, v in dict(initial or {}).items() if v} != self.to_python(data))  # type: ignore[call-overload]
        except ValidationError:
            return True


def synonyms_field(db_field: Column) -> forms.Field:
    help_text = _("Separate them by commas. Whoever types one of them in the search is asked nothing more.")
    return SynonymsField(label=capfirst(db_field.verbose_name), required=False, help_text=help_text, initial=dict)


def without_taken(term: Term, before: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The words as they are now; a language whose words were taken away stays empty, and no release fills it again."""
    return {**{language: [] for language in before if language not in codes()}, **term.synonyms}


def states(term: Term) -> SafeString:
    """A line for each further language: who has read its words over, or that nobody has."""
    lines = ((by_code(one.language).name, _state(one.check)) for one in spoken(term))
    return format_html_join("", "<p><bdi>{}</bdi>: {}</p>", lines) or SafeString("–")


def _state(check: Any) -> str:
    if check is None:
        return _("nobody who speaks it has read these words over")
    who = check.checked_by.name if check.checked_by else _("a person who is gone")
    return _("read over by %(who)s on %(day)s") % {
        "who": who,
        "day": day_in_words(timezone.localdate(check.checked_at)),
    }


def waiting(term: Term, actor: User) -> list[tuple[str, str]]:
    """Languages of this person whose words nobody has read over, and which somebody else wrote."""
    return [(one.language, by_code(one.language).name) for one in spoken(term)
            if not one.check and one.language in actor.translates and one.writer != actor]  # fmt: skip
