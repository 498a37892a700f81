"""Which words of a question say something, and what each may have meant.

A stop word counts in the alphabet in which it was typed: «шжж» is not the “i” of the other keyboard.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.spelling.text import variants

_IN_RUSSIAN = """а без бы в во вот где да для до его ее если есть же за и из или им их к как ко когда кто ли мне можно
мой моя мы на надо нас не нет ни но ну нужен нужна нужно о об он она они от по под при про с со так там то тут ты у
уже хочу что чтобы эта это я"""
_IN_ENGLISH = """a an and any are at by can for from how i in is it me my need of on or please the to want what where
with"""
#: Uzbek, Tajik, Dari and Georgian, as `searched` writes them: in, for, from, and, where, I need.
_IN_OTHERS = """va uchun bilan kerak qayerda menga ва учун билан керак каерда менга
дар аз ба барои кучо кучост лозим ман در از به و برای کجا کجاست است من و که და სად არის მინდა მჭირდება ზე"""
STOP_WORDS = frozenset(f"{_IN_RUSSIAN} {_IN_ENGLISH} {_IN_OTHERS}".split())


def telling(words: Sequence[str]) -> list[str]:
    """The words that say something. A stop word of the other keyboard is one only where other words say something."""
    asked = [word for word in words if word not in STOP_WORDS]
    return [word for word in asked if STOP_WORDS.isdisjoint(variants(word))] or asked


def forms(word: str) -> list[str]:
    """The word and what it may have meant, which is never a word that says nothing."""
    return [form for form in variants(word) if form == word or form not in STOP_WORDS]
