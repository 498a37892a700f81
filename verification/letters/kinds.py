"""Kinds of letters that verification writes. `letters.writers` names the writer of each."""

from __future__ import annotations

#: To an organisation's own people: what is due. To coordinators and administrators: what waits.
DUE, ESCALATION = "due", "escalation"
#: Asked for on the page of a link that has expired.
NEW_LINK = "new_link"
#: A coordinator asks owners to confirm now.
ASKED = "asked"
#: Once a week, what waits on a desk.
DIGEST = "digest"
#: A campaign that had asked was stopped.
CAMPAIGN_OVER = "campaign_over"
#: News: a report, a check given away, a submission that came back, a profile that waits.
REPORTED, ASSIGNED, RETURNED, PROFILE = "reported", "assigned", "returned", "profile"
#: Something was said on the phone to have changed, or a reader's suggestion became a draft.
HEARD = "heard"
#: A listing of theirs and one of another organisation may be one and the same: their word is asked for.
TWINS = "twins"
#: An account read more of what is not public than work asks for.
READ_IN_BULK = "read_in_bulk"
#: An administrator wants to open what an organisation hides; it is open.
DISCLOSURE_ASKED, DISCLOSED = "disclosure_asked", "disclosed"
#: About the safety of people, not about keeping the map right: outside the six of a month (ADR 0198).
WORK = frozenset({READ_IN_BULK})
