"""The ways in which a letter can leave. A new one is a class with `code` and `send`, named in `CHANNELS`."""

from messaging.channels.base import Channel, Down, NotSent, OutcomeUnknown, Refused
from messaging.channels.email import EmailChannel

#: By the code that messages carry.
CHANNELS: dict[str, type[Channel]] = {EmailChannel.code: EmailChannel}

__all__ = ["CHANNELS", "Channel", "Down", "EmailChannel", "NotSent", "OutcomeUnknown", "Refused"]
