"""manage.py processing_record: what is kept in which column, why and for how long."""

from django.core.management.base import BaseCommand

from servicemap.processing.record import as_markdown


class Command(BaseCommand):
    help = "Print the record of processing as Markdown: docs/processing.md is this."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(as_markdown(), ending="")
