"""People with a login, how they come in, and what operators do."""

from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "accounts.User",
        "lets a person in, with their rights",
        KeptFor.ERASED,
        (
            Columns(Class.SYSTEM, "id is_active joined_at language"),
            Columns(Class.SECRET, "password", "proves who somebody is; a hash"),
            Columns(Class.PERSON, "email", "the name at the sign-in, and where letters go"),
            Columns(Class.PERSON, "name", "what colleagues call somebody"),
            Columns(Class.PERSON, "last_login", "shows accounts that nobody uses", KeptFor.SIGN_IN),
            Columns(Class.PERSON, "is_superuser is_staff network_role countries translates", "what somebody may do"),
        ),
    ),
    Table(
        "accounts.User_groups",
        "rights by group",
        KeptFor.ERASED,
        (Columns(Class.SYSTEM, "id group"), Columns(Class.PERSON, "user")),
    ),
    Table(
        "accounts.User_user_permissions",
        "rights by name",
        KeptFor.ERASED,
        (Columns(Class.SYSTEM, "id permission"), Columns(Class.PERSON, "user")),
    ),
    Table(
        "accounts.SentForm",
        "a form that is sent twice is done once",
        KeptFor.FORM,
        (Columns(Class.SYSTEM, "id sent_at"), Columns(Class.SECRET, "key fields answer")),
    ),
    Table(
        "accounts.WaitingLetter",
        "letters about accounts wait for the worker",
        KeptFor.WAITING,
        (Columns(Class.SYSTEM, "id attempts not_before created_at"), Columns(Class.SECRET, "sealed")),
    ),
    Table(
        "accounts.Session",
        "who is signed in, on which machine of theirs",
        KeptFor.SESSION,
        (
            Columns(Class.SECRET, "session_key session_data"),
            Columns(Class.SYSTEM, "expire_date"),
            Columns(Class.PERSON, "user began_at used_at", "the person sees where they are signed in, and ends it"),
        ),
    ),
    Table(
        "accounts.OutreachCopy",
        "a phone sends what was pressed without a connection, and learns when it may not any more",
        KeptFor.OUTREACH,
        (
            Columns(Class.SYSTEM, "id"),
            Columns(Class.SECRET, "secret session bond"),
            Columns(Class.PERSON, "user made_at met_at", "whose phone it is, and whether its time is over"),
        ),
    ),
    Table(
        "accounts.OutreachPress",
        "what a phone sends twice is done once",
        KeptFor.OUTREACH,
        (Columns(Class.SYSTEM, "id copy done_at"), Columns(Class.SECRET, "key")),
    ),
    Table(
        "account.EmailAddress",
        "whether an address is confirmed",
        KeptFor.ERASED,
        (Columns(Class.SYSTEM, "id verified primary"), Columns(Class.PERSON, "user email")),
    ),
    Table(
        "account.EmailConfirmation",
        "links that confirm an address; not used, the links are signed instead",
        KeptFor.ERASED,
        (
            Columns(Class.SYSTEM, "id created sent"),
            Columns(Class.PERSON, "email_address"),
            Columns(Class.SECRET, "key"),
        ),
    ),
    Table(
        "mfa.Authenticator",
        "the second step at the sign-in",
        KeptFor.ERASED,
        (
            Columns(Class.SYSTEM, "id type created_at"),
            Columns(Class.PERSON, "user"),
            Columns(Class.SECRET, "data"),
            Columns(Class.PERSON, "last_used_at", "shows a key that nobody uses", KeptFor.SIGN_IN),
        ),
    ),
    Table(
        "admin.LogEntry",
        "what operators did",
        KeptFor.OPERATORS,
        (
            Columns(Class.SYSTEM, "id action_time content_type object_id action_flag"),
            Columns(Class.PERSON, "user object_repr"),
            Columns(Class.STAFF, "change_message"),
        ),
    ),
    Table("auth.Group", "rights by group", KeptFor.RELEASE, (Columns(Class.SYSTEM, "id name"),)),
    Table(
        "auth.Group_permissions", "rights by group", KeptFor.RELEASE, (Columns(Class.SYSTEM, "id group permission"),)
    ),
    Table(
        "auth.Permission", "names of rights", KeptFor.RELEASE, (Columns(Class.SYSTEM, "id name content_type codename"),)
    ),
    Table(
        "contenttypes.ContentType", "names of tables", KeptFor.RELEASE, (Columns(Class.SYSTEM, "id app_label model"),)
    ),
    Table(
        "pghistory.Context",
        "who made a change of the history; never from where",
        KeptFor.HISTORY,
        (Columns(Class.SYSTEM, "id created_at updated_at"), Columns(Class.PERSON, "metadata")),
    ),
    Table(
        "procrastinate.ProcrastinateJob",
        "work that the worker does by the clock; its arguments are instants",
        KeptFor.JOBS,
        (
            Columns(
                Class.SYSTEM,
                "id queue_name task_name priority lock args status scheduled_at attempts queueing_lock abort_requested"
                " worker",
            ),
        ),
    ),
    Table(
        "procrastinate.ProcrastinateEvent",
        "when work began and ended",
        KeptFor.JOBS,
        (Columns(Class.SYSTEM, "id job type at"),),
    ),
    Table(
        "procrastinate.ProcrastinatePeriodicDefer",
        "which rounds were asked for",
        KeptFor.JOBS,
        (Columns(Class.SYSTEM, "id task_name defer_timestamp job periodic_id"),),
    ),
    Table(
        "procrastinate.ProcrastinateWorker",
        "whether a worker lives",
        KeptFor.WORKER,
        (Columns(Class.SYSTEM, "id last_heartbeat"),),
    ),
)
