"""A digest: a month, for whom, an opening, lines. What was sent keeps its words; the database sees to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltrans.fields import TranslationField

from core.constraints import Editable
from core.ids import LENGTH, new_public_id
from directory.tables.news import NewsAbout
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DigestAudience(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("digest", "For everybody")
    MEMBERS = "members", pgettext_lazy("digest", "For members")


class DigestState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("digest", "Draft")
    SENT = "sent", pgettext_lazy("digest", "Sent")


class Section(models.TextChoices):
    """What a line stands under, in the order in which a digest is assembled."""

    NEW = "new", pgettext_lazy("digest", "New on the map")
    CLOSED = "closed", pgettext_lazy("digest", "Closed")
    NOTICES = "notices", pgettext_lazy("digest", "Warnings and notices of countries")
    FACTS = "facts", pgettext_lazy("digest", "What the law allows: new and confirmed")
    PAPERS = "papers", pgettext_lazy("digest", "Documents that came into force")
    DECISIONS = "decisions", pgettext_lazy("digest", "What the network decided")
    CALLS = "calls", pgettext_lazy("digest", "Open calls")
    FIGURES = "figures", pgettext_lazy("digest", "The map in figures")


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, user: User | AnonymousUser) -> DigestQuerySet:
        """People of the network read what was sent; a draft is for whoever edits it."""
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        return self if user.is_coordinator else self.sent()

    def editable_by(self, user: User | AnonymousUser) -> DigestQuerySet:
        if not user.is_authenticated or not user.is_coordinator:
            return self.none()
        return self.filter(state=DigestState.DRAFT)

    def sent(self) -> DigestQuerySet:
        return self.filter(state=DigestState.SENT)


_DIGEST_STAYS = """
    IF OLD.state = 'sent' THEN
        RAISE EXCEPTION 'what was sent keeps its words' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Digest(Editable):
    """One month for one audience. `month` is its first day; `letters` says to how many it was written."""

    month = models.DateField(_("month"))
    audience = models.CharField(_("for whom"), max_length=8, choices=DigestAudience.choices)
    state = models.CharField(_("state"), max_length=8, choices=DigestState.choices, default=DigestState.DRAFT)
    opening = models.TextField(_("opening"), max_length=2000, blank=True)
    assembled_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    letters = models.PositiveIntegerField(default=0)

    i18n = TranslationField(fields=("opening",))

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-month", "audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "audience"],
                name="digest_once_a_month",
                violation_error_message=_("There is a digest of this month already."),
            ),
            models.CheckConstraint(name="digest_month_is_a_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="digest_sent_with_its_time",
                condition=Q(state="draft", sent_at__isnull=True) | Q(state="sent", sent_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="digest_keeps_its_words",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("month", "audience", "state", "opening", "i18n", "sent_at"),
                func=_DIGEST_STAYS,
            ),
            pgtrigger.Protect(
                name="digest_sent_is_kept", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__state="sent")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} · {self.audience}"

    @property
    def is_public(self) -> bool:
        return self.audience == DigestAudience.PUBLIC

    @property
    def is_sent(self) -> bool:
        return self.state == DigestState.SENT


#: Of a sent digest a line may only be taken off its page, for good.
_LINE_STAYS = """
    IF EXISTS (SELECT 1 FROM news_digest d WHERE d.id = OLD.digest_id AND d.state = 'sent') AND (
        TG_OP = 'DELETE' OR (OLD.taken_off_at IS NOT NULL AND NEW.taken_off_at IS DISTINCT FROM OLD.taken_off_at)
        OR (to_jsonb(NEW) - 'taken_off_at' - 'taken_off_by_id') <> (to_jsonb(OLD) - 'taken_off_at' - 'taken_off_by_id')
    ) THEN
        RAISE EXCEPTION 'what was sent keeps its words' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


class DigestLine(models.Model):
    """Something that happened. `words` are `{"ru": …, "en": …}` as they were; `ref` is the public id of its subject.

    `is_public` says that everybody could read of it when the line was made.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=12, choices=Section.choices)
    about = models.CharField(max_length=12, choices=NewsAbout.choices)
    ref = models.CharField(max_length=LENGTH, blank=True)
    country = models.CharField(max_length=2, blank=True)
    words = models.JSONField(default=dict)
    is_public = models.BooleanField(default=False)
    is_out = models.BooleanField(_("left out"), default=False)
    taken_off_at = models.DateTimeField(_("taken off the page"), null=True, blank=True)
    taken_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("line of a digest")
        verbose_name_plural = _("lines of digests")
        ordering = ["digest", "position", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="digestline_keeps_its_words",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_LINE_STAYS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} · {self.position}"
