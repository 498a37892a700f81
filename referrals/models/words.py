"""Every answer that a referral knows. All of them are codes: nobody can write a name or a diagnosis into one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Supply(models.TextChoices):
    """What the person must not run out of."""

    NONE = "none", _("No medicine")
    ART = "art", _("Antiretroviral therapy")
    OST = "ost", _("Opioid substitution therapy")
    TB = "tb", _("Medicine against tuberculosis")
    HEPATITIS = "hepatitis", _("Medicine against hepatitis")
    PREP = "prep", _("PrEP")
    HORMONES = "hormones", _("Hormone therapy")


class Circumstance(models.TextChoices):
    """What the other side should know before it answers."""

    WITH_CHILD = "with_child", _("Comes with a child")
    PREGNANT = "pregnant", _("Pregnant")
    UNDER_18 = "under_18", _("Under 18")
    MOVES_LITTLE = "moves_little", _("Moves with difficulty")
    NO_DOCUMENTS = "no_documents", _("Without documents")
    DEPORTATION = "deportation", _("May be deported")
    DANGER = "danger", _("In danger now")
    EXPOSED = "exposed", _("Possible exposure to HIV within 72 hours")
    NO_CALLS = "no_calls", _("Must not be called")
    TO_BE_MET = "to_be_met", _("Has to be met")
    NO_MONEY = "no_money", _("No money for the way")
    NO_SHELTER = "no_shelter", _("Nowhere to sleep")
    WITH_SOMEBODY = "with_somebody", _("Comes with somebody who helps")
    WOMAN_ASKED = "woman_asked", _("Wants to speak with a woman")


class ContactWay(models.TextChoices):
    COMES = "comes", _("Will come in person")
    CALLS = "calls", _("Will call")
    COLLEAGUES = "colleagues", _("Colleagues bring them together")


class Mode(models.TextChoices):
    """How the person and the service meet."""

    TRAVELS = "travels", _("The person comes")
    REMOTE = "remote", _("At a distance")
    POST = "post", _("By post")


class Urgency(models.TextChoices):
    TODAY = "today", pgettext_lazy("urgency", "Today")
    URGENT = "urgent", pgettext_lazy("urgency", "Urgent")
    ORDINARY = "ordinary", pgettext_lazy("urgency", "Ordinary")


class Role(models.TextChoices):
    FIRST = "first", pgettext_lazy("request", "First")
    FALLBACK = "fallback", pgettext_lazy("request", "In reserve")
    REDIRECTED = "redirected", pgettext_lazy("request", "Passed on")


class OfferState(models.TextChoices):
    """Where one organisation's work on one stage stands."""

    WAITING = "waiting", _("In reserve, not asked yet")
    SENT = "sent", _("Asked")
    SEEN = "seen", _("Received")
    QUESTION = "question", _("Has a question")
    ACCEPTED = "accepted", _("Takes")
    DECLINED = "declined", _("Cannot")
    REDIRECTED = "redirected", _("Names another one")
    LAPSED = "lapsed", _("No answer in time")
    RETURNED = "returned", _("Took and gave back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LegState(models.TextChoices):
    ASKING = "asking", _("Waits for an answer")
    PLACED = "placed", _("Is expected")
    STUCK = "stuck", _("Nobody to take it")
    ARRIVED = "arrived", _("Has arrived")
    SERVED = "served", _("Was helped")
    CLOSED = "closed", _("Closed")


class ReferralState(models.TextChoices):
    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Closed")


class Outcome(models.TextChoices):
    SERVED = "served", _("Helped")
    PARTLY = "partly", _("Helped in part")
    NO_SHOW = "no_show", _("Did not come")
    REFUSED = "refused", _("Did not want to")
    COULD_NOT = "could_not", _("We could not")
    LOST = "lost", _("Contact is lost")
    MOVED_ON = "moved_on", _("Went on to another place")
    ELSEWHERE = "elsewhere", _("Helped elsewhere")
    WITHDRAWN = "withdrawn", _("Consent was taken back")


class Reason(models.TextChoices):
    """Why not. By the first three a person answers without signing in."""

    NO_PLACES = "no_places", _("No places")
    NO_STOCK = "no_stock", _("The medicine is not there")
    NOT_WORKING = "not_working", _("The service does not work now")
    NOT_ELIGIBLE = "not_eligible", _("We may not take this person")
    WRONG_SERVICE = "wrong_service", _("We do something else")
    UNSAFE = "unsafe", _("It would not be safe here")
    CANNOT_REACH = "cannot_reach", _("The person does not answer")
    OTHER = "other", _("Another reason, by phone")


class CodedQuestion(models.TextChoices):
    WHEN = "when", _("When do they arrive?")
    DAYS_LEFT = "days_left", _("For how many days is there medicine?")
    LANGUAGE = "language", _("Which language?")
    DOCUMENTS = "documents", _("Which documents are there?")
    CHILD = "child", _("Do they come with a child?")
    CONTACT = "contact", _("How do we meet them?")
    HOUSING = "housing", _("Is there somewhere to stay?")
    SUPPLY = "supply", _("Which medicine?")
    CALL_ME = "call_me", _("Please call us")


class ConsentMethod(models.TextChoices):
    ORAL = "oral", _("Read aloud, the person said yes")
    PAPER = "paper", _("On paper, which stays with us")
    INTERPRETER = "interpreter", _("Through an interpreter")


class AnsweredBy(models.TextChoices):
    WORKSPACE = "workspace", _("in the workspace")
    LINK = "link", _("by the link in a letter")
    TELEGRAM = "telegram", _("in the chat with the bot")


class AnswerBand(models.TextChoices):
    """How soon the first answer came, rough enough to say nothing about a person."""

    IN_TIME = "in_time", _("in time")
    LATE = "late", _("late")
    NEVER = "never", _("no answer")


class ReferralStep(models.TextChoices):
    """What happened, for the history. It holds no content."""

    SEND = "send", _("Asked")
    SEE = "see", _("Received")
    ASK = "ask", _("A question")
    ANSWER = "answer", _("The question was answered")
    ACCEPT = "accept", _("Taken")
    DECLINE = "decline", _("Not taken")
    REDIRECT = "redirect", _("Another one was named")
    LAPSE = "lapse", _("No answer in time")
    GIVE_BACK = "give_back", _("Given back")
    WITHDRAW = "withdraw", _("Withdrawn")
    NOBODY = "nobody", _("Nobody is left to ask")
    ARRIVE = "arrive", _("Arrived")
    SERVE = "serve", _("Helped")
    CLOSE = "close", _("Closed")
    REOPEN = "reopen", _("Opened again")
    FOUND = "found", _("The code was shown at another organisation")
    CONSENT_BACK = "consent_back", _("Consent was taken back")
    REMIND = "remind", _("Reminded")
    ESCALATE = "escalate", _("The coordinator was told")
