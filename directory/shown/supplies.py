"""Which services people come to for medicine, and which can run out of something; the words follow from it."""

from __future__ import annotations

from collections.abc import Sequence

from directory.shown import labels

#: Services that people come to for medicine. The first type of a service decides.
MEDICINE_TYPES = frozenset(
    [
        "prep",
        "pep",
        "art",
        "art_bridging_supply",
        "medicine_dispatch",
        "vertical_transmission_prevention",
        "tb_treatment",
        "tb_preventive_treatment",
        "hepatitis_c_treatment",
        "hepatitis_b_vaccination",
        "opioid_substitution",
        "naloxone",
    ]
)
#: Services that give something out, so that it can run out. Any type of a service may.
SUPPLY_TYPES = MEDICINE_TYPES | {
    "hiv_rapid_test",
    "hiv_self_test",
    "hiv_counselling_testing",
    "hiv_index_testing",
    "condoms_lubricants",
    "viral_load_cd4",
    "palliative_care",
    "hepatitis_test",
    "sti_test_treatment",
    "reproductive_health",
    "needle_syringe_programme",
    "drug_checking",
    "overdose_response",
    "trans_health",
    "drop_in",
    "outreach",
    "mobile_clinic",
    "food_hygiene_clothes",
    "cash_transport",
}


def has_supplies(types: Sequence[str]) -> bool:
    return not SUPPLY_TYPES.isdisjoint(types)


def is_about_medicine(types: Sequence[str]) -> bool:
    return bool(types) and types[0] in MEDICINE_TYPES


def capacity_words(types: Sequence[str]) -> labels.Labels:
    """Words for the levels, as they fit a service of these types."""
    return labels.MEDICINE if is_about_medicine(types) else labels.PLACES
