"""manage.py begin_network"""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from exchange.beginning import BeginningError, begin


class Command(BaseCommand):
    help = "Write the clocks and countries of high risk of the network's file, as long as no organisation is there."

    def handle(self, *args: object, **options: object) -> None:
        try:
            written = begin()
        except BeginningError as error:
            raise CommandError(f"{settings.NETWORK.path} cannot begin a network:\n{error}") from error
        self.stdout.write(settings.NETWORK.code if written else f"{settings.NETWORK.code}: there already")
