"""What is said of countries, and who stands for it. Readers' tables name organisations, never people."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

_WORDS = "country topic answer brief statement risk source_title source_link source_article source_language"
_DATES = "checked_on checked_by valid_until asked_again_on"
_NOTICE = "id country topic level region service_type types text source_title source_link starts_on ends_on falls_at"

TABLES = (
    Table(
        "countries.CountryFact",
        "what a country's law and practice say, by the word of two organisations",
        KeptFor.WORDS,
        (
            Columns(Class.SYSTEM, f"{ROW} replaces sent_at published_at ended_at"),
            Columns(Class.PUBLIC, f"{_WORDS} i18n {_DATES}"),
            Columns(Class.MEMBERS, "organization state visibility"),
            Columns(Class.STAFF, "remark", "what a checker asks the writers to change"),
            Columns(Class.PERSON, "author", "nobody checks what they wrote", KeptFor.ERASED),
        ),
    ),
    Table(
        "countries.FactCheck",
        "another organisation has read the source",
        KeptFor.WORDS,
        (
            Columns(Class.SYSTEM, "id fact at checked_on valid_until has_read_source"),
            Columns(Class.MEMBERS, "organization"),
            Columns(Class.PERSON, "person", "nobody checks what they wrote", KeptFor.ERASED),
        ),
    ),
    Table(
        "countries.CountryDesk",
        "how people of the network reach the coordinators of a country",
        KeptFor.WORDS,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.MEMBERS, "country line line_hours chat_link protocol i18n"),
        ),
    ),
    Table(
        "directory.PublicCountryFact",
        "what everybody may read of a country",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, f"id {_WORDS} {_DATES}"),),
    ),
    Table(
        "directory.MemberCountryFact",
        "what members may read of a country",
        KeptFor.DIRECTORY,
        (Columns(Class.MEMBERS, f"id {_WORDS} {_DATES} is_public"),),
    ),
    Table(
        "directory.PublicCountryNotice",
        "what everybody is told about a whole country for some days",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, _NOTICE),),
    ),
    Table(
        "directory.MemberCountryNotice",
        "the same, for members",
        KeptFor.DIRECTORY,
        (Columns(Class.MEMBERS, _NOTICE),),
    ),
)
