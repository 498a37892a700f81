from network.reviews.models.reviews import CriterionMark, ReviewAction, ReviewRound, SpectrumLine, YearlyReview
from network.reviews.models.voices import SHOWN_FROM, VoiceCount, VoiceDesk

__all__ = [
    "SHOWN_FROM",
    "CriterionMark",
    "ReviewAction",
    "ReviewRound",
    "SpectrumLine",
    "VoiceCount",
    "VoiceDesk",
    "YearlyReview",
]
