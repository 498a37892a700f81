"""manage.py after_restore [--until WHEN]: what a restored database must not send again."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from servicemap.upkeep.restored import call_off


class Command(BaseCommand):
    help = (
        "Run once on a restored database, before the worker: letters that the lost server may have sent are called off."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until", metavar="WHEN", help="until when the lost server sent letters (ISO 8601); now")

    def handle(self, *args: object, until: str | None, **options: object) -> None:
        done = call_off(_moment(until) if until else clock.now())
        self.stdout.write(f"Letters called off: {done.letters}. Letters about accounts dropped: {done.accounts}.")


def _moment(word: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(word)
    except ValueError:
        raise CommandError(f"{word!r} is no moment. Write it like 2026-11-29T08:00Z.") from None
    if moment.tzinfo is None:
        raise CommandError(f"{word!r} names no time zone. Write it like 2026-11-29T08:00Z.")
    return moment
