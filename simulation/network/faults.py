"""What must never happen, asked of the database by SQL of its own; where readers are shown something, against that.

Rule: each key leads to rows that are faults. No rule of the product is asked here but by what it shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

from core import clock
from directory.asking.digests import lines_shown
from directory.tables.lands import MemberCountryFact, MemberCountryNotice, PublicCountryFact, PublicCountryNotice
from directory.tables.listings import MemberListing, PublicListing
from directory.tables.news import PublicDigest
from network.decisions.counting import VoteOutcome, counts_of
from network.decisions.models import Vote
from network.gaps.figures import gaps_unknown_as_none, small_cells_shown
from network.reviews.models import YearlyReview
from organizations.models import Organization

#: The one number that is written here again: so many days the council has for an objection.
ANSWER_DAYS = 14

WITHOUT_NEXT_DATE = """
SELECT 'application ' || id || ' ' || state FROM joining_application
WHERE state NOT IN ('member', 'declined', 'withdrawn', 'closed') AND due_at IS NULL
UNION SELECT 'application ' || a.id || ' is voted on past its day' FROM joining_application a
JOIN decisions_vote v ON v.id = a.vote_id
WHERE a.state = 'voting' AND v.state = 'open' AND v.closes_at > %(now)s AND a.due_at < v.closes_at
UNION SELECT 'application ' || id || ' ' || state || ' has run out' FROM joining_application
WHERE state IN ('draft', 'needs_info') AND due_at < %(awake)s - interval '1 day'
UNION SELECT 'application ' || a.id || ' ' || a.state || ' waits and nobody was told' FROM joining_application a
WHERE a.state IN ('sent', 'checking', 'accepted') AND a.due_at < %(awake)s - interval '1 day' AND NOT EXISTS (
    SELECT 1 FROM messaging_message m
    WHERE m.kind = 'application_slow' AND m.payload->>'application' = a.public_id AND m.created_at >= a.due_at)
UNION SELECT 'application ' || a.id || ' was voted on and nobody was told' FROM joining_application a
JOIN decisions_vote v ON v.id = a.vote_id
WHERE a.state = 'voting' AND v.state = 'open' AND v.closes_at < %(awake)s - interval '1 day' AND NOT EXISTS (
    SELECT 1 FROM messaging_message m
    WHERE m.kind = 'application_voted' AND m.payload->>'application' = a.public_id AND m.created_at >= v.closes_at)
AND NOT EXISTS (
    SELECT 1 FROM decisions_objection o JOIN decisions_voter w ON w.id = o.voter_id
    WHERE w.vote_id = v.id AND o.stands IS NULL AND v.closes_at + %(answer)s > %(awake)s)
UNION SELECT 'organization ' || o.id || ' is suspended without an end' FROM organizations_organization o
JOIN LATERAL (
    SELECT * FROM joining_standingchange c WHERE c.organization_id = o.id ORDER BY c.made_at DESC, c.id DESC LIMIT 1
) last ON true
WHERE o.member_status = 'suspended' AND last.decision_id IS NULL
AND (last.lapses_at IS NULL OR last.lapses_at < %(awake)s - interval '1 day')
UNION SELECT 'grant application ' || id || ' ' || state FROM grants_application
WHERE state NOT IN ('not_eligible', 'declined', 'agreed', 'withdrawn') AND due_on IS NULL
UNION SELECT 'grant ' || id FROM grants_grant WHERE state IN ('running', 'closing') AND due_on IS NULL
UNION SELECT 'grant report ' || r.id || ' is two weeks late and nobody was told' FROM grants_report r
WHERE r.state IN ('planned', 'returned') AND r.due_on < (%(awake)s - interval '16 days')::date AND NOT EXISTS (
    SELECT 1 FROM messaging_message m
    WHERE m.kind = 'grant_report_overdue' AND m.payload->>'grant_report' = r.public_id AND m.created_at > r.due_on)
