"""manage.py test_letter ADDRESS: whether letters leave by the servers that are set, at once and past the queue."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

SUBJECT = "Service map: a test letter / Карта сервисов: пробное письмо"
WORDS = (
    "Letters of the service map leave by this server. Nothing has to be done.\n\n"
    "Письма карты сервисов уходят через этот сервер. Делать ничего не нужно."
)


class Command(BaseCommand):
    help = "Hand a letter to the mail server of accounts, and to that of reminders where it is another one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: object, address: str, **options: object) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address!r} is no address.") from error
        self._send("EMAIL_URL", {"backend": settings.POST_BACKEND}, settings.DEFAULT_FROM_EMAIL, address)
        if settings.NOTICE_EMAIL:
            self._send("NOTICE_EMAIL_URL", settings.NOTICE_EMAIL, settings.NOTICE_FROM_EMAIL, address)

    def _send(self, name: str, server: dict[str, Any], sender: str, address: str) -> None:
        try:
            EmailMessage(SUBJECT, WORDS, sender, [address], connection=get_connection(**server)).send()
        except OSError as error:
            # smtplib's errors are OSErrors too. What the server said may repeat addresses, never the password.
            raise CommandError(f"{name}: the mail server did not take it ({type(error).__name__}): {error}") from error
        self.stdout.write(f"{name}: handed over to the mail server. Look whether it arrived.")
