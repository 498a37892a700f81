"""What is said about a country: eighteen topics, and the answers that a topic may have.

Rule: codes are stable. What only members may know (`MEMBERS_ONLY`) never enters a table of the public: the database
refuses it. `LAW` are the topics that say what a law allows; who approves them holds the lawyer's seat.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    ENTRY = "entry", _("Entry and stay with HIV")
    DEPORTATION = "deportation", _("HIV as a ground for deportation")
    ART = "art", _("Antiretroviral therapy without documents")
    PREP = "prep", _("PrEP, before contact")
    PEP = "pep", _("PEP, after contact")
    TB = "tb", _("Tuberculosis")
    HEPATITIS = "hepatitis", _("Hepatitis")
    OST = "ost", _("Opioid substitution therapy, also for guests")
    MEDICINE = "medicine", _("Bringing medicine in")
    SECRECY = "secrecy", _("Secrecy of a diagnosis between doctors and migration offices")
    TRANSMISSION = "transmission", _("Criminal liability for passing HIV on")
    SEX_WORK = "sex_work", _("Sex work")
    POSSESSION = "possession", _("Possession of substances")
    PROPAGANDA = "propaganda", _("Laws against LGBT people")
    UNDESIRABLE = "undesirable", _("Risk for organisations")
    AGE = "age", _("Age of consent to tests and treatment")
    ASYLUM = "asylum", _("Asylum and temporary protection")
    EMERGENCY = "emergency", _("Emergency numbers")


class FactAnswer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    PARTLY = "partly", _("In part")
    DEPENDS = "depends", _("It depends")
    UNKNOWN = "unknown", _("Not known")


class Risk(models.TextChoices):
    """How much can happen to the person who asks for help."""

    NONE = "none", _("No particular risk")
    SOME = "some", _("Be careful")
    HIGH = "high", _("High risk")


#: What only members may know.
MEMBERS_ONLY: Final = (Topic.UNDESIRABLE,)
#: What a law says.
LAW: Final = (
    *(Topic.ENTRY, Topic.DEPORTATION, Topic.OST, Topic.MEDICINE, Topic.SECRECY, Topic.TRANSMISSION, Topic.SEX_WORK),
    *(Topic.POSSESSION, Topic.PROPAGANDA, Topic.UNDESIRABLE, Topic.AGE, Topic.ASYLUM),
)
#: Three answers that somebody on the way needs first, with a short name for one quiet line.
KEY: Final = {
    Topic.ART: _("ART without documents"),
    Topic.MEDICINE: _("bringing medicine in"),
    Topic.OST: _("OST"),
}