UNION SELECT 'review ' || id || ' ' || state FROM reviews_review
WHERE state NOT IN ('agreed', 'dropped') AND due_on IS NULL
UNION SELECT 'evaluation ' || id || ' ' || state FROM evaluation_cycle WHERE state <> 'published' AND due_on IS NULL
UNION SELECT 'decision ' || id FROM decisions_decision WHERE state = 'open' AND due_on IS NULL
UNION SELECT 'fact ' || id FROM countries_countryfact WHERE state = 'published' AND valid_until IS NULL
"""

VOTES_TWICE = """
SELECT 'voice ' || voter_id FROM decisions_ballot GROUP BY voter_id HAVING count(*) > 1
UNION SELECT 'mark ' || voter_id FROM decisions_voted GROUP BY voter_id HAVING count(*) > 1
UNION SELECT 'organization ' || organization_id || ' in vote ' || vote_id FROM decisions_voter
WHERE seat_id IS NULL GROUP BY vote_id, organization_id HAVING count(*) > 1
UNION SELECT 'secret vote ' || c.vote_id FROM decisions_secretcount c GROUP BY c.vote_id
HAVING sum(c.n) <> (
    SELECT count(*) FROM decisions_voted d JOIN decisions_voter w ON w.id = d.voter_id WHERE w.vote_id = c.vote_id)
"""

#: The history of a vote's row says when it was to end before it ran on.
AFTER_END = """
SELECT DISTINCT 'ballot ' || e.id || ' at ' || e.cast_at FROM (
    SELECT pgh_obj_id AS id, voter_id, cast_at FROM decisions_ballotevent
    UNION SELECT id, voter_id, cast_at FROM decisions_ballot
) e JOIN decisions_voter w ON w.id = e.voter_id JOIN decisions_vote v ON v.id = w.vote_id
WHERE e.cast_at >= v.closes_at OR e.cast_at < v.opens_at OR (
    v.prolonged_at IS NOT NULL AND e.cast_at < v.prolonged_at AND e.cast_at >= (
        SELECT min(h.closes_at) FROM decisions_voteevent h WHERE h.pgh_obj_id = v.id AND h.state = 'open'))
"""

CONFLICTS = """
SELECT 'voice ' || w.id || ' about itself' FROM decisions_voter w JOIN decisions_vote v ON v.id = w.vote_id
WHERE v.about_id = w.organization_id
UNION SELECT 'check ' || c.id || ' of its own application' FROM joining_applicationcheck c
JOIN joining_application a ON a.id = c.application_id
WHERE c.organization_id = a.organization_id
OR (c.kind = 'referees' AND c.organization_id IN (a.referee_one_id, a.referee_two_id))
OR EXISTS (SELECT 1 FROM organizations_membership m
           WHERE m.user_id = c.checked_by_id AND m.organization_id = a.organization_id)
UNION SELECT 'application ' || id || ' goes along with itself' FROM joining_application
WHERE mentor_id = organization_id
UNION SELECT 'fact check ' || c.id FROM countries_factcheck c JOIN countries_countryfact f ON f.id = c.fact_id
WHERE c.organization_id = f.organization_id OR c.person_id = f.author_id
UNION SELECT 'objection ' || o.id FROM decisions_objection o JOIN decisions_voter w ON w.id = o.voter_id
WHERE o.answered_for_id = w.organization_id
UNION SELECT 'standing ' || c.id || ' by its own people' FROM joining_standingchange c
JOIN organizations_membership m ON m.user_id = c.made_by_id AND m.organization_id = c.organization_id
WHERE c.reason IN ('safety', 'confirmed', 'restored', 'admitted')
"""

#: A score that counts: of one's own house, with a declared conflict, of a house that scores them in the same call.
SCORES = """
SELECT 'score ' || s.id FROM grants_score s JOIN grants_application a ON a.id = s.application_id
WHERE s.state = 'given' AND (
    s.organization_id = a.organization_id
    OR EXISTS (SELECT 1 FROM organizations_membership m
               WHERE m.organization_id = a.organization_id AND m.user_id = s.reviewer_id)
    OR EXISTS (SELECT 1 FROM grants_grantconflict c
               WHERE c.application_id = a.id AND c.person_id = s.reviewer_id)
    OR EXISTS (SELECT 1 FROM grants_score t JOIN grants_application b ON b.id = t.application_id
               WHERE t.state = 'given' AND b.call_id = a.call_id AND b.organization_id = s.organization_id
               AND t.organization_id = a.organization_id))
