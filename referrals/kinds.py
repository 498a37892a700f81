"""Kinds of letters about referrals. All say a number, how urgent, until when and where to look, and nothing else."""

from __future__ import annotations

#: To the asked organisation: a request, a reminder of it, that it is over.
REFERRAL_ASKED, REFERRAL_REMINDER, REFERRAL_OVER = "referral_asked", "referral_reminder", "referral_over"
#: To the sender: a question, an answer, that nobody is left, what became known on the way.
REFERRAL_QUESTION, REFERRAL_ANSWERED, REFERRAL_NOBODY, REFERRAL_NEWS = (
    "referral_question",
    "referral_answered",
    "referral_nobody",
    "referral_news",
)
#: To the coordinator of the receiver's country: no answer in time. To administrators: somebody tries codes.
REFERRAL_WAITS, REFERRAL_GUESSED = "referral_waits", "referral_guessed"
#: To whoever takes a stage: the person is on the way; is there any news?
REFERRAL_ON_THE_WAY, REFERRAL_ANY_NEWS = "referral_on_the_way", "referral_any_news"
