"""`manage.py judge_duplicates [--wrong]`: precision and recall of the rule of likeness on the judged pairs."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from verification.duplicates.judged import judged, precision_and_recall


class Command(BaseCommand):
    help = "Prints how well the rule of likeness agrees with the judged pairs. With --wrong also where it does not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wrong", action="store_true", help="name the pairs that it judges otherwise than people")

    def handle(self, *args: object, wrong: bool, **options: object) -> None:
        pairs = list(judged())
        for case in dict.fromkeys(pair.case for pair in pairs):
            of_case = [pair for pair in pairs if pair.case == case]
            self.stdout.write(f"{case:<44}{len(of_case):>4}{sum(pair.agrees for pair in of_case):>4} right")
        for pair in pairs if wrong else ():
            if not pair.agrees:
                self.stdout.write(f"{'same' if pair.same else 'two':<5}{pair.found.score:>4}  {pair.names}")
        precision, recall = precision_and_recall(pairs)
        self.stdout.write(f"{len(pairs)} pairs: precision {precision:.3f}, recall {recall:.3f}")
