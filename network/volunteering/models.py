"""What a volunteer proposes, and what a colleague made of it.

The database refuses what no screen may do: an answer by anybody but the colleague who answers for the volunteer, a
proposal outside of the days, more of them than somebody can look through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.constraints import Editable, codes_field
from directory.tables.topics import FactAnswer, Topic
from network.countries.models import CountryFact
from organizations.models import Membership, Volunteering
from organizations.models.volunteering import ANSWERING_ROLES
from services.models import ServiceAtLocation
from verification.models import Check, CheckMethod, CheckOutcome, Proposal, Snapshot

if TYPE_CHECKING:
    from accounts.models import User
    from organizations.models.volunteering import VolunteeringQuerySet

#: So many wait for a colleague's word at the most.
OPEN_AT_MOST = 20


class BroughtKind(models.TextChoices):
    CHECK = "check", pgettext_lazy("a volunteer brings", "A check")
    EDIT = "edit", pgettext_lazy("a volunteer brings", "A change of what stands on the map")
    FACT = "fact", pgettext_lazy("a volunteer brings", "A fact about a country")


class BroughtState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a volunteer's proposal", "waits for a colleague")
    ACCEPTED = "accepted", pgettext_lazy("a volunteer's proposal", "accepted")
    DECLINED = "declined", pgettext_lazy("a volunteer's proposal", "not accepted")
    TAKEN_BACK = "taken_back", pgettext_lazy("a volunteer's proposal", "taken back")


#: How a volunteer may have looked: what a check of the network may be, but for papers, which colleagues see.
METHODS = (CheckMethod.CALL, CheckMethod.MESSAGE, CheckMethod.VISIT)
#: What may have been found.
FOUND = (CheckOutcome.CORRECT, CheckOutcome.WRONG, CheckOutcome.UNREACHABLE)

_WITHIN_THE_DAYS = """
    PERFORM 1 FROM organizations_volunteering WHERE id = NEW.volunteering_id FOR UPDATE;
    IF NEW.state <> 'open' OR NOT EXISTS (
        SELECT 1 FROM organizations_volunteering v WHERE v.id = NEW.volunteering_id AND v.user_id IS NOT NULL
        AND v.ended_at IS NULL AND (NEW.said_at AT TIME ZONE 'UTC')::date BETWEEN v.starts_on AND v.ends_on
    ) THEN
        RAISE EXCEPTION 'a volunteer proposes within their days' USING ERRCODE = 'check_violation';
    END IF;
    IF (
        SELECT count(*) FROM volunteering_volunteerproposal p
        WHERE p.volunteering_id = NEW.volunteering_id AND p.state = 'open'
    ) >= AT_MOST THEN
        RAISE EXCEPTION 'nobody looks through more at once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""".replace("AT_MOST", str(OPEN_AT_MOST))
