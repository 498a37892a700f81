"""What is left of a word without its ending, for comparing words of a question with words of the vocabulary.

Both sides are cut in the same way, so the cut need not be the linguist's: «бесплатный», «бесплатно» and «бесплатная»
meet, «психолог» and «психология» do not.
"""

from __future__ import annotations

from functools import lru_cache

#: The longest first.
_BY_LENGTH = """иями ями ами ого его ому ему ыми ими иях ях ах ия ию ии ие ая яя ое ее ые ой ей ий ый ую юю ом ем ам ям
ов ев ью ых их ым им а я о е и ы у ю ь й"""
_ENDINGS = tuple(_BY_LENGTH.split())
#: Cases and postpositions of Georgian, plurals of Dari: letters of no other alphabet here.
_IN_GEORGIAN = "ებისთვის ისთვის ებიდან ებზე ებში ების ებით ებს იდან ზე ში ის ით ად ის ს ი ა ო ე"
_IN_DARI = "های هایی ها ان ی"
_OTHERS = tuple(f"{_IN_GEORGIAN} {_IN_DARI}".split())
_SHORTEST = 3


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """For a normalised word; short words stay whole."""
    if word.isascii():
        return word[:-1] if len(word) > _SHORTEST and word.endswith("s") and not word.endswith("ss") else word
    cut = (word[: -len(ending)] for ending in (_OTHERS if word > "ա" else _ENDINGS) if word.endswith(ending))
    return next((left for left in cut if len(left) >= _SHORTEST), word)
