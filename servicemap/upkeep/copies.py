"""Copies of what is on the map that lie on this machine's disk: they do not outlive what they were made of.

Rule: when an address is no longer kept, no booklet and no file of everything stays, and no packed index but that of the
present revision. What is
taken down in another way is in no index, booklet and file of the present revision, and the worker forgets the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from directory.index import keeper
from organizations.models import Location
from reading.booklets import files
from reading.exports import files as exports


def forget_door(location: Location, words: Sequence[str]) -> None:
    """Once nobody can make them of the old words any more. A disk that refuses undoes no press."""
    transaction.on_commit(files.clear, robust=True)
    transaction.on_commit(exports.clear, robust=True)
    transaction.on_commit(keeper.forget_old, robust=True)


def forget_earlier() -> int:
    """Of earlier revisions, and what is too old."""
    return files.forget_old() + exports.forget_old() + keeper.forget_old()
