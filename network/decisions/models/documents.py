"""Papers of the network. A version is never overwritten: another one comes beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import Editable
from core.ids import LENGTH, new_public_id
from network.decisions.models import words
from network.decisions.models.bodies import Body
from network.decisions.models.decisions import Decision
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User | AnonymousUser) -> DocumentQuerySet:
        return self if user.is_authenticated and is_network_person(user) else self.none()


@pghistory.track()
class Document(Editable):
    """A paper with a name; what it says stands in its versions."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=12, choices=words.PaperKind.choices)
    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(
        _("who reads it"), max_length=8, choices=words.Audience.choices, default=words.Audience.MEMBERS
    )
    repealed_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="repeals")

    i18n = TranslationField(fields=("title",))

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "title", "pk"]

    def __str__(self) -> str:
        return self.title


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def visible_to(self, user: User | AnonymousUser) -> DocumentVersionQuerySet:
        return self if user.is_authenticated and is_network_person(user) else self.none()

    def in_force(self) -> DocumentVersionQuerySet:
        """Of each paper and language the last adopted one, while its time is not over and the paper not repealed."""
        last = (
            DocumentVersion.objects.filter(
                document=models.OuterRef("document"), language=models.OuterRef("language"), adopted_by__isnull=False
            )
            .order_by("-number")
            .values("pk")
        )
        lasts = Q(valid_until__isnull=True) | Q(valid_until__gte=clock.today())
        return self.filter(lasts, pk=models.Subquery(last[:1]), document__repealed_by__isnull=True)


@pghistory.track()
class DocumentVersion(models.Model):
    """What the paper says, as a text or as a file; in force from the decision that adopts it."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=8, validators=[RegexValidator(r"^[a-z]{2,3}$")])
    text = models.TextField(_("text"), max_length=40_000, blank=True)
    file = models.FileField(_("file"), upload_to="network/%Y/%m", blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    adopted_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="papers")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["document", "-number", "language"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number", "language"], name="documentversion_once"),
            models.CheckConstraint(
                name="documentversion_says_something",
                condition=~Q(text="") | ~Q(file=""),
                violation_error_message=_("Write the text or add a file."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="documentversion_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("text", "file", "document", "number", "language", "valid_until"),
                func="RAISE EXCEPTION 'a version is never overwritten' USING ERRCODE = 'check_violation';",
            ),
            pgtrigger.Trigger(
                name="documentversion_adopted_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("adopted_by"),
                func="""
                    IF OLD.adopted_by_id IS NOT NULL THEN
                        RAISE EXCEPTION 'a version is adopted once' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="documentversion_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.number} {self.language}"
