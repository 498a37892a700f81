"""Names in addresses, made of Cyrillic names."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.text import slugify

from core.spelling.latin import in_latin

LONGEST = 80


def transliterate(text: str) -> str:
    """Latin letters for Cyrillic ones; soft and hard signs fall away."""
    return in_latin(text.lower()).replace("'", "")


def free_slug(name: str, *, among: QuerySet | None = None, taken: Collection[str] = ()) -> str:
    """A slug of the name that no row of `among` has and none of `taken` is; a taken name gets "-2", "-3"… behind it."""
    base = slugify(transliterate(name))[: LONGEST - 6].strip("-") or "organization"
    theirs = set(among.filter(slug__startswith=base).values_list("slug", flat=True)) if among is not None else ()
    number, slug = 1, base
    while slug in theirs or slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
