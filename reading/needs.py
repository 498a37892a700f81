"""What somebody needs, in everyday words: the tiles of the first screen, and other names of kinds that are terms.

Each need is a set of codes of the vocabulary (leaves or groups); a test holds all codes against the vocabulary's
files. What an administrator retired leaves its tile, and a tile of which nothing is left is not shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.phrasing.own_words import in_words
from directory.vocabulary import Vocabulary


@dataclass(frozen=True)
class Tile:
    """`icon` is a name of the sprite; `hint` says in the terms of the field what is meant."""

    code: str
    icon: str
    name: Promise | str
    hint: Promise | str
    types: tuple[str, ...]


class NeedTold(TypedDict):
    """`service` are the values of the filter that the tile sets."""

    code: str
    icon: str
    name: str
    hint: str
    service: list[str]


NEEDS = (
    Tile(
        "test",
        "test-tube-diagonal",
        _("Get tested"),
        _("HIV, hepatitis, STIs"),
        (
            "hiv_rapid_test",
            "hiv_self_test",
            "hiv_counselling_testing",
            "hepatitis_test",
            "sti_test_treatment",
            "tb_screening",
        ),
    ),
    Tile("medicine", "pill", _("Treatment and medicine"), _("ART, records, blood tests"), ("hiv_treatment",)),
    Tile("tb", "lungs", _("Tuberculosis"), _("check, treat, keep on"), ("tuberculosis",)),
    Tile(
        "hepatitis",
        "liver",
        _("Hepatitis"),
        _("test, treatment"),
        ("hepatitis_test", "hepatitis_c_treatment", "hepatitis_b_vaccination"),
    ),
    Tile("harm", "life-buoy", _("Harm reduction"), _("naloxone, syringes, OST"), ("harm_reduction",)),
    Tile("safety", "bed", _("A place to sleep, safety"), _("shelter, protection"), ("safety",)),
    Tile("papers", "scale", _("Papers and a lawyer"), _("status, deportation"), ("legal",)),
    Tile(
        "talk",
        "messages-square",
        _("Somebody to talk to"),
        _("psychologist, group"),
        ("mental_health", "peer_counselling", "support_group"),
    ),
)
#: Everyday words for leaves whose name is a term: they stand first, the term second.
PLAIN: dict[str, Promise] = {
    "hiv_counselling_testing": _("Test with a counsellor"),
    "hiv_index_testing": _("Test for partners"),
    "prep": _("Medicine before contact, so as not to get HIV"),
    "pep": _("Contact has happened: medicine within 72 hours"),
    "art": _("HIV medicine for every day"),
    "art_bridging_supply": _("Medicine is running out"),
    "hiv_registration": _("Register with an HIV clinic"),
    "hiv_status_records": _("Certificate and records for another doctor"),
    "viral_load_cd4": _("Blood tests while on treatment"),
    "vertical_transmission_prevention": _("A healthy baby with HIV"),
    "adherence_support": _("Help with taking medicine every day"),
    "palliative_care": _("Care and pain relief"),
    "tb_diagnosis": _("Sputum test: is it TB"),
    "tb_video_treatment": _("TB tablets at home, with a nurse by video"),
    "tb_preventive_treatment": _("Tablets against falling ill with TB"),
    "tb_cross_border_transfer": _("Go on with TB treatment in another country"),
    "sti_test_treatment": _("Infections passed on by sex"),
    "needle_syringe_programme": _("Clean needles and syringes"),
    "opioid_substitution": _("Methadone, buprenorphine"),
    "naloxone": _("Against an overdose"),
    "drug_checking": _("Find out what is in a substance"),
    "drop_in": _("Come in, warm up, wash"),
    "outreach": _("They come to you"),
    "peer_counselling": _("Talk to someone who has been through it"),
    "case_management": _("One person at your side to the end"),
    "patient_navigation": _("Which doctor, and with what papers"),
    "support_group": _("Meet others in the same situation"),
    "restoring_family_links": _("Find relatives and send them word"),
    "reintegration": _("Begin again at home"),
    "stay_permits": _("Residence, work permit"),
    "paralegal": _("Legal help where you are"),
    "shelter": _("A place to sleep"),
    "general_practitioner": _("An ordinary doctor"),
}


@cache
def tiles() -> tuple[Tile, ...]:
    """Those of the network's own list (needs.json beside its vocabulary), else ours."""
    path = settings.NETWORK.vocabulary_file("needs.json")
    if not path.exists():
        return NEEDS
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Tile(row["code"], row["icon"], in_words(row["name"]), in_words(row["hint"]), tuple(row["service"]))
        for row in rows
    )


def needs(vocabulary: Vocabulary) -> list[NeedTold]:
    """The tiles, with those of their codes that are in use."""
    services = vocabulary.scheme("service")
    told = [
        (need, [code for code in need.types if code in services and not services[code].is_retired]) for need in tiles()
    ]
    return [
        {"code": need.code, "icon": need.icon, "name": str(need.name), "hint": str(need.hint), "service": codes}
        for need, codes in told
        if codes
    ]


def told_together(chosen: Iterable[str], told: Iterable[NeedTold]) -> list[tuple[str, list[str]]]:
    """Needs of several codes that are wholly among the chosen services: (name, codes). No code is told twice."""
    left, found = set(chosen), []
    for need in told:
        codes = need["service"]
        if len(codes) > 1 and left.issuperset(codes):
            found.append((need["name"], codes))
            left -= set(codes)
    return found
