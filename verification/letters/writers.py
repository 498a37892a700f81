"""Who writes which kind of letter. `messaging` finds this table by its name in the settings (LETTER_WRITERS)."""

from __future__ import annotations

from collections.abc import Mapping

from messaging.letters import Writer
from verification.letters import kinds
from verification.letters.occasions import alerts, asking, campaigns, digest, guarding, heard, listings, profiles, twins

WRITERS: Mapping[str, Writer] = {
    kinds.DUE: listings.due,
    kinds.NEW_LINK: listings.new_link,
    kinds.ESCALATION: listings.escalation,
    kinds.ASKED: asking.asked,
    kinds.CAMPAIGN_OVER: campaigns.campaign_over,
    kinds.DIGEST: digest.digest,
    kinds.REPORTED: alerts.reported,
    kinds.ASSIGNED: alerts.assigned,
    kinds.RETURNED: alerts.returned,
    kinds.HEARD: heard.heard,
    kinds.TWINS: twins.twins,
    kinds.PROFILE: profiles.profile_letter,
    kinds.READ_IN_BULK: guarding.read_in_bulk,
    kinds.DISCLOSURE_ASKED: guarding.disclosure_asked,
    kinds.DISCLOSED: guarding.disclosed,
}
