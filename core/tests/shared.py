"""A world that takes long to make is made once for a module of tests; each test changes a copy that is its own."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

import pytest
from django.db import transaction

WorldT = TypeVar("WorldT")


def shared(build: Callable[[], WorldT], name: str = "world") -> tuple[Any, Any]:
    """Two fixtures of a module: the ground under all its tests, and what `build()` made, copied for each of them.

    Rows are made in a transaction around the module's tests, each of which has its own inside it. Every test of the
    module stands on them, also one that asks for nothing, so that the order of tests changes nothing. Not for modules
    with tests that commit.
    """

    @pytest.fixture(scope="module", autouse=True, name=f"_ground_of_{name}")
    def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[WorldT]:
        with django_db_blocker.unblock():
            around = transaction.atomic()
            around.__enter__()
            try:
                made = build()
            except BaseException:
                transaction.set_rollback(True)
                around.__exit__(None, None, None)
                raise
        yield made
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)

    @pytest.fixture(name=name)
    def world(request: pytest.FixtureRequest, db: None) -> WorldT:
        return cast("WorldT", copy.deepcopy(request.getfixturevalue(f"_ground_of_{name}")))

    return ground, world
