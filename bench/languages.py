"""What pages cost with texts stored in every language beside the same pages with texts in the two that are on: in
Russian, and in a preview, which shows them.

    bin/manage shell -c "from bench.languages import main; main()"

Over the demonstration network, in one transaction that is taken back. Each language that has a row gets every text of
tier 1 and of records. Rounds take turns; processor time, the median of the rounds, and the ratio of the two.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from core.languages import LANGUAGES, codes
from directory.stores.store import bump_revision
from directory.tables.wording import PublicWording
from translations.texts.tiers import NEEDED, RECORDS_TIER
from translations.texts.units import every

ROUNDS = 21
_PAGES = (
    *("/ru/", "/ru/?country=GE", "/api/v1/listings/?lang=ru", "/ru/light/ge/"),
    *("/uz/", "/uz/?country=GE", "/api/v1/listings/?lang=uz", "/uz/light/ge/"),
)


def main() -> None:
    client = Client(headers={"host": "localhost"})
    settings.PREVIEWS_FOR_ALL = ("uz",)
    settings.INDEX_FROM = 0  # an index could not see rows of a transaction: it would answer for one side alone
    with transaction.atomic():
        spent = _spent(client)
        transaction.set_rollback(True)
    head = f"median of {ROUNDS} rounds: {len(codes())} languages, all, ratio"
    sys.stdout.write(f"processor time in milliseconds, {head}\n")
    for page, (few, all_) in spent.items():
        pair = [1000 * statistics.median(times) for times in (few, all_)]
        sys.stdout.write(f"{page:32}{pair[0]:8.1f}{pair[1]:8.1f}{pair[1] / pair[0]:7.2f}\n")


def _spent(client: Client) -> dict[str, tuple[list[float], list[float]]]:
    spent: dict[str, tuple[list[float], list[float]]] = {page: ([], []) for page in _PAGES}
    for number in range(ROUNDS + 1):
        for is_full in (False, True):
            point = transaction.savepoint()
            if is_full:
                _fill()
            for page in _PAGES:
                client.get(page)  # what a revision keeps is made
                taken = time_of(lambda page=page: client.get(page))  # type: ignore[misc]
                if number:  # the first round warms up
                    spent[page][is_full].append(taken)
            transaction.savepoint_rollback(point)
    return spent


def time_of(ask: Callable[[], object]) -> float:
    begun = time.process_time()
    ask()
    return time.process_time() - begun


def _fill() -> None:
    """Everything that is translated, in every language that has a row: in the Russian words, which cost the same."""
    more = [row.code for row in LANGUAGES if row.state != "trial" and row.code not in codes()]
    units = every()
    rows = (
        PublicWording(
            id=f"{unit.id}:{code}",
            kind=unit.kind,
            key=unit.key,
            field=unit.field,
            language=code,
            source_hash=unit.source_hash,
            forms=list(unit.texts),
        )
        for code in more
        for unit in units
        if unit.tier in (*NEEDED, RECORDS_TIER)
    )
    PublicWording.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)
    bump_revision()
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {PublicWording._meta.db_table}")


if __name__ == "__main__":
    main()