UNION SELECT 'report ' || r.id FROM grants_report r JOIN grants_grant g ON g.id = r.grant_id
WHERE g.organization_id IN (r.read_for_id, r.accepted_for_id)
"""

STANDING = """
SELECT 'organization ' || o.id || ' is ' || o.member_status FROM organizations_organization o LEFT JOIN LATERAL (
    SELECT * FROM joining_standingchange c WHERE c.organization_id = o.id ORDER BY c.made_at DESC, c.id DESC LIMIT 1
) last ON true
WHERE coalesce(last.becomes, 'applicant') <> o.member_status
UNION SELECT 'organization ' || t.id || ' went from ' || t.was || ' to ' || t.becomes FROM (
    SELECT pgh_obj_id AS id, lag(member_status) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS was,
           member_status AS becomes FROM organizations_organizationevent
) t WHERE t.was <> t.becomes GROUP BY t.id, t.was, t.becomes
HAVING count(*) > (SELECT count(*) FROM joining_standingchange c
                   WHERE c.organization_id = t.id AND c.was = t.was AND c.becomes = t.becomes)
"""

#: Facts in force past their day; dangers that nobody has seconded within a day; suspensions whose days are over.
STALE = "SELECT public_id FROM countries_countryfact WHERE state = 'published' AND valid_until < %(now)s::date"
ALONE = """
SELECT public_id FROM services_notice
WHERE level = 'danger' AND seconded_at IS NULL AND announced_at + interval '24 hours' <= %(now)s
"""
LAPSED = """
SELECT o.public_id FROM organizations_organization o JOIN LATERAL (
    SELECT * FROM joining_standingchange c WHERE c.organization_id = o.id ORDER BY c.made_at DESC, c.id DESC LIMIT 1
) last ON true WHERE last.becomes = 'suspended' AND last.decision_id IS NULL AND last.lapses_at <= %(now)s
"""
HALTED = """
SELECT DISTINCT v.id FROM decisions_vote v JOIN decisions_voter w ON w.vote_id = v.id
JOIN decisions_objection o ON o.voter_id = w.id
WHERE v.state = 'open' AND o.stands IS NULL AND v.closes_at + %(answer)s <= %(now)s
"""


#: Whom a letter about one occasion reached more than once; what should have left days ago; a digest sent twice.
LETTERS_TWICE = """
SELECT 'digest ' || (payload->>'digest') || ' to ' || correspondent_id FROM messaging_message
WHERE kind = 'news_digest' AND state = 'sent' GROUP BY correspondent_id, payload->>'digest' HAVING count(*) > 1
UNION SELECT 'danger ' || (payload->>'notice') || ' to ' || correspondent_id FROM messaging_message
WHERE kind = 'country_danger' AND state = 'sent' GROUP BY correspondent_id, payload->>'notice' HAVING count(*) > 1
UNION SELECT kind || ' ' || ref || ' to subscriber ' || subscription_id FROM news_subscriberletter
WHERE state = 'sent' GROUP BY subscription_id, kind, ref HAVING count(*) > 1
"""
LETTERS_LEFT = """
SELECT 'letter ' || id FROM messaging_message WHERE state = 'queued' AND not_before < %(awake)s - interval '3 days'
UNION SELECT 'letter to subscriber ' || id FROM news_subscriberletter
WHERE state = 'queued' AND not_before < %(awake)s - interval '3 days'
UNION SELECT 'letter to subscriber ' || l.id || ' who never said yes' FROM news_subscriberletter l
JOIN news_subscription s ON s.id = l.subscription_id
WHERE s.confirmed_at IS NULL AND l.state = 'sent' AND l.kind <> 'confirm'
UNION SELECT 'letter ' || m.id || ' waits though its reader may get it' FROM messaging_message m
JOIN messaging_correspondent c ON c.id = m.correspondent_id LEFT JOIN accounts_user u ON u.id = c.user_id
WHERE m.state = 'queued' AND m.created_at < %(awake)s - interval '4 days' AND (m.lane = 'work' OR (
    SELECT count(*) FROM messaging_message s JOIN messaging_correspondent d ON d.id = s.correspondent_id
    LEFT JOIN accounts_user v ON v.id = d.user_id
    WHERE coalesce(v.email, d.email) = coalesce(u.email, c.email) AND s.lane = m.lane
    AND s.state IN ('sending', 'sent', 'unknown') AND s.claimed_at > %(awake)s - interval '35 days') < 6)
