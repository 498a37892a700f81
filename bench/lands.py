"""What notices of countries cost the map: its pages and answers without any, and with forty of regions and kinds.

    bin/manage shell -c "from bench.lands import main; main()"
    bin/manage shell -c "from bench.lands import main; main(20_000)"

Processor time over the demonstration network, or over so many generated listings, median of the rounds; both states
take turns in a transaction that is taken back. The pins of the map come from the packed index, in which no notice is:
they are asked to see that.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.test import Client

from bench.generated import fill
from core import clock
from core.geo.gazetteer import regions_of
from core.languages import SOURCE
from directory.stores.store import bump_revision
from directory.tables.lands import PublicCountryNotice
from directory.tables.listings import PublicListing

ROUNDS, NOTICES = 5, 40
PATHS = ("/ru/", "/ru/?country=GE", "/ru/?country=GE&service=art", "/ru/countries/ge/", "/api/v1/map/?zoom=4")
TYPES = ("art", "opioid_substitution", "hiv_rapid_test", "naloxone")


def main(size: int = 0) -> None:
    with transaction.atomic():
        if size:
            PublicListing.objects.all().delete()
            fill(PublicListing._meta.db_table, size)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE directory_publiclisting")
            bump_revision()
        sys.stdout.write(f"{PublicListing.objects.count()} listings\n")
        _compare()
        transaction.set_rollback(True)


def _compare() -> None:
    client = Client(headers={"host": "localhost"})
    spent: dict[tuple[str, bool], list[float]] = {}
    for _round in range(ROUNDS):
        for has_notices in (False, True):
            with _notices(NOTICES if has_notices else 0):
                for path in PATHS:
                    spent.setdefault((path, has_notices), []).append(_seconds(client, path))
    sys.stdout.write(f"{'milliseconds of processor time':34}{'none':>8}{NOTICES:>8}   ratio\n")
    for path in PATHS:
        without, among = (1000 * statistics.median(spent[path, one]) for one in (False, True))
        sys.stdout.write(f"{path:34}{without:8.1f}{among:8.1f}{among / without:8.2f}\n")


@contextmanager
def _notices(number: int) -> Iterator[None]:
    """So many notices of today and no others, half of a region, half of a kind; afterwards all is as it was."""
    regions = regions_of("GE")
    with transaction.atomic():
        PublicCountryNotice.objects.all().delete()
        PublicCountryNotice.objects.bulk_create(
            PublicCountryNotice(
                id=f"bench{n:05}", country="GE", level="warning", text={SOURCE: f"Учебное сообщение {n}"},
                region=regions[n % len(regions)] if n % 2 else "", starts_on=clock.today(),
                service_type="" if n % 2 else TYPES[n % 4], types=[] if n % 2 else [TYPES[n % 4]],
            )
            for n in range(number)
        )  # fmt: skip
        bump_revision()
        yield
        transaction.set_rollback(True)


def _seconds(client: Client, path: str) -> float:
    began = time.process_time()
    answer = client.get(path)
    took = time.process_time() - began
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return took
