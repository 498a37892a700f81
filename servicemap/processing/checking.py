"""How listings are checked: reviews, checks, reports, figures."""

from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "verification.Agreement",
        "a second person agreed to a text of a place that hides",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "id location mark agreed_for agreed_at"), Columns(Class.PERSON, "agreed_by")),
    ),
    Table(
        "verification.Campaign",
        "many listings are looked at again together",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id created_at asked_at reminders stopped_at closed_at"),
            Columns(Class.MEMBERS, "name why countries organizations types starts_on ends_on"),
            Columns(Class.PERSON, "created_by stopped_by"),
        ),
    ),
    Table(
        "verification.CampaignTask",
        "a listing of a campaign",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "id campaign listing outcome method answered_at"),),
    ),
    Table(
        "verification.CapacityClock",
        "how long a word about places holds",
        KeptFor.RELEASE,
        (Columns(Class.SYSTEM, "code valid_days notice_days"),),
    ),
    Table(
        "verification.CapacityReport",
        "whether there are places",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id listing organization during reported_on notice_on expires_on reported_at"),
            Columns(Class.PUBLIC, "level note method i18n"),
            Columns(Class.PERSON, "reported_by correspondent", "who said it"),
        ),
    ),
    Table(
        "verification.Check",
        "how a listing was checked, and when",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id listing snapshot organization owner checked_at noticed_at valid_until"),
            Columns(Class.PUBLIC, "method level"),
            Columns(Class.STAFF, "outcome critical_fields note"),
            Columns(Class.PERSON, "checked_by correspondent", "who answered, and who looked"),
            Columns(Class.STAFF, "evidence", "proves the check; for coordinators", KeptFor.EVIDENCE),
        ),
    ),
    Table(
        "verification.Clock",
        "how long a check holds",
        KeptFor.RELEASE,
        (Columns(Class.SYSTEM, "code recheck_months notice_days escalate_days hide_days archive_days"),),
    ),
    Table(
        "verification.ConfirmationLink",
        "answers to a letter without a login",
        KeptFor.HISTORY,
        (
            Columns(Class.SYSTEM, "id message method created_at expires_at first_used_at"),
            Columns(Class.PERSON, "correspondent"),
            Columns(Class.SECRET, "token_hash"),
        ),
    ),
    Table(
        "verification.HighRiskCountry", "where more is asked for", KeptFor.RELEASE, (Columns(Class.STAFF, "code note"),)
    ),
    Table(
        "verification.LinkItem",
        "one listing of a letter, and the answer",
        KeptFor.HISTORY,
        (
            Columns(Class.SYSTEM, "id public_id link listing snapshot confirms answered_at confirmation"),
            Columns(Class.STAFF, "answer note before"),
        ),
    ),
    Table(
        "verification.ListingState",
        "where a listing stands",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "listing published verification_class version"),
            Columns(Class.PUBLIC, "level check_method checked_on confirmed_on published_at"),
            Columns(Class.MEMBERS, "publication notice_on due_on hides_on archives_on interval_days"),
            Columns(Class.STAFF, "reason interval_reason completeness"),
        ),
    ),
    Table(
        "verification.MonthlyFigure",
        "figures of the network; under five are shown as such",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id month country recorded_at"),
            Columns(
                Class.MEMBERS,
                "listings fresh level2 confirmations median_days_to_confirm reports reports_in_7_days"
                " suggestions_answered median_days_to_answer p90_days_to_confirm p90_days_to_answer"
                " repaired median_days_to_repair p90_days_to_repair decided median_days_to_decide p90_days_to_decide"
                " lost completeness",
            ),
        ),
    ),
    Table(
        "verification.MonthlyListing",
        "how each listing stood at the end of a month: the rows behind the figures",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id month listing country organization"),
            Columns(Class.MEMBERS, "kinds level is_fresh is_lost said"),
        ),
    ),
    Table(
        "verification.MonthlyPart",
        "figures of the network by kind of help, organisation and country; under five are shown as such",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id month country kind organization recorded_at"),
            Columns(Class.MEMBERS, "listings fresh level1 level2 level3 coverage completeness"),
        ),
    ),
    Table(
        "verification.PhoneCall",
        "who was called, and when to call again; not what was said",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id organization called_at call_back_at"),
            Columns(Class.STAFF, "outcome"),
            Columns(Class.PERSON, "caller"),
        ),
    ),
    Table(
        "verification.ProfileCheck",
        "how an organisation's own words were checked",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id organization snapshot recorded_for checked_at"),
            Columns(Class.MEMBERS, "method"),
            Columns(Class.STAFF, "note"),
            Columns(Class.PERSON, "checked_by correspondent"),
        ),
    ),
    Table(
        "verification.ProfileState",
        "where an organisation's own words stand",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "organization timezone version"),
            Columns(Class.MEMBERS, "level method checked_on notice_on due_on hides_on archives_on"),
        ),
    ),
    Table(
        "verification.Proposal",
        "what an organisation said on the phone to have changed; its own people write it in",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id listing during organization path state said_at answered_at"),
            Columns(Class.STAFF, "said"),
            Columns(Class.PERSON, "said_to answered_by"),
        ),
    ),
    Table(
        "verification.Recheck",
        "a listing that somebody should look at before its date",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id listing reason due_at created_at assigned_to done_at"),
            Columns(Class.STAFF, "note"),
            Columns(Class.PERSON, "done_by"),
        ),
    ),
    Table(
        "verification.Reminder",
        "nobody is asked twice about the same",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id listing due_on step rung message created_at"),
            Columns(Class.PERSON, "correspondent"),
        ),
    ),
    Table(
        "verification.Report",
        "readers say what is wrong",
        KeptFor.HISTORY,
        (
            Columns(Class.SYSTEM, "id public_id listing kind language state received_at due_at closed_at"),
            Columns(Class.PERSON, "text answer reported_by", "what was wrong, and what became of it", KeptFor.REPORT),
            Columns(Class.PERSON, "contact", "where the answer goes; erased at closing", KeptFor.REPORT),
            Columns(Class.SECRET, "code_hash", "the reporter reads the answer by a code", KeptFor.REPORT),
            Columns(Class.PERSON, "closed_by"),
        ),
    ),
    Table(
        "verification.Fingerprint",
        "by which hashed words, numbers and spots a listing is found that is like another one",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "listing keys basis"),),
    ),
    Table(
        "verification.LikelyPair",
        "two listings may be one and the same, or were said to be two",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id first second likeness reasons basis found_at different_at"),
            Columns(Class.PERSON, "different_by"),
        ),
    ),
    Table(
        "verification.Merge",
        "two listings became one, and can be taken apart for thirty days",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id kept gone state chosen"),
            Columns(Class.SYSTEM, "proposed_at kept_agreed_at gone_agreed_at done_at ended_at"),
            Columns(Class.MEMBERS, "before", "what taking apart gives back"),
            Columns(Class.PERSON, "proposed_by kept_agreed_by gone_agreed_by done_by ended_by"),
        ),
    ),
    Table(
        "verification.DifferentPlaces",
        "two places of an organisation were said to be two",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "id first second basis said_at"), Columns(Class.PERSON, "said_by")),
    ),
    Table(
        "verification.DifferentOrganizations",
        "two organisations were said to be two",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "id first second basis said_at"), Columns(Class.PERSON, "said_by")),
    ),
    Table(
        "verification.AlikePlaces",
        "places of two organisations may be one door, or were said to be two",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id first second likeness reasons found_at different_at basis"),
            Columns(Class.PERSON, "different_by"),
        ),
    ),
    Table(
        "verification.AlikeOrganizations",
        "two organisations may be one, or were said to be one or two",
        KeptFor.LISTING,
        (
            Columns(
                Class.SYSTEM, "id public_id first second kept likeness reasons found_at same_at different_at basis"
            ),
            Columns(Class.PERSON, "same_by different_by"),
        ),
    ),
    Table(
        "verification.SharedDoor",
        "two organisations share a door, and it can be taken back for thirty days",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id kept gone state"),
            Columns(Class.SYSTEM, "proposed_at kept_agreed_at gone_agreed_at done_at ended_at"),
            Columns(Class.MEMBERS, "before", "what taking back gives back"),
            Columns(Class.PERSON, "proposed_by ended_by"),
        ),
    ),
    Table(
        "verification.PlaceMerge",
        "two places became one, and can be taken apart for thirty days",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id kept gone moved done_at undone_at"),
            Columns(Class.PERSON, "done_by undone_by"),
        ),
    ),
    Table(
        "verification.Review",
        "an edit waits for another organisation",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id batch listing snapshot base state submitted_at taken_at decided_at"),
            Columns(Class.SYSTEM, "decided_for"),
            Columns(Class.STAFF, "owner_checked message reason returned"),
            Columns(Class.PERSON, "submitted_by taken_by decided_by"),
        ),
    ),
    Table(
        "verification.Snapshot",
        "what a verifier saw, and what is published",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id listing schema content_hash created_at"),
            Columns(Class.PLACE, "content", "every version that was sent; shown as far as each audience may know"),
            Columns(Class.PERSON, "created_by"),
        ),
    ),
    Table(
        "verification.Suggestion",
        "a service that readers miss, or what keeps them out of the site; nothing about who wrote it",
        KeptFor.HISTORY,
        (
            Columns(Class.SYSTEM, "id public_id about listing kind country language known_from"),
            Columns(Class.SYSTEM, "state received_at due_at answered_at"),
            Columns(Class.PERSON, "what reach text answer", "what is missing, what became of it", KeptFor.SUGGESTION),
            Columns(Class.PLACE, "city point", "where it is; never of help that hides its door", KeptFor.SUGGESTION),
            Columns(Class.SECRET, "code_hash", "whoever wrote it reads the answer by a code", KeptFor.SUGGESTION),
            Columns(Class.PERSON, "answered_by"),
        ),
    ),
    Table(
        "verification.RefusedSite",
        "sites of others that may not show the map in a frame",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, "id host refused_at"), Columns(Class.PERSON, "refused_by")),
    ),
    Table(
        "directory.PublicRefusedSite",
        "the same, for the process that answers embeds",
        KeptFor.DIRECTORY,
        (Columns(Class.SYSTEM, "host"),),
    ),
    Table(
        "verification.Takedown",
        "something is hidden at once",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id organization location country ordered_at lifted_at"),
            Columns(Class.STAFF, "reason lift_reason"),
            Columns(Class.PERSON, "ordered_by lifted_by"),
        ),
    ),
    Table(
        "verification.Visit",
        "whether a client was served; nothing about the client",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, "id public_id listing organization visited_on told_at"),
            Columns(Class.STAFF, "was_served reason note"),
            Columns(Class.PERSON, "told_by"),
        ),
    ),
    Table(
        "verification.Watch",
        "whether a website still answers",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "organization website_asked_on website_failed_on website_told is_suspended"),),
    ),
)
