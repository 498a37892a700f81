"""What the database holds fast of an announced vote, and the one change that it lets through."""

#: One that ended without its quorum may run on, once, for so many days more; the trigger names them, too.
PROLONGED_DAYS = 7
STAYS = """
    IF OLD.state <> 'draft' AND NOT (
        OLD.prolongs AND OLD.prolonged_at IS NULL AND NEW.prolonged_at >= OLD.closes_at
        AND NEW.closes_at = NEW.prolonged_at + interval '7 days'
        AND (NEW.body_id, NEW.question, NEW.text, NEW.options, NEW.about_id, NEW.paper_id, NEW.quorum, NEW.threshold,
             NEW.is_secret, NEW.opens_at, NEW.prolongs)
            IS NOT DISTINCT FROM
            (OLD.body_id, OLD.question, OLD.text, OLD.options, OLD.about_id, OLD.paper_id, OLD.quorum, OLD.threshold,
             OLD.is_secret, OLD.opens_at, OLD.prolongs)
        AND NOT EXISTS (SELECT 1 FROM decisions_decision d WHERE d.vote_id = OLD.id)
    ) THEN
        RAISE EXCEPTION 'an announced vote stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
