"""Types that many rooms name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: A text in words, translated already or at the moment when it is shown.
Words: TypeAlias = "str | _StrPromise"
#: What can be written into a JSON column, a file or an answer.
Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"
