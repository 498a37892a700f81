"""Evaluation. Figures hold nobody; who has answered a survey stands apart from what was answered."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "evaluation.EvaluationCycle",
        "a period that the network looks back at",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, f"{ROW} state due_on frozen_at frozen_hash adopted_by published_on"),
            Columns(Class.MEMBERS, "kind starts_on ends_on survey_until questions"),
            Columns(Class.SECRET, "salt", "so that nobody finds a small number by trying what gives a hash"),
            Columns(Class.PERSON, "led_by", "who runs it", KeptFor.ERASED),
        ),
    ),
    Table(
        "evaluation.EvaluationIndicator",
        "what is measured, and what is wanted",
        KeptFor.NETWORK,
        (Columns(Class.MEMBERS, "id cycle position code formula direction baseline target"),),
    ),
    Table(
        "evaluation.IndicatorValue",
        "what was measured; of people below five it is told to nobody",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, "id indicator source computed_at"),
            Columns(Class.STAFF, "scope value n note"),
            Columns(Class.PERSON, "added_by", "who added a value after the freezing", KeptFor.ERASED),
        ),
    ),
    Table(
        "evaluation.SurveyQuestion",
        "what members are asked",
        KeptFor.NETWORK,
        (Columns(Class.MEMBERS, "id cycle position code text i18n"),),
    ),
    Table(
        "evaluation.SurveyHanded",
        "that an organisation has its code: not which, and not when",
        KeptFor.NETWORK,
        (Columns(Class.STAFF, "id cycle organization"),),
    ),
    Table(
        "evaluation.SurveyUsed",
        "that a code was used: not whose, and not for what",
        KeptFor.COUNT,
        (Columns(Class.SYSTEM, "id cycle"), Columns(Class.SECRET, "digest")),
    ),
    Table(
        "evaluation.SurveyCount",
        "how many gave an answer; read after the freezing, from five",
        KeptFor.COUNT,
        (Columns(Class.SYSTEM, "id question"), Columns(Class.STAFF, "answer n")),
    ),
    Table(
        "evaluation.Finding",
        "what the figures show",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, f"{ROW} cycle indicator withdrawn_at"),
            Columns(Class.MEMBERS, "text i18n withdrawn_because"),
            Columns(Class.PERSON, "written_by withdrawn_by", "who wrote it, who withdrew it", KeptFor.ERASED),
        ),
    ),
    Table(
        "evaluation.Recommendation",
        "what should be done, and what was decided",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, f"{ROW} finding state decision"), Columns(Class.MEMBERS, "text reason i18n")),
    ),
)
