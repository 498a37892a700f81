"""The ways in which a letter can leave. A new one is a class with `code` and `send`, named in `CHANNELS`."""

from messaging.channels.base import Down, LetterChannel, NotSent, OutcomeUnknown, Overloaded, Refused
from messaging.channels.email import EmailChannel

#: By the code that messages carry: those of the worker. What else carries letters has a process of its own.
CHANNELS: dict[str, type[LetterChannel]] = {EmailChannel.code: EmailChannel}

__all__ = ["CHANNELS", "Down", "EmailChannel", "LetterChannel", "NotSent", "OutcomeUnknown", "Overloaded", "Refused"]
