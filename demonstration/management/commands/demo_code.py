"""manage.py demo_code: the codes of the moment for the demonstration logins that need a second step."""

from __future__ import annotations

import json
import time
from pathlib import Path

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Print the code of this half minute for each demonstration login that needs a second step."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", type=Path, default=settings.VAR_DIR / "demo-logins.json", metavar="FILE")

    def handle(self, *args: object, logins: Path, **options: object) -> None:
        try:
            people = json.loads(logins.read_text())
        except (OSError, ValueError) as error:
            raise CommandError(f"There is no demonstration here: {logins}") from error
        for role, login in people.items():
            if "totp_secret" in login:
                self.stdout.write(f"{role:<14} {code_now(login['totp_secret'])}")


def code_now(secret: str, ahead: int = 0) -> str:
    """What an authenticator app with this secret shows now, or `ahead` periods from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + ahead))
