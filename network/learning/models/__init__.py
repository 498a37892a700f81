"""Materials, trainings with enrolments and certificates, resource centres."""

from network.learning.models.centres import ResourceCentre
from network.learning.models.enrolments import AfterCount, Certificate, Enrolment, held_by, managed_by
from network.learning.models.materials import Material
from network.learning.models.trainings import Trainer, Training, TrainingGap
from network.learning.models.words import (
    ANSWERS,
    CAME,
    MONTHS,
    MONTHS_ELSE,
    SEATED,
    AfterQuestion,
    EnrolmentState,
    OfferState,
)

__all__ = [
    "ANSWERS",
    "CAME",
    "MONTHS",
    "MONTHS_ELSE",
    "SEATED",
    "AfterCount",
    "AfterQuestion",
    "Certificate",
    "Enrolment",
    "EnrolmentState",
    "Material",
    "OfferState",
    "ResourceCentre",
    "Trainer",
    "Training",
    "TrainingGap",
    "held_by",
    "managed_by",
]
