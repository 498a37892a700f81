"""What must never happen to a referral, asked of the database by SQL of its own; and when something falls due next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db import connection

#: One question for a look. A stage without a next date; an urgent request past its hour with neither coordinator nor
#: anybody else asked; a stage with two yeses; medicine that ends in two days of which nobody has been told, though
#: there were three days when it was sent.
_FAULTS = """
SELECT 'without_next_date' AS name, 'stage ' || l.id AS fault FROM referrals_leg l
WHERE l.state = 'asking' AND NOT EXISTS (
    SELECT 1 FROM referrals_offer o WHERE o.leg_id = l.id AND o.state IN ('sent', 'seen', 'question'))
UNION ALL SELECT 'without_next_date', 'stage ' || id FROM referrals_leg
WHERE state IN ('placed', 'arrived') AND (news_at IS NULL OR news_at < %(now)s - interval '1 day')
UNION ALL SELECT 'urgent_unescalated', 'request ' || o.id FROM referrals_offer o JOIN referrals_leg l ON l.id = o.leg_id
WHERE o.state IN ('sent', 'seen') AND o.answer_by < %(now)s - interval '1 hour' AND o.escalated_at IS NULL
AND l.urgency IN ('today', 'urgent') AND (
    SELECT count(*) FROM referrals_offer other
    WHERE other.leg_id = o.leg_id AND other.sent_at IS NOT NULL AND other.state <> 'waiting') < 2
UNION ALL SELECT 'double_accepted', 'stage ' || leg_id FROM referrals_offer
WHERE state = 'accepted' GROUP BY leg_id HAVING count(*) > 1
UNION ALL SELECT 'medicine_ended_untold', 'stage ' || l.id FROM referrals_leg l
JOIN referrals_referral r ON r.id = l.referral_id
WHERE l.state = 'asking' AND l.on_medicine
AND r.supply_ends_on = ((%(now)s + interval '2 days') AT TIME ZONE 'UTC')::date
AND (r.created_at AT TIME ZONE 'UTC')::date <= r.supply_ends_on - 3
AND NOT EXISTS (
    SELECT 1 FROM referrals_referralevent e WHERE e.leg_id = l.id AND e.step IN ('escalate', 'nobody'))
AND NOT EXISTS (
    SELECT 1 FROM referrals_offer o WHERE o.leg_id = l.id AND o.state IN ('sent', 'seen', 'question')
    AND o.coordinator_at >= %(now)s)
ORDER BY 1, 2
"""

#: Every instant that a rule of the product or a question above compares with the clock.
_NEXT = """
SELECT min(at) FROM (
    SELECT unnest(ARRAY[remind_at, answer_by + interval '1 hour', coordinator_at, fallback_at,
                        asked_at + interval '1 day']) AS at
    FROM referrals_offer WHERE state IN ('sent', 'seen', 'question')
    UNION ALL SELECT unnest(ARRAY[nobody_at, news_at, news_at + interval '1 day']) FROM referrals_leg
    WHERE state <> 'closed'
) instants WHERE at > %(now)s
"""


def look(now: dt.datetime) -> dict[str, list[str]]:
    """The faults of this moment, by key."""
    found: dict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_FAULTS, {"now": now})
        for name, fault in cursor.fetchall():
            found[name].append(fault)
    return found


def next_instant(now: dt.datetime) -> dt.datetime | None:
    """When the clock changes something next, should nobody act before."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"now": now})
        row = cursor.fetchone()
    return row[0] if row else None
