"""Whose word a method is follows from the level that it gives: said once."""

from __future__ import annotations

import inspect
import re

from verification.models import check
from verification.models.check import LEVEL_OF, OWNER_METHODS, VERIFIER_METHODS, CheckMethod, Level


def test_every_method_has_its_level_and_is_somebodys_word():
    assert LEVEL_OF.keys() == set(CheckMethod)
    assert {*OWNER_METHODS, *VERIFIER_METHODS} == set(CheckMethod)
    assert {LEVEL_OF[method] for method in OWNER_METHODS} == {Level.OWNER}
    assert {LEVEL_OF[method] for method in VERIFIER_METHODS} == {Level.REMOTE, Level.VISITED}


def test_no_second_list_says_which_methods_are_the_owners():
    named = re.findall(r"CheckMethod\.([A-Z_]+)\b", inspect.getsource(check))
    assert sorted(named) == sorted(method.name for method in CheckMethod)
