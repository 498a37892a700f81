"""The assessment of risks (GDPR, article 35), made of the record: what harm each class of columns can do, and to whom.

Words of people stand in `RISKS`; which tables, how many columns and for how long comes from the models, so a new column
stands in it unasked, and a new class fails a test until somebody has weighed it. Threats are those of docs/privacy.md,
where each names its tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from servicemap.processing.record import lines
from servicemap.processing.shapes import Class, KeptFor


@dataclass(frozen=True)
class ClassRisk:
    """`severity` and `likelihood` as they are with the measures, of: low, medium, high."""

    whom: str
    harm: str
    readers: str
    severity: str
    likelihood: str
    threats: tuple[str, ...]
    left: str


DEGREES: Final = ("low", "medium", "high")
#: Why an assessment is needed at all: criteria of the European data protection board that hold here.
CRITERIA: Final = (
    "people who are vulnerable: migrants, people who live with HIV or tuberculosis, people who use drugs, sex workers",
    "special categories of data by inference: which page somebody opens can say what they are",
    "data that cross borders, also into states where help itself is persecuted",
)
#: What is not done, so that nobody has to protect it.
NOT_DONE: Final = (
    "no account, name, phone, diagnosis or document of a client (`referrals/tests/test_schema.py`)",
    "no address, agent, search word or position of a reader, in no table and no log",
    "no profile, no score, no automatic decision about a person",
    "no third party in a page; the bot and the mail are the only ways out, and say so",
)
RISKS: Final[dict[Class, ClassRisk]] = {
    Class.SYSTEM: ClassRisk(
        "nobody by itself",
        "together with others it can tell when somebody worked",
        "operators; the person themselves",
        "low", "low", ("T2", "T30"),
        "numbers of rows can be compared from day to day by whoever reads the database",
    ),
    Class.PUBLIC: ClassRisk(
        "clients who come to a wrong door; organisations that are listed wrongly",
        "an old number costs treatment; a lure takes people in",
        "everybody",
        "medium", "low", ("T13", "T14", "T16", "T24"),
        "between two checks a listing can be out of date; its date stands beside it",
    ),
    Class.MEMBERS: ClassRisk(
        "organisations whose work is tolerated as long as nobody speaks of it, and their clients",
        "raids, loss of a licence, clients who stay away",
        "members of the network, by country and circle where the owner says so",
        "high", "low", ("T1", "T5", "T6", "T9", "T11", "T12"),
        "a member can copy what they may read; reading in bulk is told to the owner, and not stopped",
    ),
    Class.STAFF: ClassRisk(
        "organisations that are weighed; colleagues who wrote",
        "quarrels, pressure on those who checked",
        "its owner, and whoever does the work with it",
        "medium", "low", ("T9", "T12", "T30"),
        "free words of people: somebody can write more than the field asks for",
    ),
    Class.PERSON: ClassRisk(
        "colleagues, volunteers, peers, some of whom belong to the groups that they help",
        "being known by name as somebody who helps, or as what they are",
        "the person; colleagues as far as the work needs it",
        "high", "low", ("T9", "T10", "T12", "T22", "T26"),
        "an address says a name; whoever takes the server has them until they are erased",
    ),
    Class.PLACE: ClassRisk(
        "people in a shelter, and those who run it",
        "violence at the door",
        "those to whom the owner shows the door, by four tiers; nobody where the address is not kept",
        "high", "low", ("T3", "T4", "T5", "T11", "T12", "T27"),
        "whoever takes the running server reads addresses that are kept; those that are not kept nobody reads",
    ),
    Class.SECRET: ClassRisk(
        "whoever has an account",
        "somebody signs in as them",
        "nobody: hashes, sealed boxes, keys outside the database",
        "high", "low", ("T9", "T10", "T21", "T27"),
        "whoever has the server has its key too, until it is changed (docs/operations/taken.md)",
    ),
}  # fmt: skip


# long: the parts of one page, one after the other
def as_markdown() -> str:
    """docs/risks.md."""
    return "\n".join(
        (
            "# Assessment of risks",
            "",
            "`bin/manage risk_assessment` makes this page of the models and of `servicemap/processing/risks.py`.",
            "",
            "It is what article 35 of the GDPR asks for (DPIA), as far as a product can say it: who answers for it and",
            "on which ground, the network adds. What each column is for and how long it stays:",
            "[processing.md](processing.md). Threats and rules with their tests: [privacy.md](privacy.md).",
            "",
            "## Why it is needed",
            *(f"* {one};" for one in CRITERIA),
            "",
            "## What is not done",
            *(f"* {one};" for one in NOT_DONE),
            "",
            "## By class of column",
            "Severity and likelihood are what is left with the measures. Those who build the product weighed them, and",
            "nobody else yet.",
            "",
            *(line for kind in Class for line in _of(kind)),
        )
    )


def _of(kind: Class) -> Iterator[str]:
    risk, rows = RISKS[kind], [line for line in lines() if line.kind == kind]
    tables = sorted({line.model for line in rows})
    yield f"### {kind}"
    yield f"{len(rows)} columns in {len(tables)} tables: {', '.join(tables)}."
    yield ""
    yield f"* Whom it harms: {risk.whom}."
    yield f"* How: {risk.harm}."
    yield f"* Who reads it: {risk.readers}."
    yield f"* Severity {risk.severity}, likelihood {risk.likelihood}; threats {', '.join(risk.threats)}."
    yield f"* What is left: {risk.left}."
    yield f"* How long: {'; '.join(kept for kept in KeptFor if any(line.kept == kept for line in rows))}."
    yield ""
