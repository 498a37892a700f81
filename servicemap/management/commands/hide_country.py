"""manage.py hide_country CODE --as ADDRESS --reason WORDS: what «Urgent hiding» does, from a terminal."""

import re

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from core.errors import HouseError
from verification.models import Takedown
from verification.services.takedowns import lift, take_down, would_vanish


class Command(BaseCommand):
    help = "Hide every place and service of a country from the public at once, or show it again. Members still see it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("country", metavar="CODE", help="two letters: GE, KZ, PL …")
        parser.add_argument("--as", dest="address", required=True, help="who answers for it: its coordinator")
        parser.add_argument("--reason", required=True, help="for the record; members read it")
        parser.add_argument("--lift", action="store_true", help="show it again")

    def handle(self, *args: object, country: str, address: str, reason: str, **options: object) -> None:
        code = country.upper()
        if not re.fullmatch("[A-Z]{2}", code):
            raise CommandError(f"{country!r} is no country code: two letters, like GE.")
        actor = User.objects.filter(email=address.lower(), is_active=True).first()
        if actor is None:
            raise CommandError("There is no person of this address.")
        try:
            self.stdout.write(_lift(code, actor, reason) if options["lift"] else _hide(code, actor, reason))
        except HouseError as error:
            raise CommandError(str(error.message)) from error


def _hide(code: str, actor: User, reason: str) -> str:
    count = would_vanish(Takedown(country=code))
    take_down(actor=actor, reason=reason, country=code)
    return f"Hidden: {count} listings. Gone everywhere within a minute; the way back is --lift."


def _lift(code: str, actor: User, reason: str) -> str:
    found = Takedown.objects.in_force().filter(country=code).first()
    if found is None:
        raise CommandError(f"{code} is not hidden.")
    lift(takedown=found, actor=actor, reason=reason)
    return "Shown again."
