"""Errors that a person may read.

A service raises one of these with a message in plain words (translated lazily); a view shows it beside the thing
that it speaks about. Services never return False.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.types import Words

if TYPE_CHECKING:
    from django.db.models import Model


class HouseError(Exception):
    """Base of all named errors. `code` is stable for programs, `message` is for people."""

    code = "error"

    def __init__(self, message: Words, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field
        if code:
            self.code = code


class NotAllowed(HouseError):
    """The actor may not do this."""

    code = "not_allowed"


class WrongState(HouseError):
    """The object is in a state from which this step does not lead."""

    code = "wrong_state"


class StaleWrite(HouseError):
    """Somebody saved the same row meanwhile. `current` is the row as it is now, `changed` the fields that differ."""

    code = "stale_write"

    def __init__(self, message: Words, *, current: Model, changed: dict[str, tuple[object, object]]) -> None:
        super().__init__(message)
        self.current = current
        self.changed = changed
