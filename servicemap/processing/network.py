"""Organisations, their people, places and contacts; letters to them."""

from servicemap.processing.shapes import Class, Columns, KeptFor, Table

ROW = "id public_id version created_at updated_at"

TABLES = (
    Table(
        "organizations.Organization",
        "who gives services",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(
                Class.PUBLIC,
                "slug name name_local short_name description legal_form registration_country countries"
                " working_languages website links community_led i18n",
            ),
            Columns(
                Class.MEMBERS,
                "parent member_status joined_on left_on suspended_until suspended_from default_visibility"
                " spectrum_reviewed_on",
            ),
            Columns(Class.STAFF, "due_diligence_note safety_note", "what administrators weigh"),
            Columns(Class.SYSTEM, "source external_id", "an import finds its rows again"),
        ),
    ),
    Table(
        "organizations.Location",
        "where services are given, as exactly as each audience may know",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.SYSTEM, "source external_id", "an import finds its rows again"),
            Columns(Class.PUBLIC, "type country timezone public_precision step_free accessible_toilet lift"),
            Columns(
                Class.MEMBERS,
                "organization visibility member_precision country_precision circle_precision is_address_kept",
            ),
            Columns(
                Class.PLACE,
                "name region city place_code district address postal_code point directions transit accessibility_note"
                " i18n",
                "how somebody gets there; read only as far as the precision allows",
            ),
            Columns(Class.PUBLIC, "district_point settlement_point", "where the pin of a place that hides stands"),
            Columns(Class.STAFF, "safety_note", "what administrators weigh"),
        ),
    ),
    Table(
        "organizations.Contact",
        "how an organisation, a place or a desk is reached",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.SYSTEM, "organization location position"),
            Columns(Class.PUBLIC, "label channel value languages hours_note is_crisis i18n"),
            Columns(Class.PERSON, "person", "whom a colleague asks for"),
            Columns(Class.MEMBERS, "audience visibility"),
        ),
    ),
    Table(
        "organizations.Membership",
        "who works for which organisation",
        KeptFor.ERASED,
        (Columns(Class.SYSTEM, "id created_at organization"), Columns(Class.PERSON, "user role")),
    ),
    Table(
        "organizations.Volunteering",
        "who helps which organisation as a volunteer, from when to when, beside whom",
        KeptFor.VOLUNTEER,
        (
            Columns(Class.SYSTEM, f"{ROW} organization invitation"),
            Columns(Class.PERSON, "user colleague starts_on ends_on agreed_on ended_at"),
        ),
    ),
    Table(
        "organizations.Invitation",
        "how people come in",
        KeptFor.INVITATION,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.SYSTEM, "organization language expires_at accepted_at revoked_at"),
            Columns(Class.PERSON, "email role invited_by accepted_by"),
            Columns(Class.SECRET, "token_hash"),
        ),
    ),
    Table(
        "organizations.CircleMember",
        "to whom an organisation shows what the network does not see",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id added_at agreed_at"),
            Columns(Class.STAFF, "organization member"),
            Columns(Class.PERSON, "added_by agreed_by"),
        ),
    ),
    Table(
        "organizations.Disclosure",
        "an administrator opens what an organisation hides, and never alone",
        KeptFor.HISTORY,
        (
            Columns(Class.SYSTEM, "id public_id organization asked_at agreed_at ends_at ended_at"),
            Columns(Class.PERSON, "asked_by agreed_by ended_by"),
            Columns(Class.STAFF, "reason"),
        ),
    ),
    Table(
        "organizations.Opened",
        "reading in bulk is noticed; kept to be counted",
        KeptFor.OPENED,
        (
            Columns(Class.SYSTEM, "id organization day"),
            Columns(Class.PERSON, "user"),
            Columns(Class.SECRET, "mark", "two things are told apart, and neither is told"),
        ),
    ),
    Table(
        "organizations.Settlement",
        "cities and villages of the gazetteer",
        KeptFor.RELEASE,
        (Columns(Class.PUBLIC, "code point is_large"),),
    ),
    Table(
        "messaging.Absence",
        "letters go to whoever stands in; no reason is asked for",
        KeptFor.ERASED,
        (Columns(Class.SYSTEM, ROW), Columns(Class.PERSON, "user starts_on ends_on delegate")),
    ),
    Table(
        "messaging.Correspondent",
        "who is asked whether a listing is right",
        KeptFor.ERASED,
        (
            Columns(Class.SYSTEM, "id public_id organization language timezone role rhythm created_at followed_up_at"),
            Columns(Class.PERSON, "user email name bounced_at bounce_reason left_at silence_asked_at"),
        ),
    ),
    Table(
        "messaging.Message",
        "the outbox: no letter is lost, none is sent twice",
        KeptFor.HISTORY,
        (
            Columns(
                Class.SYSTEM,
                "id public_id dedupe_key kind channel lane is_urgent is_requested not_before state attempts payload",
            ),
            Columns(Class.SYSTEM, "created_at first_tried_at claimed_at sent_at"),
            Columns(Class.PERSON, "correspondent"),
            Columns(
                Class.PERSON,
                "address subject last_error provider_result",
                "where it went and about what",
                KeptFor.LETTER,
            ),
        ),
    ),
    Table(
        "messaging.TelegramAccount",
        "letters and one-press answers in a chat that its person linked; no name and no number of it is known",
        KeptFor.CHAT,
        (
            Columns(Class.SYSTEM, "id linked_at"),
            Columns(Class.PERSON, "user countries pressed_at blocked_at"),
            Columns(Class.SECRET, "chat_box chat_mark", "the chat, sealed, and by what it is found again"),
        ),
    ),
    Table(
        "messaging.TelegramLinking",
        "nobody is bound to a chat by a link alone",
        KeptFor.LINKING,
        (
            Columns(Class.SYSTEM, "id for_group wrong expires_at"),
            Columns(Class.PERSON, "user"),
            Columns(Class.SECRET, "token_mark chat_box chat_mark digits_mark"),
        ),
    ),
    Table(
        "messaging.TelegramGroup",
        "a group of the network hears on Mondays what everybody reads",
        KeptFor.GROUP,
        (
            Columns(Class.SYSTEM, "id language linked_at told_on"),
            Columns(Class.PERSON, "linked_by", "who linked it", KeptFor.ERASED),
            Columns(Class.SECRET, "chat_box chat_mark"),
        ),
    ),
    Table("messaging.Round", "shows that letters leave", KeptFor.RELEASE, (Columns(Class.SYSTEM, "kind finished_at"),)),
)
