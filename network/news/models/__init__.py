"""Digests of a month, and who gets letters about the network without an account."""

from network.news.models.digests import Digest, DigestAudience, DigestLine, DigestState, Section
from network.news.models.subscribers import LetterKind, LetterState, NewsChoice, SubscriberLetter, Subscription

__all__ = [
    "Digest",
    "DigestAudience",
    "DigestLine",
    "DigestState",
    "LetterKind",
    "LetterState",
    "NewsChoice",
    "Section",
    "SubscriberLetter",
    "Subscription",
]