_BY_THE_COLLEAGUE = """
    IF NEW.state IS DISTINCT FROM OLD.state AND (OLD.state <> 'open' OR (
        NEW.state IN ('accepted', 'declined') AND NOT EXISTS (
            SELECT 1 FROM organizations_volunteering v JOIN organizations_membership m
            ON m.user_id = v.colleague_id AND m.organization_id = v.organization_id AND m.role IN ('editor', 'manager')
            WHERE v.id = NEW.volunteering_id AND v.colleague_id = NEW.answered_by_id
            AND v.user_id IS DISTINCT FROM NEW.answered_by_id
        )
    )) THEN
        RAISE EXCEPTION 'the colleague who answers for the volunteer presses, once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def _says_enough() -> Q:
    """A check says how and what was found, more than "right" in words; a change what; a fact where it stands."""
    of_listing = Q(listing__isnull=False, country="", topic="", answer="", source_title="")
    check = Q(kind=BroughtKind.CHECK, method__in=METHODS, outcome__in=FOUND)
    check &= ~Q(outcome=CheckOutcome.WRONG) | ~Q(said="")
    edit = Q(kind=BroughtKind.EDIT, method="", outcome="") & ~Q(said="")
    fact = Q(kind=BroughtKind.FACT, listing__isnull=True, method="", outcome="")
    for name in ("said", "country", "topic", "answer", "source_title"):
        fact &= ~Q(**{name: ""})
    return (of_listing & (check | edit)) | fact


class BroughtQuerySet(models.QuerySet["VolunteerProposal"]):
    def open(self) -> BroughtQuerySet:
        return self.filter(state=BroughtState.OPEN)

    def brought_by(self, user: User) -> BroughtQuerySet:
        return self.filter(volunteering__user=user)

    def visible_to(self, user: User) -> BroughtQuerySet:
        """The colleague who answers for the volunteer, as long as they write for the organisation."""
        return self.filter(volunteering__in=answered_by(user))


def answered_by(user: User) -> VolunteeringQuerySet:
    """Those for whom the person answers, as long as they write for the organisation."""
    return Volunteering.objects.filter(colleague=user, organization__in=_written_by(user))


def _written_by(user: User) -> models.QuerySet[Membership]:
    """Ids of the network's organisations for which the person writes."""
    rows = Membership.objects.in_network().filter(user=user, role__in=ANSWERING_ROLES)
    return rows.values("organization")  # type: ignore[return-value]  # a subquery of ids


@pghistory.track()
class VolunteerProposal(Editable):
    """`said` is what was found, what is different, or what a person should know; never a word about a client.

    `snapshot` is what stood on the map when the volunteer looked. `check_made`, `passed_on` and `fact` are what came
    of it, under the colleague's name.
    """

    volunteering = models.ForeignKey(Volunteering, models.CASCADE, related_name="proposals")
    kind = models.CharField(_("what it is"), max_length=8, choices=BroughtKind.choices)
    said_at = models.DateTimeField(default=clock.now)
    said = models.CharField(_("in words"), max_length=500, blank=True)
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, null=True, blank=True, related_name="+")
    snapshot = models.ForeignKey(Snapshot, models.SET_NULL, null=True, blank=True, related_name="+")
    method = models.CharField(_("how"), max_length=24, choices=CheckMethod.choices, blank=True)
    outcome = models.CharField(_("what was found"), max_length=12, choices=CheckOutcome.choices, blank=True)
    compared = codes_field(_("what was compared"))
    path = models.CharField(_("what has changed"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    topic = models.CharField(_("topic"), max_length=16, choices=Topic.choices, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=FactAnswer.choices, blank=True)
    source_title = models.CharField(_("source"), max_length=200, blank=True)
    source_link = models.URLField(_("link to the source"), max_length=500, blank=True)
    source_language = models.CharField(_("language of the source"), max_length=8, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=BroughtState.choices, default=BroughtState.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("why"), max_length=300, blank=True)
    check_made = models.ForeignKey(Check, models.SET_NULL, null=True, blank=True, related_name="+")
    passed_on = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="+")
    fact = models.ForeignKey(CountryFact, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = BroughtQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal of a volunteer")
        verbose_name_plural = _("proposals of volunteers")
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteering", "listing"],
                name="volunteerproposal_one_open_check",
                condition=Q(kind=BroughtKind.CHECK, state=BroughtState.OPEN),
                violation_error_message=_("Your check of this service waits for a colleague already."),
            ),
            models.CheckConstraint(
                name="volunteerproposal_answered_with_its_date",
                condition=Q(state__in=["open", "taken_back"], answered_at__isnull=True)
                | Q(state__in=["accepted", "declined"], answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="volunteerproposal_declined_with_a_reason",
                condition=~Q(state=BroughtState.DECLINED) | ~Q(reason=""),
                violation_error_message=_("Say in a few words why."),
            ),
            models.CheckConstraint(name="volunteerproposal_says_what_its_kind_asks", condition=_says_enough()),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="volunteerproposal_within_the_days",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_WITHIN_THE_DAYS,
            ),
            pgtrigger.Trigger(
                name="volunteerproposal_by_the_colleague",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                func=_BY_THE_COLLEAGUE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.said_at:%Y-%m-%d}"
