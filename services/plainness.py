"""Whether a sentence is said in plain words: advice for whoever wrote it, never a reason to refuse.

Rule: one sentence of twelve words, no word of an office where an everyday one exists, no abbreviation that a newcomer
has to know. Words of an office are lists of beginnings by language in `fixtures/plain_words/`; a language without a
list is advised on length alone.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: Words of a sentence, and advice that is given at once: more is read by nobody.
LONGEST = 12
MOST = 3
#: Abbreviations that people on the move know better than what they stand for.
KNOWN = frozenset(("ВИЧ", "HIV", "SMS", "СМС", "PDF", "ID"))
_SENTENCE = re.compile(r"[^.!?…]+")
_WORD = re.compile(r"[\w’'ʻ-]+")
_ABBREVIATION = re.compile(r"\b[A-ZА-ЯЁ]{2,}\b")


def advice(text: str, code: str) -> list[str]:
    """Sentences about the text in this language, in the language of the page; nothing where it is plain."""
    return [*_of_length(text), *_of_words(text, code), *_of_abbreviations(text)][:MOST]


def _of_length(text: str) -> list[str]:
    longest = max((len(_WORD.findall(sentence)) for sentence in _SENTENCE.findall(text)), default=0)
    if longest <= LONGEST:
        return []
    words = ngettext(
        "A sentence of %(n)s word is hard to read: up to %(most)s are easy.",
        "A sentence of %(n)s words is hard to read: up to %(most)s are easy.",
        longest,
    )
    return [words % {"n": longest, "most": LONGEST}]


def _of_words(text: str, code: str) -> list[str]:
    told = _("“%(word)s” is a word of an office. Plainer: %(say)s.")
    found = ((match[0], say) for pattern, say in _list(code) if (match := pattern.search(text)))
    return [told % {"word": word, "say": say} for word, say in found]


def _of_abbreviations(text: str) -> list[str]:
    found = dict.fromkeys(one for one in _ABBREVIATION.findall(text) if one not in KNOWN and not _is_told(one, text))
    return [_("“%(word)s”: say what it stands for.") % {"word": one} for one in found]


def _is_told(abbreviation: str, text: str) -> bool:
    """“ДКП (доконтактная профилактика)”."""
    return re.search(re.escape(abbreviation) + r"\s*[(—–:]", text) is not None


@cache
def _list(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    path = Path(settings.BASE_DIR) / "fixtures" / "plain_words" / f"{code}.json"
    if not path.exists():
        return ()
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple((re.compile(rf"\b{re.escape(row['begins'])}\w*", re.IGNORECASE), row["say"]) for row in rows)
