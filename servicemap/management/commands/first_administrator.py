"""manage.py first_administrator ADDRESS: lets the first person in, by a link that is good once."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.entering.first import administrators, first_administrator


class Command(BaseCommand):
    help = "Make the first administrator and print the address at which they set a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", default="")
        parser.add_argument("--exists", action="store_true", help="say nothing; end with 1 where there is none yet")

    def handle(self, *args: object, address: str, exists: bool, **options: object) -> None:
        if exists:
            if not administrators():
                raise CommandError("There is none yet.")
            return
        try:
            link = first_administrator(email=address)
        except ValidationError as error:
            raise CommandError(f"{address!r} is no address.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        minutes = settings.PASSWORD_RESET_TIMEOUT // 60
        self.stdout.write(
            f"Open this within {minutes} minutes; it is good once, a second step is asked for next:\n{link}"
        )
