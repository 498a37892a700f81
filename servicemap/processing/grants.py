"""Small grants. The network reads who got how much; plans, scores and reports are read by few."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "grants.GrantCall",
        "a call for small grants about gaps",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, f"{ROW} body opens_at closes_at"),
            Columns(Class.MEMBERS, "title text i18n budget ceiling currency questions questions_en state reason"),
            Columns(Class.MEMBERS, "opens_on closes_on timezone report_months audience"),
            Columns(Class.PERSON, "made_by", "who wrote it", KeptFor.ERASED),
        ),
    ),
    Table(
        "grants.GrantCall_gaps",
        "which gaps a call is about",
        KeptFor.NETWORK,
        (Columns(Class.MEMBERS, "id grantcall gap"),),
    ),
    Table(
        "grants.GrantCriterion",
        "by what applications are scored",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, "id call position"), Columns(Class.MEMBERS, "name name_en weight")),
    ),
    Table(
        "grants.GrantApplication",
        "what an organisation wants a grant for",
        KeptFor.GRANT,
        (
            Columns(Class.SYSTEM, f"{ROW} call state due_on sent_at vote asked_on decided_on"),
            Columns(Class.STAFF, "organization title plan amount answers question answer conditions reason"),
            Columns(Class.PERSON, "written_by screened_by decided_by", "nobody decides about their own organisation"),
        ),
    ),
    Table(
        "grants.GrantApplication_gaps",
        "which gaps an application is about",
        KeptFor.GRANT,
        (Columns(Class.STAFF, "id grantapplication gap"),),
    ),
    Table(
        "grants.GrantBudgetLine",
        "what a part of the sum is for",
        KeptFor.GRANT,
        (Columns(Class.SYSTEM, "id application position"), Columns(Class.STAFF, "name amount")),
    ),
    Table(
        "grants.GrantIndicator",
        "a number that is to change",
        KeptFor.GRANT,
        (Columns(Class.SYSTEM, "id application position"), Columns(Class.STAFF, "name baseline target")),
    ),
    Table(
        "grants.GrantOpinion",
        "how much it is needed in a country, by its coordinator",
        KeptFor.GRANT,
        (
            Columns(Class.SYSTEM, "id application said_at"),
            Columns(Class.STAFF, "text"),
            Columns(Class.PERSON, "person", "who says so", KeptFor.ERASED),
        ),
    ),
    Table(
        "grants.GrantConflict",
        "somebody says that they cannot judge an application",
        KeptFor.GRANT,
        (
            Columns(Class.SYSTEM, "id application declared_at"),
            Columns(Class.STAFF, "why"),
            Columns(Class.PERSON, "person", "whoever has a conflict of interest scores nothing"),
        ),
    ),
    Table(
        "grants.GrantScore",
        "what somebody of another organisation thinks of an application",
        KeptFor.GRANT,
        (
            Columns(Class.SYSTEM, f"{ROW} application organization state due_on given_at"),
            Columns(Class.STAFF, "total reason"),
            Columns(Class.PERSON, "reviewer", "nobody scores their own organisation", KeptFor.ERASED),
        ),
    ),
    Table(
        "grants.GrantMark",
        "from 0 to 4, by one criterion",
        KeptFor.GRANT,
        (Columns(Class.SYSTEM, "id score criterion"), Columns(Class.STAFF, "mark")),
    ),
    Table(
        "grants.Grant",
        "what was agreed: a record, no money moves by it",
        KeptFor.GRANT,
        (
            Columns(Class.SYSTEM, f"{ROW} application due_on stopped_by"),
            Columns(Class.MEMBERS, "organization amount currency starts_on ends_on signed_on state ended_on"),
            Columns(Class.STAFF, "reason"),
            Columns(Class.PERSON, "agreed_by", "who wrote it down", KeptFor.ERASED),
        ),
    ),
    Table(
        "grants.GrantTranche",
        "a part of the sum, and that it was transferred",
        KeptFor.GRANT,
        (Columns(Class.SYSTEM, "id grant position"), Columns(Class.STAFF, "amount due_on paid_on")),
    ),
    Table(
        "grants.GrantCell",
        "how the cell of a gap stood before and after",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, "id grant gap"), Columns(Class.MEMBERS, "before before_on after after_on")),
    ),
    Table(
        "grants.GrantReport",
        "what was done, spent and reached",
        KeptFor.GRANT,
        (
            Columns(Class.SYSTEM, f"{ROW} grant position due_on is_last state sent_at accepted_on"),
            Columns(Class.STAFF, "narrative spent readings read_for accepted_for reason"),
            Columns(Class.PERSON, "sent_by read_by accepted_by", "nobody accepts their own report", KeptFor.ERASED),
        ),
    ),
    Table(
        "grants.GrantReportFile",
        "a file beside a report, behind the login",
        KeptFor.GRANT,
        (
            Columns(Class.SYSTEM, "id public_id report added_at"),
            Columns(Class.STAFF, "file file_name"),
            Columns(Class.PERSON, "added_by", "who added it", KeptFor.ERASED),
        ),
    ),
    Table(
        "directory.PublicGrantCall",
        "a call for small grants for everybody; no organisation and no country of high risk",
        KeptFor.DIRECTORY,
        (
            Columns(Class.PUBLIC, "id title text budget ceiling currency opens_at closes_at closes_on timezone"),
            Columns(Class.PUBLIC, "kinds countries"),
        ),
    ),
    Table(
        "directory.PublicGrantSum",
        "what was granted in a year, by country; no organisation and no country of high risk",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, "id country year currency grants amount"),),
    ),
)
