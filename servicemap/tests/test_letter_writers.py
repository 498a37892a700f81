"""Every kind of letter has one writer, and nobody writes what nobody sends."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from messaging.models import Message
from messaging.services import SILENCE_ASKED
from network.decisions import kinds as decision_kinds
from network.evaluation import kinds as evaluation_kinds
from network.grants import kinds as grant_kinds
from network.joining import kinds as joining_kinds
from network.learning import kinds as learning_kinds
from network.news import kinds as news_kinds
from network.reviews import kinds as review_kinds
from network.volunteering import kinds as volunteer_kinds
from personal.letters import FOLLOWED
from referrals import kinds as referral_kinds
from servicemap.settings.rooms import LETTER_WRITERS
from tools.annotations import product_files, rooms
from verification.letters import kinds

#: By the name of the constant.
KINDS = {
    name: value
    for room in (
        *(kinds, referral_kinds, decision_kinds, joining_kinds, news_kinds, review_kinds, grant_kinds),
        learning_kinds,
        evaluation_kinds,
        volunteer_kinds,
    )
    for name, value in vars(room).items()
    if name.isupper() and isinstance(value, str)
}
KINDS |= {"SILENCE_ASKED": SILENCE_ASKED, "FOLLOWED": FOLLOWED}


def test_every_kind_has_one_writer_and_none_is_left_over() -> None:
    written = Counter(kind for table in LETTER_WRITERS for kind in import_string(table))
    assert written == Counter(KINDS.values())


def test_kinds_fit_into_their_column() -> None:
    limit = Message._meta.get_field("kind").max_length
    assert all(0 < len(kind) <= limit for kind in KINDS.values())


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_sent_by_somebody(name: str) -> None:
    senders = []
    for path in (path for room in rooms() for path in product_files(room)):
        if path.name not in ("kinds.py", "writers.py") and name in path.read_text():
            tree = ast.parse(path.read_text())
            reads = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
            reads += [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == name]
            senders += [path] if any(isinstance(node.ctx, ast.Load) for node in reads) else []
    assert senders, f"nobody sends {name}"


def test_a_kind_is_never_written_out() -> None:
    """`enqueue(kind="…")` with a text of its own would be a letter without a writer."""
    for path in (path for room in rooms() for path in product_files(room)):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "enqueue":
                kind = next(word.value for word in node.keywords if word.arg == "kind")
                assert not isinstance(kind, ast.Constant), f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}"
