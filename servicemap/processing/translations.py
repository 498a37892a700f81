"""Texts in other languages: who wrote and who checked them is known to those who translate, and to no reader."""

from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "translations.Translation",
        "what everybody reads, in another language, and whether another person has read it",
        KeptFor.WORDS,
        (
            Columns(Class.SYSTEM, "id unit kind key field language is_harmful source_hash origin"),
            Columns(Class.SYSTEM, "translated_at checked_at"),
            Columns(Class.PUBLIC, "source forms"),
            Columns(Class.PERSON, "translated_by checked_by", "who translates does not check", KeptFor.ERASED),
            Columns(
                Class.STAFF, "translated_for checked_for", "what can hurt is checked by another organisation", None
            ),
        ),
    ),
    Table(
        "directory.PublicWording",
        "the same as readers get it, beside the hash of its source; it names nobody",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, "id kind key field language source_hash forms checked_on changed_at"),),
    ),
)
