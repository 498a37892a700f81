"""Criteria that are asked only of whoever gives that kind of help: six at most for each, beside the common ones."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from network.reviews.models.words import Criterion


class KindGroup(models.TextChoices):
    NEEDLES = "needles", _("Needles and syringes")
    OST = "ost", _("Substitution therapy")
    TESTING = "testing", pgettext_lazy("criteria", "Tests")
    SHELTER = "shelter", pgettext_lazy("criteria", "A place to sleep")


class KindCriterion(models.TextChoices):
    NEEDLES_ENOUGH = "needles_enough", _("Needles and syringes are given as many as somebody asks for")
    NEEDLES_CHOICE = "needles_choice", _("There are several sizes, with water, wipes and filters")
    NEEDLES_BACK = "needles_back", _("Used ones are taken back, in containers that do not let them prick")
    NEEDLES_OTHERS = "needles_others", _("One may take some for others, too")
    NEEDLES_NALOXONE = "needles_naloxone", _("Naloxone is given beside them, and how to use it is shown")
    NEEDLES_POLICE = "needles_police", _("It is clear what to do when the police wait at the door")
    OST_START = "ost_start", _("Treatment begins within days, without a stay in hospital first")
    OST_DOSE = "ost_dose", _("The dose is agreed with the person, and is enough")
    OST_HOME = "ost_home", _("There are doses to take home, as far as the law allows")
    OST_TRAVEL = "ost_travel", _("Whoever travels or moves gets papers and doses for the way")
    OST_STAYS = "ost_stays", _("Using something beside it is no reason to end it")
    OST_CUSTODY = "ost_custody", _("It goes on in hospital, in custody and in prison")
    TEST_TALK = "test_talk", _("There is a talk alone before a test and after it")
    TEST_WHO = "test_who", _("Before the test people know who learns its result")
    TEST_TIME = "test_time", _("Tests are in date, and how well they are done is checked")
    TEST_ON = "test_on", _("After a reactive test somebody goes along, until treatment begins")
    TEST_SEVERAL = "test_several", _("Tests for several infections are offered at once")
    TEST_OUTSIDE = "test_outside", _("Tests are brought to where people are, and to take home")
    SHELTER_DOOR = "shelter_door", _("Strangers do not learn the address")
    SHELTER_ROOMS = "shelter_rooms", _("Women with children and trans people have rooms of their own")
    SHELTER_PILLS = "shelter_pills", _("Medicines can be kept and taken in peace")
    SHELTER_STAYS = "shelter_stays", _("Having used something is no reason to be put out")
    SHELTER_END = "shelter_end", _("From the first day it is known how long one may stay, and what comes then")
    SHELTER_NIGHT = "shelter_night", _("Somebody is on duty at night, and belongings can be locked away")


def _of(group: KindGroup) -> tuple[KindCriterion, ...]:
    start = {KindGroup.TESTING: "test_"}.get(group, f"{group.value}_")
    return tuple(one for one in KindCriterion if one.value.startswith(start))


#: The order of the page.
OF_KINDS: Final[dict[KindGroup, tuple[KindCriterion, ...]]] = {group: _of(group) for group in KindGroup}
_TESTS: Final = frozenset(
    {
        *("hiv_rapid_test", "hiv_self_test", "hiv_counselling_testing", "hiv_index_testing", "tb_screening"),
        *("hepatitis_test", "sti_test_treatment"),
    }
)
#: Which kinds of help ask for them; a network whose vocabulary has none of these is asked for none.
KINDS: Final[dict[KindGroup, frozenset[str]]] = {
    KindGroup.NEEDLES: frozenset({"needle_syringe_programme"}),
    KindGroup.OST: frozenset({"opioid_substitution"}),
    KindGroup.TESTING: _TESTS,
    KindGroup.SHELTER: frozenset({"shelter"}),
}
#: Every code that a mark may have.
ALL_CRITERIA: Final = [*Criterion.choices, *KindCriterion.choices]
