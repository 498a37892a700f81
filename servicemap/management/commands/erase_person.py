"""manage.py erase_person ADDRESS: somebody asked to be forgotten."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from servicemap.rights.erasing import erase_person


class Command(BaseCommand):
    help = "Erase a person from the database and its histories. Says which organisations should be told of what."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--yes", action="store_true", help="It cannot be undone: without this nothing happens.")

    def handle(self, *args: object, address: str, yes: bool, **options: object) -> None:
        user = User.objects.filter(email=address.lower()).first()
        if user is None:
            raise CommandError("There is no person of this address.")
        if not yes:
            raise CommandError("It cannot be undone. Say --yes when you mean it.")
        done = erase_person(user)
        self.stdout.write("Erased.")
        for contact in done.contacts:
            self.stdout.write(f"Contact {contact} of an organisation is still theirs: ask the organisation.")
        for slug in done.without_manager:
            self.stdout.write(f"{slug} has no manager any more.")
