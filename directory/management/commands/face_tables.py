"""`manage.py face_tables`: the SQL that makes the tables of a public face in an empty database of its own."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.db import connection

from directory.feed import tables_of_the_face


class Command(BaseCommand):
    help = "Print the SQL of a public face's tables, for psql as the owner of its database."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write("\n".join(tables_of_the_face(connection)))
