from network.reviews.models.reviews import CriterionMark, Review, ReviewAction, Round, SpectrumLine
from network.reviews.models.voices import SHOWN_FROM, VoiceCount, VoiceDesk, quarter_of

__all__ = [
    "SHOWN_FROM",
    "CriterionMark",
    "Review",
    "ReviewAction",
    "Round",
    "SpectrumLine",
    "VoiceCount",
    "VoiceDesk",
    "quarter_of",
]
