"""What a text has to keep before a person may check it: nothing lost, nothing added, in the right letters.

Rule: a phone, a number, a placeholder and an element of the source are those of the translation. A check by rules is
no check by a person: it only spares one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.languages import by_code
from directory.tables import wording
from translations.texts import catalogues, glossary
from translations.texts.letters import FOREIGN, MIXED_UP, OWN, share_of_script
from translations.texts.units import Unit

#: So much longer than the longer one of both sources, with some letters for short ones.
LONGER, LEEWAY = 1.8, 12
LIMITS = {"title": 160, "name": 160, "short": 60, "summary": 200, "hint": 200}
LIMIT = 4000
_SHARE = 0.8
#: Letters of a text that is long enough to have one of its language's own: in Kyrgyz only every twentieth letter is.
_SENTENCE, _SENTENCE_OF = 30, {"ky": 80}
_HELD = re.compile(r"%\(\w+\)[-#0 +.\d]*[a-z]|%[a-z%]|\{\w*\}")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|&\w+;")
#: A phone, however its figures are grouped; else a run of figures.
_NUMBER = re.compile(r"\+?\d[\d \u00a0()\u2010-\u2013-]{6,}\d|\d+")
#: With these a string of a page could open an element, end an attribute, or ask for a value.
_SIGNS = re.compile(r'[<>"&{}]')
_PLACEHOLDER = re.compile(r"%%|%\(\w+\)[-#0 +.\d]*[a-z]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_HIDDEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufeff]")
_UZBEK = re.compile("[oOgG]['\u2019\u2018`\u02bc\u00b4]")
_ENDS = {".": ".։。", "?": "?؟՞", "!": "!՜", ":": ":՝", "…": "…"}


@dataclass(frozen=True)
class Problem:
    code: str
    words: str


def problems(unit: Unit, language: str, forms: Sequence[str]) -> list[Problem]:
    """What is wrong with this text, in words; nothing is right because this list is empty."""
    wanted = catalogues.forms_needed(language) if unit.is_counted else 1
    if len(forms) != wanted or not all(form.strip() for form in forms):
        told = _("Write every form: this language has %(n)s of them.") if wanted > 1 else _("Write a text.")
        return [Problem("forms", told % {"n": wanted} if wanted > 1 else told)]
    if max(map(len, forms)) > LIMIT:  # no pattern reads what is that long
        return [Problem("length", _("This is too long: it would not fit where it stands."))]
    found = (problem for form in forms for problem in _of_form(unit, language, form))
    return list(dict.fromkeys(found))


def _of_form(unit: Unit, language: str, form: str) -> Iterator[Problem]:
    for code, is_wrong, words in _RULES:
        if is_wrong(unit, language, form):
            yield Problem(code, " ".join([str(words()), *_MORE.get(code, _nothing)(unit, form)]))
    if stem := glossary.barred_in(form, language):
        told = _("“%(stem)s” hurts people. Say: %(instead)s.") if stem.instead else _("“%(stem)s” hurts people.")
        yield Problem("barred", told % {"stem": stem.stem, "instead": stem.instead})


def _sources(unit: Unit) -> tuple[str, ...]:
    return (*unit.source, *unit.english)


def _lost(pattern: re.Pattern[str]) -> Callable[[Unit, str, str], bool]:
    def is_wrong(unit: Unit, _language: str, form: str) -> bool:
        held = Counter(pattern.findall(form))
        return all(held != Counter(pattern.findall(text)) for text in _sources(unit))

    return is_wrong


def _other_signs(unit: Unit, _language: str, form: str) -> bool:
    """Strings of pages stand in them as they are: templates do not escape what a translation says."""
    held = Counter(_SIGNS.findall(form))
    return unit.kind == wording.MESSAGE and all(held != Counter(_SIGNS.findall(text)) for text in _sources(unit))


def _bad_percent(unit: Unit, _language: str, form: str) -> bool:
    """Whether a page could not put its values into the string, which would be no page at all."""
    if unit.kind != wording.MESSAGE or "%" not in form:
        return False
    texts = _sources(unit)
    if not any("%(" in text or "%%" in text for text in texts):
        return not any("%" in text for text in texts)
    if "%" in _PLACEHOLDER.sub("", form):
        return True
    try:
        form % defaultdict(int)
    except (ValueError, TypeError):
        return True
    return False


def numbers(text: str) -> Counter[str]:
    """Its numbers in Latin figures, a phone as one, whatever stands between its figures."""
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in _HELD.sub(" ", text))
    return Counter(re.sub(r"\D", "", found) for found in _NUMBER.findall(plain))


def _other_numbers(unit: Unit, _language: str, form: str) -> bool:
    return all(numbers(form) != numbers(text) for text in _sources(unit))


def _which_numbers(unit: Unit, form: str) -> Iterator[str]:
    """Beside the source that is nearest: which are missing, and which it does not have."""
    here = numbers(form)
    there = min((numbers(text) for text in _sources(unit)), key=lambda one: ((one - here) + (here - one)).total())
    if missing := there - here:
        yield _("Missing: %(numbers)s.") % {"numbers": ", ".join(missing.elements())}
    if other := here - there:
        yield _("Not in the source: %(numbers)s.") % {"numbers": ", ".join(other.elements())}


def _nothing(_unit: Unit, _form: str) -> Iterator[str]:
    yield from ()


def _too_long(unit: Unit, _language: str, form: str) -> bool:
    longest = max(map(len, _sources(unit)))
    return len(form) > min(longest * LONGER + LEEWAY, LIMITS.get(unit.field, LIMIT))


def plain(text: str) -> str:
    """Without placeholders, elements, addresses."""
    return re.sub(r"https?://\S+|\S+@\S+", " ", _TAG.sub(" ", _HELD.sub(" ", text)))


def _wrong_script(unit: Unit, language: str, form: str) -> bool:
    """What stands in Latin letters in the Russian may stay, and abbreviations of the English."""
    kept = {word for text in unit.source for word in _LATIN.findall(plain(text))}
    kept |= {word for text in unit.english for word in _LATIN.findall(plain(text)) if word.isupper()}
    own = _LATIN.sub(lambda found: "" if found[0] in kept else found[0], plain(form))
    return share_of_script(own, by_code(language).script) < _SHARE


def _foreign_letters(_unit: Unit, language: str, form: str) -> bool:
    text = plain(form).lower()
    if set(text) & FOREIGN.get(language, frozenset()):
        return True
    own, letters = OWN.get(language), sum(map(str.isalpha, text))
    return bool(own) and letters >= _SENTENCE_OF.get(language, _SENTENCE) and not set(text) & (own or frozenset())


def _is_source(unit: Unit, language: str, form: str) -> bool:
    same = form.strip().casefold() in {text.strip().casefold() for text in _sources(unit)}
    words = [word for word in re.findall(r"[^\W\d_]{2,}", plain(form)) if not word.isupper()]
    return same and len(words) > 1


def _ends_otherwise(unit: Unit, _language: str, form: str) -> bool:
    return all(_end(form) != _end(text) for text in _sources(unit))


def _end(text: str) -> str:
    last = text.rstrip(' »”")')[-1:]
    return next((kind for kind, signs in _ENDS.items() if last in signs and last), "")


#: code, whether it is so, what to say of it.
_RULES: tuple[tuple[str, Callable[[Unit, str, str], bool], Callable[[], str]], ...] = (
    ("placeholders", _lost(_HELD), lambda: _("Keep what stands in %(…)s or {…} as it is: values come there.")),
    ("html", _lost(_TAG), lambda: _("Keep the elements of the source, and no others.")),
    ("signs", _other_signs, lambda: _('Keep the signs < > " & { } of the source, and no others.')),
    (
        "percent",
        _bad_percent,
        lambda: _("Beside values a percent sign is written %%, and only where the source has one."),
    ),
    ("numbers", _other_numbers, lambda: _("Numbers and phones are not those of the source.")),
    ("length", _too_long, lambda: _("This is too long: it would not fit where it stands.")),
    ("script", _wrong_script, lambda: _("These are not the letters of this language.")),
    ("language", _foreign_letters, lambda: _("This looks like another language: its letters are not of this one.")),
    ("same", _is_source, lambda: _("This is the source itself.")),
    ("end", _ends_otherwise, lambda: _("End as the source ends: with a full stop, a question mark or without.")),
    (
        "form",
        lambda _unit, _language, form: form != unicodedata.normalize("NFC", form) or bool(_HIDDEN.search(form)),
        lambda: _("There are signs in it that nobody sees. Type it anew."),
    ),
    (
        "apostrophe",
        lambda _unit, language, form: language == "uz" and bool(_UZBEK.search(form)),
        lambda: _("In oʻ and gʻ the sign is ʻ (U+02BB)."),
    ),
    (
        "mixed_up",
        lambda _unit, language, form: bool(set(form) & MIXED_UP.get(language, frozenset())),
        lambda: _("These are Arabic letters: in Dari, ی and ک are other ones."),
    ),
)
#: What is said beside the words of a rule: what exactly is wrong.
_MORE: Mapping[str, Callable[[Unit, str], Iterator[str]]] = {"numbers": _which_numbers}
