"""Referrals: what is known of a person who was sent on, and for how long. None of it says who they are."""

from servicemap.processing.shapes import Class, Columns, KeptFor, Table

_CONTENT = "what the asked organisation has to know to say yes; no name, phone, document or diagnosis has a column"

TABLES = (
    Table(
        "referrals.Referral",
        "one person's way to another organisation; its code is on the person's paper",
        KeptFor.REFERRAL,
        (
            Columns(
                Class.SYSTEM, "id public_id number state outcome version created_at closed_at empties_on deletes_on"
            ),
            Columns(Class.STAFF, "sender sent_by code from_country to_country"),
            Columns(
                Class.STAFF,
                "supply_kind supply_ends_on languages needs_interpreter groups circumstances contact_way",
                _CONTENT,
                KeptFor.CONTENT,
            ),
        ),
    ),
    Table(
        "referrals.Consent",
        "what the person agreed to; nothing is sent without it",
        KeptFor.REFERRAL,
        (
            Columns(Class.SYSTEM, "id referral version language method given_at withdrawn_at"),
            Columns(Class.STAFF, "asked fallback group_told outcome_back counted child_cared taken_by"),
        ),
    ),
    Table(
        "referrals.Leg",
        "one need in one country, and where it stands",
        KeptFor.REFERRAL,
        (
            Columns(Class.SYSTEM, "id public_id referral position state outcome version urgency mode"),
            Columns(
                Class.SYSTEM, "news_at nobody_at nobody_told_at news_asked stuck_at arrived_at served_at closed_at"
            ),
            Columns(Class.STAFF, "country service_type"),
            Columns(
                Class.STAFF, "expected_on wanted_by needed_by on_medicine supply_given_days", _CONTENT, KeptFor.CONTENT
            ),
        ),
    ),
    Table(
        "referrals.Offer",
        "one organisation asked for one stage",
        KeptFor.REFERRAL,
        (
            Columns(Class.SYSTEM, "id public_id leg number role state reason version answered_by called_first"),
            Columns(Class.SYSTEM, "sent_at seen_at asked_at remind_at answer_by coordinator_at fallback_at"),
            Columns(Class.SYSTEM, "reminded_at escalated_at answered_at"),
            Columns(Class.STAFF, "listing organization named"),
            Columns(Class.STAFF, "questions awaited_from awaited_to", _CONTENT, KeptFor.CONTENT),
        ),
    ),
    Table(
        "referrals.AcknowledgeLink",
        "a letter's reader says without a login that it has arrived",
        KeptFor.LINK,
        (Columns(Class.SYSTEM, "id offer correspondent created_at expires_at"), Columns(Class.SECRET, "token_hash")),
    ),
    Table(
        "referrals.ReferralEvent",
        "what happened, without content",
        KeptFor.REFERRAL,
        (Columns(Class.SYSTEM, "id referral leg offer step at"), Columns(Class.STAFF, "organization user")),
    ),
    Table(
        "referrals.CorridorCount",
        "how many stages ended how; with no key to a referral, only of people who agreed, shown from five on",
        KeptFor.COUNT,
        (Columns(Class.SYSTEM, "id month from_country to_country group urgency mode band outcome before_end n"),),
    ),
)
