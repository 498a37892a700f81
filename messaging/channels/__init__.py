"""The ways in which a letter can leave. A new one is a class with `code` and `send`, named in `CHANNELS`."""

from messaging.channels.base import Down, LetterChannel, NotSent, OutcomeUnknown, Refused
from messaging.channels.email import EmailChannel

#: By the code that messages carry.
CHANNELS: dict[str, type[LetterChannel]] = {EmailChannel.code: EmailChannel}

__all__ = ["CHANNELS", "Down", "EmailChannel", "LetterChannel", "NotSent", "OutcomeUnknown", "Refused"]
