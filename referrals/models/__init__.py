"""A person's way across borders: the referral, its stages, who is asked, what was agreed to, what is counted."""

from referrals.models.offer import UNANSWERED, AcknowledgeLink, CorridorCount, Offer, ReferralEvent
from referrals.models.referral import CONTENT, Consent, Leg, Referral

__all__ = [
    "CONTENT",
    "UNANSWERED",
    "AcknowledgeLink",
    "Consent",
    "CorridorCount",
    "Leg",
    "Offer",
    "Referral",
    "ReferralEvent",
]
