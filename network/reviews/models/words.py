"""The words of this wing, as codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.tables.spectrum import Barrier, SpectrumAnswer

__all__ = [
    "CRITERIA",
    "ActionState",
    "Barrier",
    "Criterion",
    "CriterionAnswer",
    "CriterionGroup",
    "SpectrumAnswer",
    "Support",
    "VoiceAnswer",
    "VoiceQuestion",
    "YearlyState",
]  # fmt: skip


class YearlyState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("yearly review", "Planned")
    SELF = "self", pgettext_lazy("yearly review", "Self-review")
    PEER = "peer", pgettext_lazy("yearly review", "Another organisation looks")
    DISPUTED = "disputed", pgettext_lazy("yearly review", "Disputed")
    AGREED = "agreed", pgettext_lazy("yearly review", "Agreed")
    DROPPED = "dropped", pgettext_lazy("yearly review", "Called off")


class CriterionAnswer(models.TextChoices):
    MET = "met", pgettext_lazy("criterion", "Met")
    PARTLY = "partly", pgettext_lazy("criterion", "In part")
    NOT_MET = "not_met", pgettext_lazy("criterion", "Not met")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("criterion", "Does not apply")


class CriterionGroup(models.TextChoices):
    DIGNITY = "dignity", _("Dignity")
    COMMUNITY = "community", _("Community")
    ACCESS = "access", pgettext_lazy("criteria", "Access")
    COMPETENCE = "competence", _("Competence")
    CONTINUITY = "continuity", _("Continuity")
    SAFETY = "safety", _("Safety of data and people")


class Criterion(models.TextChoices):
    """Twenty-four, four in each group."""

    CONSENT = "consent", _("Nothing happens without the person's consent")
    ANONYMITY = "anonymity", _("Help is possible without giving a name")
    NO_CONDITIONS = "no_conditions", _("Nobody has to stop using substances to get help")
    COMPLAINTS = "complaints", _("A complaint can be made, and is answered")
    PEERS_IN_STAFF = "peers_in_staff", _("People of the communities work in the team")
    PEERS_DECIDE = "peers_decide", _("People of the communities take part in decisions")
    PEERS_PAID = "peers_paid", _("Peer workers are paid like others")
    FEEDBACK = "feedback", _("Clients are asked, and something changes by it")
    NO_PAPERS = "no_papers", _("Without documents and free of charge")
    HOURS = "hours", _("Hours and the way there suit those who come")
    LANGUAGES = "languages", _("Languages of those who come, or an interpreter")
    FOR_EVERYBODY = "for_everybody", _("Women, young people and trans people are welcome")
    TRAINING = "training", _("The team is trained, and training does not run out")
    PROTOCOLS = "protocols", _("Protocols for tests and for an overdose")
    VIOLENCE = "violence", _("It is clear what to do when somebody tells of violence")
    SUPERVISION = "supervision", _("The team has supervision and rest")
    REFERRAL = "referral", _("People are sent on, and the answer is waited for")
    STOCK = "stock", _("There is a reserve of what must not run out")
    GOING_ALONG = "going_along", _("Somebody goes along when it is hard alone")
    AFTER_CARE = "after_care", _("Contact is kept after the first visit")
    WHAT_IS_KEPT = "what_is_kept", _("As little as possible is written down")
    WHO_SEES = "who_sees", _("It is known who sees the notes")
    SEARCH_PLAN = "search_plan", _("There is a plan for a search by the police")
    SAFEGUARDING = "safeguarding", _("Children and staff are protected")


_G, _C = CriterionGroup, Criterion
#: The order of the page.
CRITERIA: dict[CriterionGroup, tuple[Criterion, ...]] = {
    _G.DIGNITY: (_C.CONSENT, _C.ANONYMITY, _C.NO_CONDITIONS, _C.COMPLAINTS),
    _G.COMMUNITY: (_C.PEERS_IN_STAFF, _C.PEERS_DECIDE, _C.PEERS_PAID, _C.FEEDBACK),
    _G.ACCESS: (_C.NO_PAPERS, _C.HOURS, _C.LANGUAGES, _C.FOR_EVERYBODY),
    _G.COMPETENCE: (_C.TRAINING, _C.PROTOCOLS, _C.VIOLENCE, _C.SUPERVISION),
    _G.CONTINUITY: (_C.REFERRAL, _C.STOCK, _C.GOING_ALONG, _C.AFTER_CARE),
    _G.SAFETY: (_C.WHAT_IS_KEPT, _C.WHO_SEES, _C.SEARCH_PLAN, _C.SAFEGUARDING),
}


class Support(models.TextChoices):
    """What an organisation asks the network for."""

    NONE = "none", pgettext_lazy("support", "We manage ourselves")
    TRAINING = "training", pgettext_lazy("support", "Training")
    GRANT = "grant", pgettext_lazy("support", "A small grant")
    VISIT = "visit", pgettext_lazy("support", "A visit by colleagues")


class ActionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("action", "Open")
    DONE = "done", pgettext_lazy("action", "Done")
    DROPPED = "dropped", pgettext_lazy("action", "Dropped")


class VoiceQuestion(models.TextChoices):
    GOT_IT = "got_it", _("Did you get what you needed?")
    RESPECT = "respect", _("Were you treated with respect?")
    AGAIN = "again", _("Will you come again?")


class VoiceAnswer(models.TextChoices):
    YES = "yes", pgettext_lazy("client", "Yes")
    PARTLY = "partly", pgettext_lazy("client", "Not quite")
    NO = "no", pgettext_lazy("client", "No")
