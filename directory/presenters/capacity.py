"""Whether there are places or medicine, in words: what was said last, and how long ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory import labels
from directory.conditions import OPEN_OPERATIONS
from directory.freshness import capacity, local_date
from directory.vocabulary import localised

#: Services that people come to for medicine. The first type of a service decides.
MEDICINE_TYPES = frozenset(
    [
        *("prep", "pep", "art", "art_bridging_supply", "medicine_dispatch", "vertical_transmission_prevention"),
        *("tb_treatment", "tb_preventive_treatment", "hepatitis_c_treatment", "hepatitis_b_vaccination"),
        *("opioid_substitution", "naloxone"),
    ]
)
#: Services that give something out, so that it can run out. Any type of a service may.
SUPPLY_TYPES = MEDICINE_TYPES | {
    *("hiv_rapid_test", "hiv_self_test", "hiv_counselling_testing", "hiv_index_testing", "condoms_lubricants"),
    *("viral_load_cd4", "palliative_care", "hepatitis_test", "sti_test_treatment", "reproductive_health"),
    *("needle_syringe_programme", "drug_checking", "overdose_response", "trans_health"),
    *("drop_in", "outreach", "mobile_clinic", "food_hygiene_clothes", "cash_transport"),
}


def has_supplies(types: Sequence[str]) -> bool:
    return not SUPPLY_TYPES.isdisjoint(types)


def is_about_medicine(types: Sequence[str]) -> bool:
    return bool(types) and types[0] in MEDICINE_TYPES


def capacity_words(types: Sequence[str]) -> labels.Labels:
    """Words for the levels, as they fit a service of these types."""
    return labels.MEDICINE if is_about_medicine(types) else labels.PLACES


def capacity_told(row: Any, at: dt.datetime) -> dict[str, Any] | None:
    """{level, text, note, reported_on, reported_text, expires_on}; None when there is nothing to say.

    A service that is paused or closed takes nobody, so an earlier word about places would mislead.
    """
    level = capacity(row, at)
    if not level or row.operation not in OPEN_OPERATIONS:
        return None
    text = labels.label(capacity_words(row.types), level)
    if level == "unknown":
        nothing = {"note": "", "reported_on": None, "reported_text": "", "expires_on": None}
        return {"level": level, "text": text} | nothing
    return {
        "level": level,
        "text": text,
        "note": localised(row.capacity_note),
        "reported_on": row.capacity_reported_on.isoformat(),
        "reported_text": reported_text((local_date(row.timezone, at) - row.capacity_reported_on).days),
        "expires_on": row.capacity_expires_on.isoformat(),
    }


def reported_text(days: int) -> str:
    """“said 3 days ago”."""
    if days <= 0:
        return _("said today")
    if days == 1:
        return _("said yesterday")
    return ngettext("said %(days)d day ago", "said %(days)d days ago", days) % {"days": days}
