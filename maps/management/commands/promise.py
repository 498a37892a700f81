"""`manage.py promise`: keep today's description of the API as what is promised from now on. A test compares."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from reading.api.promised import promised

PATH = Path(settings.BASE_DIR) / "docs" / "api" / "v1.json"


class Command(BaseCommand):
    help = "Write docs/api/v1.json from the description of the API."

    def handle(self, *_args: Any, **_options: Any) -> None:
        PATH.parent.mkdir(exist_ok=True)
        PATH.write_text(json.dumps(promised(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
