"""manage.py bill_of_materials: deploy/bill-of-materials.json, made of the locks."""

from django.core.management.base import BaseCommand

from tools import bill


class Command(BaseCommand):
    help = "Write down every package and library with its sums, as CycloneDX (needs the tests' packages)."

    def handle(self, *args: object, **options: object) -> None:
        bill.FILE.write_text(bill.bill(), encoding="utf-8")
        self.stdout.write(f"{bill.FILE.relative_to(bill.ROOT)} is written.")
