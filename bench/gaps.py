"""The matrix of what is missing over many listings: its one question, and all cells of it.

    python manage.py shell -c "from bench.gaps import main; main(20_000)"

Rows are made inside of a transaction that is taken back: nothing stays.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from django.db import connection, transaction

from bench.generated import fill
from directory.tables.listings import MemberListing, PublicListing
from directory.vocabulary import vocabulary
from network.gaps.cells import matrix
from network.gaps.matrix import GROUP, listed


def main(size: int, rounds: int = 7) -> None:
    """Say the medians in milliseconds, and how many queries the question took."""
    with transaction.atomic():
        for model in (MemberListing, PublicListing):
            model.objects.all().delete()
            fill(model._meta.db_table, size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE directory_memberlisting, directory_publiclisting")
        words = vocabulary("members")
        groups = list(words.scheme("group"))
        cells = len(listed(GROUP, groups))
        one, whole = _median(lambda: listed(GROUP, groups), rounds), _median(lambda: matrix(words), rounds)
        sys.stdout.write(f"{size} listings, {cells} cells with listings: question {one} ms, matrix {whole} ms\n")
        transaction.set_rollback(True)


def _median(run: Callable[[], object], rounds: int) -> int:
    told = []
    for _round in range(rounds):
        began = time.perf_counter()
        run()
        told.append(time.perf_counter() - began)
    return round(1000 * statistics.median(told))
