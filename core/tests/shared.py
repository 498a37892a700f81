"""A world that takes long to make is made once for a module of tests; each test changes a copy that is its own."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import pytest
from django.core.cache import cache
from django.db import transaction

WorldT = TypeVar("WorldT")


@dataclass
class Ground:
    """What stands now under the tests: rows in a transaction around them, and who made them."""

    name: str
    build: Callable[[], Any]
    around: Any
    made: Any


#: The last one stands on those before it.
_standing: list[Ground] = []


def shared(build: Callable[[], WorldT], name: str = "world", *, lasts: bool = False) -> tuple[Any, Any]:
    """Two fixtures of a module: the ground under all its tests, and what `build()` made, copied for each of them.

    Rows are made in a transaction around the module's tests, each of which has its own inside it. Every test of the
    module stands on them, also one that asks for nothing, so that the order of tests changes nothing. Not for modules
    with tests that commit.

    What lasts goes on standing until a module has another ground of that name, or until a fixture of its package says
    `fall()`: for the modules of a package that all stand on the same.
    """

    @pytest.fixture(scope="module", autouse=True, name=f"_ground_of_{name}")
    def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[WorldT]:
        with django_db_blocker.unblock():
            if _standing and _standing[-1].name == name and _standing[-1].build is not build:
                fall()
            if not _standing or _standing[-1].build is not build:
                _stand_up(name, build)
        yield _standing[-1].made
        if not lasts:
            with django_db_blocker.unblock():
                fall()

    @pytest.fixture(name=name)
    def world(request: pytest.FixtureRequest, db: None) -> WorldT:
        return cast("WorldT", copy.deepcopy(request.getfixturevalue(f"_ground_of_{name}")))

    return ground, world


def _stand_up(name: str, build: Callable[[], Any]) -> None:
    around = transaction.atomic()
    around.__enter__()
    try:
        _standing.append(Ground(name, build, around, build()))
        cache.clear()  # as after each test: what was counted meanwhile is no test's
    except BaseException:
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
        raise


def fall() -> None:
    """The last ground that stands is taken away, if any does."""
    if _standing:
        transaction.set_rollback(True)
        _standing.pop().around.__exit__(None, None, None)
