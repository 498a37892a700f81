"""A letter to administrators when letters themselves do not leave: past the outbox, for the outbox stands still."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import NetworkRole, User
from core import clock
from workspace.health.figures import ask
from workspace.health.states import State, no_database, states

log = logging.getLogger(__name__)

#: What a letter is written for: faults of which no other letter can tell.
LOUD = frozenset({"database", "letters", "worker"})
#: A fault is told when it has lasted so long, and once more after a day.
LASTS, AGAIN = dt.timedelta(minutes=5), dt.timedelta(days=1)


@dataclass
class Alarm:
    """One watching process. It remembers whom to write to, so that it can when the database is away."""

    readers: dict[str, str] = field(default_factory=dict)
    since: dt.datetime | None = None
    told_at: dt.datetime | None = None

    def look(self) -> list[State]:
        """What is loud now; writes a letter where it is time for one."""
        try:
            loud = self._loud()
            self.readers = readers()
        except DatabaseError:
            loud = [no_database()]
        self._tell(loud)
        return loud

    def _loud(self) -> list[State]:
        return [state for state in states(ask()) if state.code in LOUD and state.verdict == "broken"]

    def _tell(self, loud: list[State]) -> None:
        now = clock.now()
        if not loud:
            self.since = self.told_at = None
            return
        self.since = self.since or now
        if now - self.since < LASTS or (self.told_at and now - self.told_at < AGAIN):
            return
        if self._write():
            self.told_at = now

    def _write(self) -> bool:
        """Whether one has left. The mail server may be what is broken: then the log says so, and it is tried again."""
        left = False
        for address, language in self.readers.items():
            try:
                with translation.override(language):
                    left = bool(letter(self._told_again(), address).send()) or left
            except (OSError, SMTPException):
                log.error("the letter about the server's health could not be sent")
        return left

    def _told_again(self) -> list[State]:
        """In the language of the moment."""
        try:
            return self._loud()
        except DatabaseError:
            return [no_database()]


def readers() -> dict[str, str]:
    """Addresses of administrators with their languages."""
    administrators = User.objects.filter(is_active=True).filter(
        Q(is_superuser=True) | Q(network_role=NetworkRole.ADMINISTRATOR)
    )
    return dict(administrators.order_by("pk").values_list("email", "language"))


def letter(loud: list[State], address: str) -> EmailMessage:
    """From the server for password mail, at once: nothing of it waits in a queue."""
    lines = [f"{state.name}. {state.means}\n{state.remedy}" for state in loud]
    body = "\n\n".join([
        _("Something on the map's server does not work."),
        *lines,
        _("All that is watched stands on the page “Health” of the workspace. This letter comes once a day."),
    ])  # fmt: skip
    return EmailMessage(
        _("The map's server needs somebody"), body, settings.DEFAULT_FROM_EMAIL, [address],
        connection=get_connection(getattr(settings, "POST_BACKEND", settings.EMAIL_BACKEND)),
    )  # fmt: skip
