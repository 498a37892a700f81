"""States and closed answers of learning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.tables.learning import LearningTopic


class OfferState(models.TextChoices):
    """Of a material, of a training, and of what is told of a resource centre."""

    OFFERED = "offered", pgettext_lazy("learning", "waits for a coordinator")
    RETURNED = "returned", pgettext_lazy("learning", "returned")
    APPROVED = "approved", pgettext_lazy("learning", "approved")
    ENDED = "ended", pgettext_lazy("learning", "taken off")


class EnrolmentState(models.TextChoices):
    WANTED = "wanted", pgettext_lazy("enrolment", "asked for a place")
    INVITED = "invited", pgettext_lazy("enrolment", "invited")
    ENROLLED = "enrolled", pgettext_lazy("enrolment", "will come")
    ATTENDED = "attended", pgettext_lazy("enrolment", "came")
    COMPLETED = "completed", pgettext_lazy("enrolment", "completed")
    NO_SHOW = "no_show", pgettext_lazy("enrolment", "did not come")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "will not come")


#: They hold a place.
SEATED: Final = ("invited", "enrolled", "attended", "completed", "no_show")
#: They were there.
CAME: Final = ("attended", "completed")

#: Months after which a certificate ends; other topics have `MONTHS_ELSE`.
MONTHS: Final[Mapping[str, int]] = {LearningTopic.NALOXONE: 24, LearningTopic.TESTING: 24, LearningTopic.FIRST_AID: 24}
MONTHS_ELSE: Final = 36


class AfterQuestion(models.TextChoices):
    """Asked fourteen days later."""

    USED = "used", _("Have you used what you learnt?")
    MISSING = "missing", _("What is missing to use it?")
    CHANGED = "changed", _("What did you change?")


ANSWERS: Final[Mapping[str, tuple[tuple[str, object], ...]]] = {
    AfterQuestion.USED: (
        ("often", pgettext_lazy("after a training", "Yes, more than once")),
        ("once", pgettext_lazy("after a training", "Once")),
        ("not_yet", pgettext_lazy("after a training", "Not yet")),
    ),
    AfterQuestion.MISSING: (
        ("nothing", pgettext_lazy("after a training", "Nothing")),
        ("practice", pgettext_lazy("after a training", "Practice")),
        ("supplies", pgettext_lazy("after a training", "Medicines, tests, equipment")),
        ("time", pgettext_lazy("after a training", "Time and people")),
        ("leave", pgettext_lazy("after a training", "The leaders' consent")),
    ),
    AfterQuestion.CHANGED: (
        ("listing", pgettext_lazy("after a training", "What we offer on the map")),
        ("protocol", pgettext_lazy("after a training", "A protocol or the way we work")),
        ("both", pgettext_lazy("after a training", "Both")),
        ("nothing", pgettext_lazy("after a training", "Nothing yet")),
    ),
}
