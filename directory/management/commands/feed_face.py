"""`manage.py feed_face`: fill the database of a public face from home, again and again."""

from __future__ import annotations

import logging
import time
from typing import Any

import environ
import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from directory.feed import HomeKeepsChangingError, feed

log = logging.getLogger(__name__)
#: Seconds between two looks, and before another try when one side is away. What is hidden at home is gone on the face
#: within PAUSE, and within the lifetimes of core/pages/http.py in what caches kept of it.
PAUSE, AWAY = 2, 5


class Command(BaseCommand):
    help = "Copy what the public may read into the database of FACE_DATABASE_URL, whenever it differs."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one look, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if settings.FACE != "public":
            raise CommandError("Set SERVICEMAP_FACE=public: who feeds a face may read no more than it may show.")
        address = environ.Env().str("FACE_DATABASE_URL", "")
        if not address:
            raise CommandError("FACE_DATABASE_URL is missing: postgresql://owner:password@face/name")
        if once:
            self.stdout.write(f"{self._look(address)} rows differed.")
            return
        while True:
            try:
                self._look(address)
                pause = PAUSE
            except (DatabaseError, psycopg.Error, HomeKeepsChangingError) as error:
                log.warning("the face was not fed: %s", type(error).__name__)
                pause = AWAY
                connection.close()
            time.sleep(pause)

    def _look(self, address: str) -> int:
        with psycopg.connect(address, connect_timeout=5) as face:
            return feed(connection, face)
