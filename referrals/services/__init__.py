"""What can be done to a referral. Screens and the worker call these, and nothing else writes the rows."""

from referrals.services.answering import accept, answer_question, ask, decline, give_back, redirect, see
from referrals.services.closing import (
    close_by_receiver,
    close_by_sender,
    reopen,
    take_consent_back,
    take_consent_back_here,
)
from referrals.services.travelling import arrive, serve, show_code
from referrals.services.writing import ConsentDraft, LegDraft, ReferralDraft, offer_again, send

__all__ = [
    "ConsentDraft",
    "LegDraft",
    "ReferralDraft",
    "accept",
    "answer_question",
    "arrive",
    "ask",
    "close_by_receiver",
    "close_by_sender",
    "decline",
    "give_back",
    "offer_again",
    "redirect",
    "reopen",
    "see",
    "send",
    "serve",
    "show_code",
    "take_consent_back",
    "take_consent_back_here",
]
