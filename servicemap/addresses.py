"""Which view answers at the pages that lower rooms name; a system check opens each."""

from core.addresses import Page

ADDRESSES: dict[Page, str] = {
    Page.PLACE: "maps:place",
    Page.MEMBERS_PLACE: "maps:members_place",
    Page.ORGANIZATION: "maps:organization",
    Page.MEMBERS_ORGANIZATION: "maps:members_organization",
    Page.LETTER: "confirm:page",
    Page.RHYTHM: "confirm:rhythm",
    Page.DESK: "workspace:home",
    Page.TWINS: "workspace:duplicates",
    Page.MERGE: "workspace:merge",
    Page.COORDINATION: "workspace:coordination",
    Page.REPORTS: "workspace:coordination-reports",
    Page.GUARDING: "workspace:guarding",
    Page.QUEUE: "workspace:reviews",
    Page.REFERRALS: "workspace:referrals",
    Page.REFERRAL: "workspace:referral",
    Page.REFERRAL_OFFER: "workspace:referral-offer",
    Page.REFERRAL_PILES: "workspace:referral-piles",
    Page.TELEGRAM: "workspace:telegram",
    Page.REFERRAL_NEW: "workspace:referral-new",
    Page.VOTE: "workspace:network-vote",
    Page.DECISION: "workspace:network-decision",
    Page.APPLICATION: "joining:application",
    Page.JOINING: "workspace:network-application",
    Page.MEMBERSHIP: "workspace:network-members",
    Page.INVITATION: "invitation",
    Page.BOOK: "exchange:services",
    Page.BOOK_BACK: "exchange:upload",
    Page.ACKNOWLEDGE: "acknowledge:page",
}
