"""manage.py export_data: all that is kept about a person, or of an organisation."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from organizations.models import Organization
from servicemap.rights.exporting import Encoder, of_organization, of_person


class Command(BaseCommand):
    help = "Print as JSON what is kept about a person (--person ADDRESS) or of an organisation (--organization SLUG)."

    def add_arguments(self, parser: CommandParser) -> None:
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--person", metavar="ADDRESS")
        whom.add_argument("--organization", metavar="SLUG")

    def handle(self, *args: object, person: str | None, organization: str | None, **options: object) -> None:
        try:
            if person:
                told = of_person(User.objects.get(email=person.lower()))
            else:
                told = of_organization(Organization.objects.get(slug=organization))
        except (User.DoesNotExist, Organization.DoesNotExist) as error:
            raise CommandError("There is none of this name.") from error
        self.stdout.write(json.dumps(told, cls=Encoder, ensure_ascii=False, indent=1))
