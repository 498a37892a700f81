"""Sessions: who is signed in, since when, and when they last did something. Neither address nor machine is kept.

Rules: a session ends 12 hours after its last use and 7 days after it began, whatever its cookie says. A new password
or another role ends every session by itself (`User.get_session_auth_hash`); a changed second step and a changed part
in an organisation end them by `end_sessions()`.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import Session, User
from accounts.presses.outreach import end_copies
from core import clock

IDLE = dt.timedelta(hours=12)
LONGEST = dt.timedelta(days=7)
#: How exactly the last use is written down: not every step of a person is a row that changes.
PACE = dt.timedelta(minutes=5)


class SessionStore(DatabaseStore):
    """Django's store in the database, over rows that know their person and their times."""

    _began_at: dt.datetime | None = None
    _of_key: str | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        try:
            row = living().filter(session_key=self.session_key).first()
        except SuspiciousOperation as error:
            logging.getLogger("django.security").warning(str(error))
            row = None
        if row is None:
            self._session_key = None
            return None
        self._began_at, self._of_key = row.began_at, row.session_key
        now = clock.now()
        if now - row.used_at >= PACE:
            Session.objects.filter(pk=row.pk).update(used_at=now)
        return row

    def create_model_instance(self, data: dict[str, object]) -> Session:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101  (get_model_class)
        now = clock.now()
        row.began_at = self._began_at if self._began_at and self._of_key == row.session_key else now
        row.used_at, row.expire_date = now, row.began_at + LONGEST
        row.user_id = int(str(data[SESSION_KEY])) if SESSION_KEY in data else None
        return row

    @classmethod
    def clear_expired(cls) -> None:
        forget_ended()


def living() -> QuerySet[Session]:
    now = clock.now()
    return Session.objects.filter(used_at__gt=now - IDLE, began_at__gt=now - LONGEST)


def sessions_of(user: User) -> QuerySet[Session]:
    """The last used first."""
    return living().filter(user=user).order_by("-used_at", "-pk")


def end_sessions(user: User, but: HttpRequest | None = None) -> int:
    """Sign the person out everywhere, or everywhere but in the session of this request, and end the phones that they
    work with without a connection likewise. Returns how many sessions ended."""
    rows = Session.objects.filter(user=user)
    mark = ""
    if but is not None:
        rows = rows.exclude(session_key=but.session.session_key)
        mark = Session(session_key=but.session.session_key or "").mark
    end_copies(user, but=mark)
    return rows.delete()[0]


def end_one(user: User, mark: str) -> int:
    """End the session of this mark, if it is one of the person's."""
    keys = [row.session_key for row in sessions_of(user) if row.mark == mark]
    end_copies(user, session=mark)
    return Session.objects.filter(pk__in=keys).delete()[0]


def forget_ended() -> int:
    """Delete the rows of sessions that have ended; returns how many."""
    return Session.objects.exclude(pk__in=living().values("pk")).delete()[0]