"""
#: Certificates of whoever was not there or of what was not held, more people than places, what its own house approved,
#: answers that are not as many as those who gave them, and people who were asked twice.
TRAINED_WRONGLY = """
SELECT 'certificate ' || c.id FROM learning_certificate c JOIN learning_enrolment e ON e.id = c.enrolment_id
JOIN learning_training t ON t.id = e.training_id
WHERE e.state <> 'completed' OR c.people > coalesce(e.came, 0) OR t.cancelled_at IS NOT NULL OR t.ends_at > %(now)s
UNION SELECT 'training ' || t.id || ' has more than its places' FROM learning_training t
JOIN learning_enrolment e ON e.training_id = t.id
WHERE e.state IN ('invited', 'enrolled', 'attended', 'completed', 'no_show')
GROUP BY t.id, t.places HAVING sum(e.people) > t.places
UNION SELECT 'training ' || t.id || ' approved at home' FROM learning_training t
JOIN organizations_membership m ON m.organization_id = t.organization_id AND m.user_id = t.decided_by_id
UNION SELECT 'training ' || t.id || ' and its answers to ' || a.question FROM learning_training t
JOIN learning_aftercount a ON a.training_id = t.id GROUP BY t.id, a.question
HAVING sum(a.count) <> (
    SELECT count(*) FROM learning_enrolment e WHERE e.training_id = t.id AND e.answered_on IS NOT NULL)
UNION SELECT 'asked twice ' || (payload->>'enrolment') FROM messaging_message
WHERE kind = 'training_asked' GROUP BY payload->>'enrolment', correspondent_id HAVING count(*) > 1
"""
#: What somebody pressed while they volunteered, and answers to a volunteer by anybody but the colleague who answers.
PRESSED = """
WITH days AS (
    SELECT user_id, starts_on AS since, least(ends_on, (ended_at AT TIME ZONE 'UTC')::date) AS until
    FROM organizations_volunteering WHERE user_id IS NOT NULL
), pressed (what, by, at) AS (
    SELECT 'check ' || id, checked_by_id, checked_at FROM verification_check
    UNION ALL SELECT 'review ' || id, decided_by_id, decided_at FROM verification_review
    UNION ALL SELECT 'fact ' || id, author_id, created_at FROM countries_countryfact
    UNION ALL SELECT 'fact check ' || id, person_id, at FROM countries_factcheck
    UNION ALL SELECT 'ballot ' || id, cast_by_id, cast_at FROM decisions_ballot
)
SELECT what FROM pressed JOIN days ON days.user_id = by AND (at AT TIME ZONE 'UTC')::date BETWEEN since AND until
UNION SELECT 'proposal ' || p.id FROM volunteering_volunteerproposal p
JOIN organizations_volunteering v ON v.id = p.volunteering_id
WHERE p.state IN ('accepted', 'declined') AND (
    p.answered_by_id IS NULL OR p.answered_by_id = v.user_id OR NOT EXISTS (
        SELECT 1 FROM organizations_volunteeringevent e WHERE e.pgh_obj_id = v.id
        AND e.colleague_id = p.answered_by_id))
