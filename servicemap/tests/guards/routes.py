"""Every route of the house and who may open it. A route that is not here fails the build.

The names of the circles say who gets an answer; everybody else gets a 404, and people who are not logged in are
sent to the login.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

EVERYBODY = frozenset(
    {
        *("anonymous", "outsider", "translator", "volunteer", "reader", "editor", "verifier", "coordinator"),
        *("administrator", "evaluator"),
    }
)
LOGGED_IN = EVERYBODY - {"anonymous"}
NETWORK = LOGGED_IN - {"outsider", "translator", "volunteer"}
#: An evaluator from outside reads figures of the network, and not what its members know of places and people.
INSIDE = NETWORK - {"evaluator"}
#: Texts that everybody may read, in other languages; administrators see how far each language is.
TRANSLATORS = frozenset({"translator"})
#: What everybody reads, and three ways to propose something about it.
VOLUNTEERS = frozenset({"volunteer"})
OWNERS = frozenset({"editor", "administrator"})
VERIFIERS = frozenset({"verifier", "coordinator", "administrator"})
#: Whoever gets letters about listings: of an organisation, or of the network.
LETTER_READERS = INSIDE - {"reader"}
COORDINATORS = frozenset({"coordinator", "administrator"})
#: An application for a grant: its organisation, coordinators of the country, administrators, evaluators.
GRANTS = COORDINATORS | {"editor", "evaluator"}
#: Figures that are frozen and not adopted.
FIGURES = COORDINATORS | {"evaluator"}
#: Answered with a check of its own (a token, a session half-way through login), tested beside its feature.
OWN_CHECK = frozenset({"own check"})


@dataclass(frozen=True)
class Route:
    """Who gets an answer, by which method it is asked for, and with what ("{listing}" stands for an id)."""

    circle: frozenset[str]
    method: str = "get"
    data: Any = None


def _all(names: str, circle: frozenset[str], method: str = "get", data: Any = None) -> dict[str, Route]:
    return {name: Route(circle, method, data) for name in names.split()}


ROUTES: dict[str, Route] = {
    **_all("root healthz readyz workz robots sitemap embed_script", EVERYBODY),
    "oembed": Route(EVERYBODY, "get", {"url": "http://testserver/ru/"}),
    **_all("violations", EVERYBODY, "json", {}),
    **_all("api:map api:listings api:geojson api:place api:schema", EVERYBODY),
    "api:nearest": Route(EVERYBODY, "get", {"lat": "41.7", "lon": "44.8"}),
    **_all("api:search", EVERYBODY, "json", {"q": "тест"}),
    **_all("api:suggestions", EVERYBODY, "json", {"q": "при"}),
    **_all("api:members_suggestions", INSIDE, "json", {"q": "при"}),
    **_all("api:cities", EVERYBODY, "json", {"q": "Тби"}),
    **_all("api:members_map api:members_listings api:members_geojson api:members_place", INSIDE),
    "api:members_nearest": Route(INSIDE, "get", {"lat": "41.7", "lon": "44.8"}),
    **_all("api:members_search", INSIDE, "json", {"q": "тест"}),
    **_all("api:members_cities", INSIDE, "json", {"q": "Тби"}),
    **_all("hsds:about hsds:services hsds:service hsds:service_at_locations", EVERYBODY),
    **_all("hsds:service_at_location hsds:locations hsds:location hsds:organizations", EVERYBODY),
    **_all("hsds:organization hsds:taxonomies hsds:taxonomy hsds:taxonomy_terms", EVERYBODY),
    **_all("hsds:taxonomy_term hsds:package hsds:profile hsds:profile_schema", EVERYBODY),
    **_all("hsds:members_about hsds:members_services hsds:members_service", INSIDE),
    **_all("hsds:members_service_at_locations hsds:members_service_at_location", INSIDE),
    **_all("hsds:members_locations hsds:members_location hsds:members_organizations", INSIDE),
    **_all("hsds:members_organization hsds:members_taxonomies hsds:members_taxonomy", INSIDE),
    **_all("hsds:members_taxonomy_terms hsds:members_taxonomy_term hsds:members_package", INSIDE),
    **_all("maps:home maps:place maps:place_qr maps:organization maps:about maps:embed maps:embed_build", EVERYBODY),
    "maps:picked": Route(EVERYBODY, "post", {"ids": "{listing}"}),
    "maps:members_picked": Route(INSIDE, "post", {"ids": "{listing}"}),
    **_all("maps:picked_pdf", EVERYBODY, "post"),
    **_all("maps:members_picked_pdf", INSIDE, "post"),
    **_all("workspace:own", INSIDE),
    **_all("workspace:outreach workspace:outreach-take", INSIDE),
    **_all("workspace:outreach-begin", INSIDE, "post"),
    **_all("workspace:outreach-worker", EVERYBODY),
    # By the secret of a phone, tested beside the feature.
    **_all("workspace:outreach-standing workspace:outreach-send", OWN_CHECK),
    "workspace:own-keep": Route(INSIDE, "post", {"ids": "{listing}"}),
    "workspace:own-follow": Route(INSIDE, "post", {"country": "GE"}),
    # Whose it is alone: tested beside the feature.
    **_all("workspace:own-forget workspace:own-unfollow", OWN_CHECK),
    "maps:seen": Route(EVERYBODY, "json", {"what": "map"}),
    **_all("maps:use", EVERYBODY),
    **_all("maps:countries maps:country maps:corridor", EVERYBODY),
    **_all("maps:light maps:light_country maps:light_listings maps:light_place", EVERYBODY),
    **_all("maps:light_search", EVERYBODY, "post", {"q": "тест"}),
    **_all("forget maps:road maps:road_worker maps:road_manifest maps:road_map maps:forget api:pack", EVERYBODY),
    **_all("maps:booklets", EVERYBODY),
    "maps:booklet_pdf": Route(EVERYBODY, "get", {"country": "ge", "form": "a6"}),
    "maps:booklet_picture": Route(EVERYBODY, "get", {"country": "ge", "form": "a6"}),
    **_all("maps:news maps:news_atom maps:digest maps:papers maps:paper maps:grants", EVERYBODY),
    **_all("maps:press maps:press_svg maps:press_png maps:share maps:place_share subscribing:subscribe", EVERYBODY),
    # By a signed note, tested beside the feature.
    **_all("subscribing:subscription subscribing:end", OWN_CHECK),
    **_all("maps:data maps:reference maps:changes_atom maps:changes_json", EVERYBODY),
    "maps:download": Route(EVERYBODY, "post", {"format": "csv"}),
    "maps:members_download": Route(INSIDE, "post", {"format": "csv"}),
    **_all("maps:search", EVERYBODY, "post", {"q": "тест"}),
    **_all("reporting:report reporting:answer suggesting:suggest suggesting:answer joining:join", EVERYBODY),
    **_all("suggesting:access maps:accessibility", EVERYBODY),
    **_all("joining:application", OWN_CHECK),
    **_all("maps:members maps:members_place maps:members_organization", INSIDE),
    **_all("maps:members_search", INSIDE, "post", {"q": "тест"}),
    **_all("confirm:page confirm:new-link confirm:rhythm", OWN_CHECK),
    **_all("confirm:answer confirm:profile confirm:changed confirm:closed confirm:capacity confirm:undo", OWN_CHECK),
    **_all("workspace:home workspace:teams", LOGGED_IN),
    **_all("workspace:confirm", LOGGED_IN, "post"),
    **_all("workspace:organization workspace:contacts workspace:contact-new workspace:contact", OWNERS),
    **_all("workspace:profile-confirm", OWNERS),
    **_all("workspace:contact-remove", OWNERS, "post"),
    **_all("workspace:place-new workspace:place workspace:place-changes workspace:place-unkept", OWNERS),
    **_all("workspace:service-new", OWNERS),
    **_all("workspace:service workspace:listing-new workspace:listing workspace:listing-edit", OWNERS),
    **_all("workspace:listing-changes workspace:listing-history workspace:listing-operation", OWNERS),
    **_all("workspace:listing-hide workspace:listing-interval", OWNERS),
    **_all("workspace:listing-capacity", OWNERS, "post", {"level": "free"}),
    **_all("workspace:listing-stop", OWNERS, "post", {"stop": "", "on": "2026-12-01"}),
    **_all("workspace:listing-withdraw workspace:listing-restore workspace:listing-delete", OWNERS, "post"),
    **_all("workspace:notices workspace:notice-new workspace:notice", OWNERS),
    **_all("workspace:notice-end", OWNERS, "post"),
    **_all("workspace:lookup-cities workspace:lookup-address", LOGGED_IN, "post", {"q": "Тбилиси"}),
    **_all("workspace:lookup-area workspace:lookup-point", LOGGED_IN, "post", {"text": "41.7, 44.8"}),
    "workspace:translations": Route(TRANSLATORS | {"administrator"}),
    **_all("workspace:translation-queue workspace:translation-file workspace:translation-upload", TRANSLATORS),
    "workspace:translation-words": Route(TRANSLATORS),
    **_all("workspace:translation workspace:translation-page", TRANSLATORS),
    **_all("workspace:translation-check workspace:translation-remove", TRANSLATORS, "post", {"seen": "another"}),
    **_all("workspace:volunteering workspace:volunteering-find workspace:volunteering-listing", VOLUNTEERS),
    **_all("workspace:volunteering-fact", VOLUNTEERS),
    **_all("workspace:volunteering-take-back", VOLUNTEERS, "post"),
    **_all("workspace:volunteers", LETTER_READERS),
    # The colleague who answers alone; a manager or an administrator is no exception.
    **_all("workspace:volunteer-proposal", frozenset({"editor"})),
    **_all("workspace:volunteers-of", OWNERS),
    **_all("workspace:volunteers-of-press", OWNERS, "post"),
    **_all("workspace:reviews workspace:reviews-decided workspace:review", VERIFIERS),
    **_all("workspace:review-take workspace:review-release workspace:review-decide", VERIFIERS, "post"),
    **_all("workspace:team", OWNERS),
    # Whoever edits an organisation: tested beside the feature.
    **_all("exchange:services exchange:template exchange:upload exchange:foreign exchange:match", OWN_CHECK),
    **_all("exchange:answer exchange:mend", OWN_CHECK),
    **_all("exchange:import exchange:refused exchange:apply exchange:undo", OWN_CHECK),
    "workspace:health-refuse": Route(frozenset({"administrator"}), "post", {"host": "example.org"}),
    "workspace:health-let": Route(frozenset({"administrator"}), "post", {"host": "example.org"}),
    **_all("sources:list sources:source", COORDINATORS),
    **_all(
        "sources:choose sources:apply sources:undo sources:go-on sources:gone sources:remove sources:read", OWN_CHECK
    ),
    **_all("workspace:team-restore workspace:team-role workspace:team-remove", OWNERS, "post"),
    **_all("workspace:team-resend workspace:team-revoke", OWNERS, "post"),
    **_all("workspace:duplicates", LETTER_READERS),
    "workspace:lookup-alike": Route(OWNERS, "post", {"title": "Тест"}),
    "workspace:lookup-alike-place": Route(OWNERS, "post", {"name": "Кабинет"}),
    "workspace:lookup-alike-organization": Route(OWNERS, "post", {"name": "Сеть"}),
    # Whoever may see both sides, tested beside the feature.
    **_all("workspace:pair workspace:pair-different workspace:pair-again", OWN_CHECK),
    **_all("workspace:merge workspace:merge-step", OWN_CHECK),
    **_all("workspace:twin-places workspace:twin-places-undo workspace:door-pair workspace:door", OWN_CHECK),
    **_all("workspace:door-step workspace:organization-pair", OWN_CHECK),
    **_all("workspace:across-different workspace:across-again", OWN_CHECK),
    **_all("workspace:guarding", LETTER_READERS),
    "workspace:health": Route(frozenset({"administrator"})),
    "workspace:guarding-ask": Route(frozenset({"administrator"})),
    "workspace:guarding-agree": Route(frozenset({"administrator"}), "post"),
    **_all("workspace:guarding-end", OWNERS, "post"),
    **_all("workspace:circle", frozenset({"editor"})),
    **_all("workspace:circle-agree workspace:circle-remove", frozenset({"editor"}), "post"),
    **_all("workspace:absences workspace:telegram", LETTER_READERS),
    "workspace:telegram-digits": Route(LETTER_READERS, "post", {"digits": "123456"}),
    **_all("workspace:telegram-countries workspace:telegram-end", LETTER_READERS, "post"),
    **_all("workspace:telegram-group workspace:telegram-group-end", frozenset({"administrator"}), "post"),
    **_all("workspace:absence workspace:absence-for", OWNERS),
    **_all("workspace:absence-end", OWNERS, "post"),
    # Only what was ended can be put back: tested beside the feature.
    **_all("workspace:absence-put-back", OWN_CHECK),
    **_all("workspace:coordination workspace:coordination-reports", VERIFIERS),
    # A verifier opens these too when the listing was given to their organisation: tested beside the feature.
    **_all("workspace:coordination-check workspace:coordination-report", COORDINATORS),
    **_all(
        "workspace:coordination-history workspace:coordination-interval workspace:coordination-profile", COORDINATORS
    ),
    **_all("workspace:coordination-bulk", COORDINATORS, "post"),
    **_all("workspace:coordination-check-undo workspace:coordination-evidence", OWN_CHECK),
    **_all("workspace:coordination-version workspace:contact-restore", OWN_CHECK),
    "workspace:coordination-visit-new": Route(INSIDE, "get", {"listing": "{listing}"}),
    **_all("workspace:coordination-texts-agree", COORDINATORS, "post"),
    **_all("workspace:coordination-letter-again workspace:coordination-address-works", COORDINATORS, "post"),
    **_all("workspace:coordination-campaigns workspace:coordination-campaign-new", COORDINATORS),
    **_all("workspace:coordination-campaign workspace:coordination-campaign-table", COORDINATORS),
    **_all("workspace:coordination-campaign-remind workspace:coordination-campaign-extend", COORDINATORS, "post"),
    **_all("workspace:coordination-campaign-add workspace:coordination-campaign-take-out", COORDINATORS, "post"),
    **_all("workspace:coordination-campaign-stop", COORDINATORS, "post"),
    **_all("workspace:coordination-monitoring workspace:coordination-monitoring-table", NETWORK),
    **_all("workspace:coordination-monitoring-book", NETWORK),
    # Small numbers are for members, so rows are too; those of waits for coordinators: tested beside the feature.
    "workspace:coordination-monitoring-rows": Route(INSIDE, "get", {"of": "listings"}),
    **_all("workspace:coordination-takedowns workspace:coordination-takedown-new", COORDINATORS),
    **_all("workspace:coordination-takedown-lift", COORDINATORS),
    **_all("workspace:countries workspace:country workspace:corridor", INSIDE),
    **_all("workspace:fact-new", LETTER_READERS),
    # A draft is its organisation's; what was sent everybody of the network reads: tested beside the feature.
    **_all("workspace:fact workspace:fact-edit", frozenset({"editor"})),
    # Who may press depends on who wrote: tested beside the feature.
    **_all("workspace:fact-press", OWN_CHECK),
    **_all("workspace:country-notice workspace:country-notice-new workspace:country-desk", COORDINATORS),
    "workspace:country-notice-press": Route(VERIFIERS, "post", {"step": "second"}),
    **_all("workspace:calls workspace:call", VERIFIERS),
    **_all("workspace:call-outcome workspace:call-all-right", VERIFIERS, "post"),
    # A verifier answers for what was given to their organisation: tested beside the feature.
    **_all("workspace:call-answer workspace:call-ask-owner", COORDINATORS, "post"),
    **_all("workspace:call-undo", OWN_CHECK),
    **_all("workspace:proposal-answer", OWNERS, "post"),
    **_all("workspace:suggestions workspace:suggestion", COORDINATORS),
    **_all("workspace:suggestion-take-in workspace:suggestion-close", COORDINATORS, "post"),
    **_all("workspace:referrals workspace:referral-code", LETTER_READERS),
    **_all("workspace:referral-new workspace:referral-corridors workspace:referral-corridors-table", NETWORK),
    **_all("workspace:referral-piles", COORDINATORS),
    # One referral is its sender's alone, one request that of whoever is asked; administrators are no exception.
    **_all("workspace:referral workspace:referral-paper", frozenset({"editor"})),
    "workspace:referral-press": Route(frozenset({"editor"}), "post"),
    "workspace:referral-offer": Route(VERIFIERS),
    "workspace:referral-offer-press": Route(VERIFIERS, "post"),
    **_all("workspace:network-papers workspace:network-paper workspace:network-decisions", NETWORK),
    **_all("workspace:network-decision workspace:network-votes workspace:network-vote", NETWORK),
    **_all("workspace:network-meetings workspace:network-meeting workspace:network-bodies", NETWORK),
    # The editor leads the assembly: a seat opens what no role does.
    **_all("workspace:network-paper-new workspace:network-vote-new workspace:network-meeting-new", OWNERS),
    **_all("workspace:network-decision-new", OWNERS),
    **_all("workspace:network-vote-press", NETWORK, "post"),
    **_all("workspace:network-news workspace:network-news-letters workspace:network-digest", NETWORK),
    **_all("workspace:network-digest-edit workspace:network-digest-preview", COORDINATORS),
    "workspace:network-digest-assemble": Route(COORDINATORS, "post", {"month": "", "audience": "public"}),
    # Which line decides: tested beside the feature.
    **_all("workspace:network-digest-line workspace:network-digest-take-off", OWN_CHECK),
    **_all("workspace:network-applications workspace:network-application workspace:network-calls", NETWORK),
    **_all("workspace:network-members workspace:network-member", NETWORK),
    **_all("workspace:network-application-press workspace:network-member-press", NETWORK, "post"),
    **_all("workspace:network-call-new workspace:network-call", COORDINATORS),
    **_all("workspace:network-gaps workspace:network-gap-changes workspace:network-gap-list", NETWORK),
    **_all("workspace:network-gaps-table workspace:network-gaps-book workspace:network-gap", NETWORK),
    **_all("workspace:network-gaps-layer", NETWORK),
    **_all("maps:learning maps:learning_calendar", EVERYBODY),
    **_all("workspace:network-learning workspace:network-material workspace:network-trainings", NETWORK),
    **_all("workspace:network-training workspace:network-training-ics workspace:network-trainings-ics", NETWORK),
    **_all("workspace:network-trained workspace:network-centres", NETWORK),
    **_all("workspace:network-material-new workspace:network-training-new", LETTER_READERS),
    # Its organisation alone; administrators are no exception.
    **_all("workspace:network-material-edit workspace:network-training-edit", frozenset({"editor"})),
    **_all("workspace:network-material-press workspace:network-training-press", NETWORK, "post"),
    # Whoever comes, whoever holds it, and a file or a place of this kind that need not be there: tested beside it.
    **_all("workspace:network-certificate workspace:network-training-after", OWN_CHECK),
    **_all("workspace:network-material-file learning:file papers:file", OWN_CHECK),
    **_all("workspace:network-centre workspace:network-centre-press", OWN_CHECK),
    "workspace:network-gap-cell": Route(NETWORK, "get", {"kind": "naloxone", "country": "GE"}),
    **_all("workspace:network-gap-press", NETWORK, "post"),
    **_all("workspace:network-grants workspace:network-grant-call workspace:network-grant", NETWORK),
    **_all("workspace:network-grant-call-press workspace:network-grant-press", NETWORK, "post"),
    **_all("workspace:network-grant-call-new", frozenset({"administrator"})),
    # The organisation itself and whoever answers for the country; the committee's seats are tested beside the feature.
    **_all("workspace:network-grant-application workspace:network-grant-report", GRANTS),
    **_all("workspace:network-grant-application-press workspace:network-grant-report-press", GRANTS, "post"),
    **_all("workspace:network-grant-report-write", frozenset({"editor"})),
    **_all("workspace:network-grant-call-edit workspace:network-grant-write workspace:network-grant-file", OWN_CHECK),
    **_all("workspace:network-grant-score workspace:network-grant-agree", OWN_CHECK),
    **_all("workspace:network-evaluation workspace:network-cycle workspace:network-survey", NETWORK),
    **_all("workspace:network-cycle-new", frozenset({"administrator", "evaluator"})),
    **_all("workspace:network-cycle-table workspace:network-cycle-book workspace:network-cycle-json", FIGURES),
    **_all("workspace:network-cycle-compare", FIGURES),
    **_all("workspace:network-cycle-press workspace:network-cycle-write", NETWORK, "post"),
    # A plan that has not begun: tested beside the feature.
    **_all("workspace:network-cycle-edit", OWN_CHECK),
    **_all("workspace:network-reviews workspace:network-voices workspace:network-review", NETWORK),
    **_all("workspace:network-review-new", COORDINATORS),
    **_all("workspace:network-review-marks workspace:network-review-marks-table", FIGURES),
    **_all("workspace:network-review-press", NETWORK, "post"),
    # Whoever writes in it now, or whose place it is: tested beside the feature.
    **_all("workspace:network-review-services workspace:network-review-criteria", OWN_CHECK),
    **_all("workspace:network-voice-make workspace:network-voice-sheet voice:voice", OWN_CHECK),
    # A version without a file answers like one that does not exist: tested beside the feature.
    **_all("workspace:network-file", OWN_CHECK),
    **_all("acknowledge:page", OWN_CHECK),
    **_all("invitation", OWN_CHECK),
    **_all("account_login account_signup account_reset_password account_reset_password_done", EVERYBODY),
    **_all("account_reset_password_from_key_done account_inactive account_email_verification_sent", EVERYBODY),
    **_all("account_reset_password_from_key account_confirm_email account_confirm_login_code", OWN_CHECK),
    **_all("account_profile account_data account_email account_change_password account_set_password", LOGGED_IN),
    **_all("account_sessions_end", LOGGED_IN, "post"),
    **_all("account_logout account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn", OWN_CHECK),
    **_all("mfa_authenticate mfa_login_webauthn mfa_activate_totp mfa_deactivate_totp", OWN_CHECK),
    **_all("mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes", OWN_CHECK),
    **_all("mfa_list_webauthn mfa_add_webauthn mfa_remove_webauthn mfa_edit_webauthn", OWN_CHECK),
    **_all("mfa_index", LOGGED_IN),
}


def every_route() -> Iterator[tuple[str, str]]:
    """(qualified name, pattern) of every route but the admin's, straight from the resolver."""
    yield from _walk(get_resolver(), (), "")


def _walk(resolver: URLResolver, spaces: tuple[str, ...], prefix: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if path.startswith("admin/"):
            continue
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, inner, path)
        elif isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or f"unnamed {path}")), path
