"""What was decided: on which ground, who does it, until when, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from network.decisions.models import words
from network.decisions.models.bodies import Body
from network.decisions.models.meetings import Meeting
from organizations.models import Organization
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User | AnonymousUser) -> DecisionQuerySet:
        return self if user.is_authenticated and is_network_person(user) else self.none()

    def under_way(self) -> DecisionQuerySet:
        """Late ones come first, because those with the earliest day do."""
        return self.filter(state=words.DecisionState.OPEN).order_by("due_on", "pk")

    def late(self) -> DecisionQuerySet:
        return self.under_way().filter(due_on__lt=clock.today())


#: Of a vote a decision comes only after its end, and not while an objection waits.
_GROUND = """
    IF NEW.vote_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM decisions_vote v WHERE v.id = NEW.vote_id AND v.state = 'open' AND v.closes_at <= NEW.decided_at
        AND v.body_id = NEW.body_id
    ) THEN
        RAISE EXCEPTION 'the vote is not over' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.vote_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM decisions_objection o JOIN decisions_voter w ON w.id = o.voter_id
        WHERE w.vote_id = NEW.vote_id AND o.stands IS DISTINCT FROM false
    ) THEN
        RAISE EXCEPTION 'an objection for safety stands' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Decision(Editable):
    """On the ground of one vote or of one meeting. While it is open, somebody does it until a day."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    text = models.CharField(_("what was decided"), max_length=600)
    vote = models.OneToOneField("decisions.Vote", models.PROTECT, null=True, blank=True, related_name="decision")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="decisions")
    decided_at = models.DateTimeField(default=clock.now)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("who does it"),
    )
    due_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=words.DecisionState.choices, default=words.DecisionState.OPEN)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_has_one_ground",
                condition=Q(vote__isnull=True, meeting__isnull=False) | Q(vote__isnull=False, meeting__isnull=True),
                violation_error_message=_("A decision comes from a vote or from a meeting."),
            ),
            models.CheckConstraint(
                name="decision_open_has_its_day",
                condition=~Q(state="open") | Q(due_on__isnull=False, organization__isnull=False),
                violation_error_message=_("Say who does it, and until when."),
            ),
            models.CheckConstraint(
                name="decision_ended_with_its_time",
                condition=Q(state="open", ended_at__isnull=True) | Q(~Q(state="open"), ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_dropped_with_its_reason",
                condition=~Q(state="dropped") | ~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="decision_ground_holds",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("vote_id", "body_id", "decided_at"),
                func=_GROUND,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_late(self) -> bool:
        return self.state == words.DecisionState.OPEN and self.due_on is not None and self.due_on < clock.today()
