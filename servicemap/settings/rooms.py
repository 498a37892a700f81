"""What higher rooms bring to lower ones, which do not know them: by name."""

#: Who writes which kind of letter: tables by the kind, one of each room that writes.
LETTER_WRITERS = [
    "messaging.writers.WRITERS",
    "verification.letters.writers.WRITERS",
    "referrals.letters.WRITERS",
    "network.decisions.letters.WRITERS",
    "network.joining.letters.WRITERS",
    "network.reviews.letters.WRITERS",
    "network.grants.letters.WRITERS",
    "network.learning.letters.WRITERS",
    "network.volunteering.letters.WRITERS",
    "network.evaluation.letters.WRITERS",
    "network.news.letters.WRITERS",
    "personal.letters.WRITERS",
]
#: Which of these kinds are work, each room's own word (ADR 0198); the others keep the map right, six a month.
LETTERS_OF_WORK = [
    "verification.letters.kinds.WORK",
    "network.decisions.kinds.WORK",
    "network.joining.kinds.WORK",
    "network.reviews.kinds.WORK",
    "network.grants.kinds.WORK",
    "network.learning.kinds.WORK",
    "network.volunteering.kinds.WORK",
    "network.evaluation.kinds.WORK",
]
#: The writers of each channel beside e-mail: what is not there goes by e-mail alone.
CHANNEL_WRITERS = {"telegram": "telegram.letters.WRITERS"}
#: What rooms above verification publish, made anew with the directory.
PUBLISHES_BESIDE = [
    "network.countries.publication.publish_all",
    "network.decisions.publication.publish_all",
    "network.news.publication.publish_all",
    "network.reviews.publication.publish_all",
    "network.grants.publication.publish_all",
    "network.learning.publication.publish_all",
    "translations.publication.publish_all",
]
#: When an organisation's standing changes: one handler for each room that has to do with it, in the same transaction.
STANDING_FOLLOWERS = [
    "verification.upkeep.standings.follow",
    "referrals.rounds.follow_standing",
    "network.grants.services.running.follow_standing",
]
#: When two organisations are one: each room hands what is under way over to the one that stays, in one transaction.
MERGE_FOLLOWERS = [
    "network.grants.services.merging.hand_over",
    "network.decisions.services.merging.hand_over",
    "network.joining.services.merging.hand_over",
    "network.reviews.services.merging.hand_over",
    "network.countries.merging.hand_over",
    "network.gaps.services.merging.hand_over",
    "network.learning.services.merging.hand_over",
    "referrals.services.merging.hand_over",
]
#: Numbers beside a cell of the matrix of gaps (`network.gaps.sources`), in the order in which they are shown.
GAP_SOURCES = [
    "referrals.refused.SOURCE",
    "network.reviews.barriers.BARRIERS",
    "network.gaps.sources.told.VISITS",
    "network.gaps.sources.told.REPORTS",
    "network.gaps.sources.told.SUGGESTIONS",
    "network.gaps.sources.told.SEARCHES",
]
#: Who says that something is not there: the only ground on which a cell says «none».
GAP_ABSENCES = ["network.gaps.sources.looked.standing"]
#: Reads the strings of pages in a language anew, where somebody looks at one that is not open to everybody.
WORDS_OF_PAGES = "servicemap.tongues.wording.refresh"
#: Counts of ways for the figures of a period (`network.evaluation.formulas`).
WAY_COUNTS = "referrals.ways.counted"
