"""manage.py bench_search [--spoken] [--misses]"""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser

from core import clock
from demonstration.judging import FILE, SPOKEN, judge, queries, table
from directory.vocabulary import vocabulary
from reading.asked import Asked


class Command(BaseCommand):
    help = "Judged queries over the demonstration network: precision of ten, first hit right, nothing found, by class."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--spoken", action="store_true", help="queries in Uzbek, Tajik, Dari and Georgian")
        parser.add_argument("--misses", action="store_true", help="name the queries that are not answered well")

    def handle(self, *args: object, spoken: bool, misses: bool, **options: object) -> None:
        asked = Asked("public", vocabulary(), clock.now())
        judged = [judge(query, asked) for query in queries(SPOKEN if spoken else FILE)]
        self.stdout.write(f"{'class':<12}{'queries':>8}{'P@10':>8}{'first':>8}{'zero':>8}{'of five':>9}")
        for line in table(judged):
            shares = f"{line.precision:>8.3f}{line.first:>8.3f}{line.zero:>8.3f}{line.among_five:>9}"
            self.stdout.write(f"{line.name:<12}{line.count:>8}{shares}")
        for one in judged if misses else ():
            if one.precision < 1 or not one.is_first_right:
                self.stdout.write(
                    f"{one.precision:.2f} {one.is_first_right!s:<6}{one.query['q']}  {one.query['kinds']}"
                )
