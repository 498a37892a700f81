"""Django's own, with states that are made anew where something changed."""

from typing import Any

from django.core.management.commands import migrate

from servicemap.migrating import Forwards


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        named = vars(migrate)
        own = named["MigrationExecutor"]
        named["MigrationExecutor"] = Forwards
        try:
            return super().handle(*args, **options)
        finally:
            named["MigrationExecutor"] = own
