"""The vocabulary, services and listings, and the directory that readers see."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

_WORD = "code name synonyms is_retired position i18n"
_LISTING = (
    "place_id service_id organization_id organization_slug family types tops groups group_codes statuses languages"
    " interpreter_languages delivery intake documents attributes cost anonymous insurance gender age_from age_to"
    " waiting operation location_type country city_code precision point timezone hours hours_osm areas area_codes area"
    " stops accessibility content contacts notices"
    " capacity_level capacity_note search_text search_vector"
)
_STANDING = (
    "level check_method checked_on confirmed_on notice_on due_on hides_on archives_on published_at"
    " capacity_reported_on capacity_expires_on"
)
_PROFILE = (
    "id slug content countries working_languages community_led website links is_member contacts level checked_on"
    " notice_on due_on hides_on archives_on timezone"
)


def _word(model: str, purpose: str, *more: str, kept: KeptFor = KeptFor.RELEASE) -> Table:
    return Table(f"services.{model}", purpose, kept, (Columns(Class.PUBLIC, " ".join((_WORD, *more))),))


def _listing(model: str, kind: Class, whom: str, key: str = "") -> Table:
    columns = (Columns(Class.SYSTEM, f"id {key}"), Columns(kind, _LISTING), Columns(kind, _STANDING))
    return Table(f"directory.{model}", f"what {whom} read of a listing", KeptFor.DIRECTORY, columns)


TABLES = (
    Table(
        "exchange.BookImport",
        "what a workbook that came back would change, and how that is undone",
        KeptFor.IMPORT,
        (
            Columns(Class.SYSTEM, "id public_id state foreign same done total title made_at done_at expires_at"),
            Columns(Class.PLACE, "rows missing told", "old and new values of the rows that the person may edit"),
            Columns(Class.PERSON, "user"),
        ),
    ),
    Table(
        "exchange.ImportStep",
        "how far the worker is with an import, and what became of its rows",
        KeptFor.IMPORT,
        (Columns(Class.SYSTEM, "id book number"), Columns(Class.PLACE, "rows", "as in the import itself")),
    ),
    Table(
        "exchange.ForeignList",
        "rows of a list from elsewhere, until they are planned",
        KeptFor.LIST,
        (
            Columns(Class.SYSTEM, "id public_id organization title choices made_at expires_at"),
            Columns(Class.PLACE, "rows columns notes", "cells of the list that somebody sent"),
            Columns(Class.PERSON, "user"),
        ),
    ),
    Table(
        "exchange.ListMapping",
        "which columns and words of such lists are ours, for the next one",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "id organization name columns choices changed_at"),),
    ),
    Table(
        "exchange.ForeignSource",
        "other directories that are read, and what their terms are here",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, "id public_id title address country language every choices"),
            Columns(Class.SYSTEM, "made_at next_at read_at fault"),
            Columns(Class.PERSON, "kept_by"),
        ),
    ),
    Table(
        "exchange.SourceReading",
        "what a reading of such a directory would change, and has changed",
        KeptFor.READING,
        (
            Columns(
                Class.SYSTEM, "id public_id source state is_by_clock also_alike version made gone done total fault"
            ),
            Columns(Class.SYSTEM, "counts terms made_at done_at"),
            Columns(Class.MEMBERS, "results", "names of services, and old and new words of theirs"),
        ),
    ),
    Table(
        "exchange.SourcePage",
        "what such a directory has said, until it is written",
        KeptFor.READING,
        (Columns(Class.SYSTEM, "id reading number seen"), Columns(Class.MEMBERS, "rows", "services as told there")),
    ),
    Table(
        "exchange.GoneAtSource",
        "services that such a directory has no more, since when",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "id source service since"),),
    ),
    _word("ServiceType", "kinds of services", "parent family verification_class hint way_in"),
    _word("TargetGroup", "groups of people", "short"),
    _word("DeliveryLanguage", "languages", "autonym"),
    _word("DocumentKind", "documents that are asked for"),
    _word("MigrationStatus", "statuses of people"),
    Table(
        "services.WordsChecked",
        "who has read over what people type in a language that nobody had checked",
        KeptFor.WORDS,
        (
            Columns(Class.SYSTEM, "id scheme code language words_hash checked_at"),
            Columns(Class.PERSON, "written_by checked_by"),
        ),
    ),
    _word("OtherMap", "maps of other companies that readers are offered", "is_off off_in"),
    _word(
        "Attribute",
        "what else is asked of services",
        "answers types members_only is_filter",
        kept=KeptFor.WORDS,
    ),
    _word("AttributeAnswer", "what can be answered to that", "attribute", kept=KeptFor.WORDS),
    Table(
        "services.Service",
        "what is given, to whom, on which conditions",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.SYSTEM, "source external_id", "an import finds its rows again"),
            Columns(Class.SYSTEM, "organization starts_on ends_on raised_class"),
            Columns(
                Class.PUBLIC,
                "title summary text types delivery groups statuses insurance age_from age_to gender eligibility_note"
                " documents documents_note cost cost_note intake waiting languages interpreter_languages anonymous"
                " attributes confidentiality_note operation operation_note i18n",
            ),
            Columns(Class.MEMBERS, "legal_risk_note risk_visibility visibility"),
        ),
    ),
    Table(
        "services.ServiceAtLocation",
        "a listing: one service at one place",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, f"{ROW} service location"),
            Columns(Class.PUBLIC, "hours note remote_country area stops stops_off i18n"),
        ),
    ),
    Table(
        "services.ServiceAtLocation_contacts",
        "which contacts stand beside a listing",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "id serviceatlocation contact"),),
    ),
    Table(
        "services.Notice",
        "what is different for some days",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, f"{ROW} organization location service country"),
            Columns(
                Class.PUBLIC,
                "kind text starts_on ends_on i18n level topic region service_type source_title source_link",
            ),
            Columns(Class.MEMBERS, "visibility announced_at seconded_at"),
            Columns(Class.PERSON, "announced_by seconded_by", "a danger is said by two people", KeptFor.ERASED),
        ),
    ),
    _listing("PublicListing", Class.PUBLIC, "everybody may"),
    _listing("MemberListing", Class.MEMBERS, "members may"),
    Table(
        "directory.Moved",
        "where the address of a listing leads that became one with another one",
        KeptFor.LISTING,
        (Columns(Class.MEMBERS, "id place_id kept_id leads_to was_public"),),
    ),
    Table(
        "directory.PublicMoved",
        "the same as far as everybody knew both",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, "id place_id leads_to"),),
    ),
    _listing("CountryListing", Class.MEMBERS, "members of a country may", "reader_country"),
    _listing("CircleListing", Class.MEMBERS, "the organisations of a circle may", "reader_organizations"),
    _listing("ReadableListing", Class.MEMBERS, "whoever is answered may, of these"),
    Table(
        "directory.PublicOrganization",
        "what everybody may read of an organisation",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, _PROFILE),),
    ),
    Table(
        "directory.MemberOrganization",
        "what members may read of an organisation",
        KeptFor.DIRECTORY,
        (Columns(Class.MEMBERS, _PROFILE),),
    ),
    Table(
        "directory.DirectoryTerm",
        "the vocabulary as readers get it",
        KeptFor.RELEASE,
        (Columns(Class.PUBLIC, "id scheme code parent family name synonyms data position is_retired"),),
    ),
    Table(
        "directory.MemberTerm",
        "the words that members read beside it",
        KeptFor.WORDS,
        (Columns(Class.MEMBERS, "id scheme code parent family name synonyms data position is_retired"),),
    ),
    Table(
        "directory.DirectoryRevision",
        "caches see that something changed",
        KeptFor.RELEASE,
        (Columns(Class.SYSTEM, "id number public_number changed_at public_changed_at"),),
    ),
)