"""
#: Organisations that stand outside the network now, by their last change; services that are not everybody's.
OUTSIDE = """
SELECT o.public_id FROM organizations_organization o JOIN LATERAL (
    SELECT * FROM joining_standingchange c WHERE c.organization_id = o.id ORDER BY c.made_at DESC, c.id DESC LIMIT 1
) last ON true
WHERE last.becomes IN ('suspended', 'left') AND (last.lapses_at IS NULL OR last.lapses_at > %(now)s)
"""
NOT_FOR_ALL = """
SELECT l.public_id FROM services_serviceatlocation l JOIN services_service s ON s.id = l.service_id
WHERE s.visibility <> 'public'
"""


class FaultSql:
    """The SQL of one moment. `awake` is when the worker last did its round."""

    def __init__(self, awake: dt.datetime) -> None:
        self._facts: dict[str, Any] = {
            "now": clock.now(),
            "awake": awake,
            "answer": dt.timedelta(days=ANSWER_DAYS),
        }

    def rows(self, sql: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(sql, self._facts)
            return sorted(str(row[0]) for row in cursor.fetchall())


def _without_next_date(ask: FaultSql) -> list[str]:
    votes = list(Vote.objects.filter(pk__in=ask.rows(HALTED)))
    halted = [f"vote {pk} is halted" for pk, n in counts_of(votes).items() if n.outcome == VoteOutcome.HALTED]
    return ask.rows(WITHOUT_NEXT_DATE) + halted


def _stale_shown_fresh(ask: FaultSql) -> list[str]:
    shown = [
        row.pk
        for model in (PublicCountryFact, MemberCountryFact)
        for row in model._default_manager.all().with_standing()  # type: ignore[attr-defined]
        if row.standing != "stale"
    ]
    return sorted(set(ask.rows(STALE)) & set(shown))


def _danger_by_one(ask: FaultSql) -> list[str]:
    shown = {
        row.pk
        for model in (PublicCountryNotice, MemberCountryNotice)
        for row in model._default_manager.all().current()  # type: ignore[attr-defined]
        if row.shown == "danger"
    }
    return sorted(set(ask.rows(ALONE)) & shown)


def _lapsed_without_rights(ask: FaultSql) -> list[str]:
    inside = Organization.objects.in_network().values_list("public_id", flat=True)
    return sorted(set(ask.rows(LAPSED)) - set(inside))


def _listings_of_no_member(ask: FaultSql) -> list[str]:
    outside = ask.rows(OUTSIDE)
    shown = (
        model._default_manager.filter(organization_id__in=outside).order_by("pk").values_list("pk", flat=True)
        for model in (PublicListing, MemberListing)
    )
    return sorted({key for keys in shown for key in keys})


def _digest_tells_hidden(ask: FaultSql) -> list[str]:
    """Lines that everybody is shown today, of a service that is not everybody's or whose house stands outside."""
    digests = list(PublicDigest.objects.values_list("pk", flat=True))
    told = {line.ref for line, _place in lines_shown(digests, clock.now()) if line.about == "listing"}
    outside = set(ask.rows(OUTSIDE))
    gone = {row.pk for row in PublicListing.objects.filter(pk__in=told) if row.organization_id in outside}
    return sorted((set(ask.rows(NOT_FOR_ALL)) & told) | gone)


def _sql(text: str) -> Callable[[FaultSql], list[str]]:
    return lambda ask: ask.rows(text)


def _cells(number: int) -> list[str]:
    return [f"cell {n}" for n in range(number)]


#: What is counted. The last two are told by the stories and by what readers see.
KEYS: Mapping[str, Callable[[FaultSql], list[str]]] = {
    "states_without_next_date": _without_next_date,
    "votes_twice": _sql(VOTES_TWICE),
    "votes_after_end": _sql(AFTER_END),
    "conflicts_allowed": _sql(CONFLICTS),
    "stale_facts_fresh": _stale_shown_fresh,
    "danger_by_one": _danger_by_one,
    "standing_without_change": _sql(STANDING),
    "lapsed_without_rights": _lapsed_without_rights,
    "listings_of_no_member": _listings_of_no_member,
    "letters_twice": _sql(LETTERS_TWICE),
    "letters_left_behind": _sql(LETTERS_LEFT),
    "digest_tells_hidden": _digest_tells_hidden,
    "scores_by_conflicted": _sql(SCORES),
    "reviews_by_own": lambda _ask: [f"review {row.pk}" for row in YearlyReview.objects.by_own()],
    "trained_wrongly": _sql(TRAINED_WRONGLY),
    "volunteer_pressed": _sql(PRESSED),
    "gaps_unknown_as_none": lambda _ask: _cells(gaps_unknown_as_none()),
    "small_cells_shown": lambda _ask: _cells(small_cells_shown()),
    "forbidden_allowed": lambda _ask: [],
    "hostile_unwarned": lambda _ask: [],
}


def look(awake: dt.datetime) -> dict[str, list[str]]:
    """The faults of this moment, by key."""
    ask = FaultSql(awake)
    return {name: find(ask) for name, find in KEYS.items()}
