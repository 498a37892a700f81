"""What the database holds fast of an announced vote, and the one change that it lets through."""

from __future__ import annotations

import datetime as dt

#: So many days after the end of its vote the council may answer an objection; unanswered, it stands.
ANSWER_DAYS = 14
#: One that ended without its quorum may run on, once, for so many days more; the trigger names them, too.
PROLONGED_DAYS = 7
BY_OTHERS = """
    IF EXISTS (SELECT 1 FROM decisions_voter w WHERE w.id = NEW.voter_id AND w.organization_id = NEW.answered_for_id)
    THEN
        RAISE EXCEPTION 'another organisation answers' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
NOT_ABOUT_ONESELF = """
    IF EXISTS (SELECT 1 FROM decisions_vote v WHERE v.id = NEW.vote_id AND v.about_id = NEW.organization_id) THEN
        RAISE EXCEPTION 'nobody votes about their own organisation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
STAYS = """
    IF OLD.state <> 'draft' AND NOT (
        OLD.prolongs AND OLD.prolonged_at IS NULL AND NEW.prolonged_at >= OLD.closes_at
        AND NEW.closes_at = NEW.prolonged_at + interval '7 days'
        AND (NEW.body_id, NEW.question, NEW.text, NEW.options, NEW.about_id, NEW.paper_id, NEW.quorum, NEW.threshold,
             NEW.is_secret, NEW.opens_at, NEW.prolongs, NEW.is_inner)
            IS NOT DISTINCT FROM
            (OLD.body_id, OLD.question, OLD.text, OLD.options, OLD.about_id, OLD.paper_id, OLD.quorum, OLD.threshold,
             OLD.is_secret, OLD.opens_at, OLD.prolongs, OLD.is_inner)
        AND NOT EXISTS (SELECT 1 FROM decisions_decision d WHERE d.vote_id = OLD.id)
    ) THEN
        RAISE EXCEPTION 'an announced vote stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def answered_until(closes_at: dt.datetime) -> dt.datetime:
    """Until when objections in a vote that ends then may be answered."""
    return closes_at + dt.timedelta(days=ANSWER_DAYS)
