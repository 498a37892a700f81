"""manage.py risk_assessment: what harm each class of columns can do, to whom, and what is left of it."""

from django.core.management.base import BaseCommand

from servicemap.processing.risks import as_markdown


class Command(BaseCommand):
    help = "Print the assessment of risks as Markdown: docs/risks.md is this."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(as_markdown(), ending="")
