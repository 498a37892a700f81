"""An application from its first word to its end. Every state but an end has a day by which something happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable, codes_field
from core.languages import SOURCE
from network.decisions.models import Decision, Vote
from network.joining.models.calls import Call
from network.joining.models.words import BEFORE_THE_NETWORK, ENDED, ApplicationState
from organizations.models import Membership, Organization
from organizations.models.membership import OWN_ROLES
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: States that end by their day alone, whoever else is asleep.
RUNS_OUT = (ApplicationState.DRAFT, ApplicationState.NEEDS_INFO)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User | AnonymousUser) -> ApplicationQuerySet:
        """People of the network read what was sent; those of the newcomer read their own."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        rows = self.filter(state__in=BEFORE_THE_NETWORK)
        if is_network_person(user):
            return rows
        own = Membership.objects.filter(user=user, role__in=OWN_ROLES)
        return rows.filter(organization__in=own.values("organization"))

    def under_way(self) -> ApplicationQuerySet:
        """Those that somebody of the network still has to do with, the nearest day first."""
        rows = self.filter(state__in=BEFORE_THE_NETWORK).exclude(state__in=ENDED)
        return rows.exclude(state=ApplicationState.NEEDS_INFO, due_at__lte=clock.now()).order_by("due_at", "pk")

    def ended(self) -> ApplicationQuerySet:
        silent = Q(state=ApplicationState.NEEDS_INFO, due_at__lte=clock.now())
        return self.filter(Q(state__in=ENDED) | silent).order_by("-state_at", "-pk")

    def run_out(self) -> ApplicationQuerySet:
        """Those whose day has come and that nobody has ended yet."""
        return self.filter(state__in=RUNS_OUT, due_at__lte=clock.now()).order_by("pk")


@pghistory.track(exclude=["email", "about", "answers", "declared_by", "referees_note", "answer"])
class Application(Editable):
    """An organisation that wants to join. `organization` is made when it is sent; `due_at` says until when the state

    lasts; `answer` is what the applicant reads at the end, in words.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    state_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True, blank=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language of letters"), max_length=8, default=SOURCE)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    website = models.CharField(_("website"), max_length=250, blank=True)
    registration_country = models.CharField(_("country of registration"), max_length=2, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    groups = codes_field(_("for whom"))
    services = codes_field(_("services"))
    about = models.TextField(_("about the organisation"), max_length=4000, blank=True)
    answers = models.JSONField(_("answers"), default=list, blank=True)
    referee_one = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    referee_two = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    referees_note = models.CharField(_("whom to ask there"), max_length=500, blank=True)
    declared_by = models.CharField(_("who accepts the declaration"), max_length=160, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    organization = models.OneToOneField(Organization, models.PROTECT, null=True, blank=True, related_name="application")
    vote = models.OneToOneField(Vote, models.PROTECT, null=True, blank=True, related_name="application")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="application")
    mentor = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="mentored")
    answer = models.TextField(_("answer to the applicant"), max_length=2000, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-state_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="application_has_its_next_day",
                condition=Q(state__in=[*ENDED], due_at__isnull=True)
                | (~Q(state__in=[*ENDED]) & Q(due_at__isnull=False)),
                violation_error_message=_("Every state has a day by which something happens."),
            ),
            models.CheckConstraint(
                name="application_sent_whole",
                condition=Q(sent_at__isnull=True)
                | (Q(confirmed_at__isnull=False, declared_at__isnull=False, organization__isnull=False) & ~Q(name="")),
                violation_error_message=_("What is sent is whole."),
            ),
            models.CheckConstraint(
                name="application_two_referees",
                condition=Q(referee_one__isnull=True) | Q(referee_two__isnull=True) | ~Q(referee_one=F("referee_two")),
                violation_error_message=_("Choose two different organisations."),
            ),
            models.CheckConstraint(
                name="application_mentor_is_another",
                condition=Q(mentor__isnull=True) | Q(organization__isnull=True) | ~Q(mentor=F("organization")),
                violation_error_message=_("Another organisation goes along."),
            ),
            models.CheckConstraint(
                name="application_declined_in_words",
                condition=~Q(state="declined") | ~Q(answer=""),
                violation_error_message=_("Say why."),
            ),
            models.UniqueConstraint(
                fields=["call", "email"],
                condition=~Q(state__in=[*ENDED]),
                name="application_one_under_way_per_address",
                violation_error_message=_("There is an application from this address already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.public_id

    @property
    def stage(self) -> ApplicationState:
        """The state by the clock of the question: what has run out is closed, whoever else is asleep."""
        state = ApplicationState(self.state)
        ran_out = state in RUNS_OUT and self.due_at is not None and self.due_at <= clock.now()
        return ApplicationState.CLOSED if ran_out else state

    @property
    def is_ended(self) -> bool:
        return self.stage in ENDED


class ApplicationLink(models.Model):
    """A link to an application out of a letter. The letter alone holds the token, here lies its hash."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("link to an application")
        verbose_name_plural = _("links to applications")

    def __str__(self) -> str:
        return f"{self.application_id}"


@pghistory.track(exclude=["text", "answer"])
class ApplicationQuestion(Editable):
    """What the network asks the applicant, and what they answer."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question to an applicant")
        verbose_name_plural = _("questions to applicants")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="applicationquestion_one_at_a_time",
                violation_error_message=_("The last question waits for its answer."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="applicationquestion_answered_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("answered_at"),
                func="""
                    IF OLD.answered_at IS NOT NULL AND NEW.answered_at IS DISTINCT FROM OLD.answered_at THEN
                        RAISE EXCEPTION 'an answer is given once' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
