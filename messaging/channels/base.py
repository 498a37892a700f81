"""What the dispatcher asks of a channel, and the five ways in which it can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from messaging.letters import Letter

if TYPE_CHECKING:
    from messaging.models import Correspondent, Message


class NotSent(Exception):
    """Certainly nothing was delivered; it may be tried again."""


class Refused(NotSent):
    """The provider refuses this address for good: it does not exist or does not want us."""


class Down(NotSent):
    """The provider cannot be reached at all; every other letter of this channel waits as well."""


class Overloaded(NotSent):
    """The provider asks for so many seconds without letters. It is no attempt: nothing was looked at."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"busy for {seconds:.0f} s")
        self.seconds = seconds


class OutcomeUnknown(Exception):
    """It broke off while the letter was handed over: it may have been delivered, so it is not sent again."""


class LetterChannel(Protocol):
    """One connection to a provider, opened on first use."""

    code: str

    @staticmethod
    def why_closed(correspondent: Correspondent) -> str:
        """Why nothing reaches this person by this channel; "" while it does."""

    @staticmethod
    def note_refusal(message: Message, reason: str) -> None:
        """What follows when the provider refused the address of this letter for good."""

    def send(self, *, address: str, letter: Letter, message_id: str) -> str:
        """Hand the letter over; returns the provider's answer, if it has one.

        Raises NotSent, Refused, Down, Overloaded or OutcomeUnknown. Any other error counts as OutcomeUnknown.
        """

    def close(self) -> None:
        """End the connection."""
