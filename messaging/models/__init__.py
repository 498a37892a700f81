"""Who gets letters, what is to leave and what became of it, and who stands in for whom."""

from messaging.models.absence import Absence
from messaging.models.correspondent import Correspondent, Rhythm
from messaging.models.message import OPEN_MESSAGES, Lane, Message, MessageState
from messaging.models.round import Round, RoundKind
from messaging.models.telegram import TelegramAccount, TelegramGroup, TelegramLinking

__all__ = [
    "OPEN_MESSAGES",
    "Absence",
    "Correspondent",
    "Lane",
    "Message",
    "MessageState",
    "Rhythm",
    "Round",
    "RoundKind",
    "TelegramAccount",
    "TelegramGroup",
    "TelegramLinking",
]
