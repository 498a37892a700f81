"""manage.py workshop: further commands, one a line, in this one process (`tools/local/workshop.py`)."""

import contextlib
import gc
import io
import json
import sys
import traceback
from typing import Any

from django.core.management import ManagementUtility
from django.core.management.base import BaseCommand

#: Migrations and the demonstration make objects by the hundred thousand; looking for circles so often takes a tenth
#: of their time.
OBJECTS_BETWEEN_COLLECTIONS = 100_000


class Command(BaseCommand):
    help = (
        "For bin/serve: read commands from the standard input, each a JSON list of words, and answer what came of them."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        gc.freeze()
        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])
        for line in sys.stdin:
            failed, output = done(json.loads(line))
            print(json.dumps({"failed": failed, "output": output}), flush=True)  # noqa: T201  (the answer)


def done(words: list[str]) -> tuple[bool, str]:
    """Whether the command failed, and all that it said, as if it had been called alone."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            ManagementUtility(["manage.py", *words]).execute()
        except SystemExit as end:
            return bool(end.code), said.getvalue()
        except Exception:
            traceback.print_exc()
            return True, said.getvalue()
    return False, said.getvalue()
