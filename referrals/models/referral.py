"""One person's way: its code, what they must not run out of, and the stages of the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import codes_field
from core.ids import LENGTH, new_public_id
from organizations.models import Organization
from referrals import codes
from referrals.models import words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

COUNTRY = RegexValidator(r"^[A-Z]{2}$")
CODE = RegexValidator(r"^[a-z0-9_]{1,48}$")
#: What is emptied a month after closing, and with what (`referrals.emptying`).
CONTENT: dict[str, object] = {
    "supply_kind": words.Supply.NONE,
    "supply_ends_on": None,
    "languages": [],
    "groups": [],
    "circumstances": [],
    "needs_interpreter": False,
    "contact_way": "",
}


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User | AnonymousUser) -> ReferralQuerySet:
        """Those that the user's own organisation sent, while they edit there. An administrator is no exception."""
        if not user.is_authenticated:
            return self.none()
        return self.current().filter(sender__in=Organization.objects.kept_by(user))

    def current(self) -> ReferralQuerySet:
        """Without those whose day of deletion has passed, whether or not the worker has been there."""
        return self.exclude(deletes_on__lte=clock.today())

    def open(self) -> ReferralQuerySet:
        return self.filter(state=words.ReferralState.OPEN)


class Referral(models.Model):
    """No free text, and nothing that says who the person is: what is not here cannot leak.

    `number` counts the referrals of a sender, for letters. `empties_on` and `deletes_on` are set at closing.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    code = models.CharField(max_length=codes.LENGTH, unique=True, default=codes.new_code, editable=False)
    sender = models.ForeignKey(Organization, models.PROTECT, related_name="referrals_sent")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    number = models.PositiveIntegerField()
    from_country = models.CharField(max_length=2, validators=[COUNTRY])
    to_country = models.CharField(max_length=2, validators=[COUNTRY])
    state = models.CharField(max_length=8, choices=words.ReferralState.choices, default=words.ReferralState.OPEN)
    supply_kind = models.CharField(_("medicine"), max_length=12, choices=words.Supply.choices)
    supply_ends_on = models.DateField(_("the medicine lasts until"), null=True)
    languages = codes_field(_("languages"))
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    groups = codes_field(_("groups"))
    circumstances = ArrayField(
        models.CharField(max_length=16, choices=words.Circumstance.choices), default=list, blank=True
    )
    contact_way = models.CharField(max_length=12, choices=words.ContactWay.choices, blank=True)
    outcome = models.CharField(max_length=12, choices=words.Outcome.choices, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True)
    empties_on = models.DateField(null=True)
    deletes_on = models.DateField(null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["sender", "-created_at"], name="referral_of_sender"),
            models.Index(fields=["deletes_on"], name="referral_deletes"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sender", "number"], name="referral_number_once"),
            models.CheckConstraint(
                name="referral_medicine_has_its_last_day",
                condition=Q(supply_kind="none", supply_ends_on__isnull=True)
                | (~Q(supply_kind="none") & Q(supply_ends_on__isnull=False)),
                violation_error_message=_("Say until which day the medicine lasts."),
            ),
            models.CheckConstraint(
                name="referral_closed_with_its_dates",
                condition=Q(state="open", closed_at__isnull=True, empties_on__isnull=True, deletes_on__isnull=True)
                | Q(state="closed", closed_at__isnull=False, empties_on__isnull=False, deletes_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} · {self.number}"

    @property
    def is_emptied(self) -> bool:
        """Whether what it says of the person is not to be shown any more, wherever the worker is."""
        return self.empties_on is not None and self.empties_on <= clock.today()

    @property
    def shown_code(self) -> str:
        return codes.shown(self.code)

    @property
    def has_consent(self) -> bool:
        return self.consent.withdrawn_at is None


class Consent(models.Model):
    """What the person agreed to, of which only the first is obligatory. Nothing goes out without it."""

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="consent")
    version = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=8, validators=[RegexValidator(r"^[a-z]{2,3}$")])
    method = models.CharField(max_length=12, choices=words.ConsentMethod.choices)
    asked = models.BooleanField(_("The organisation may be asked"))
    fallback = models.BooleanField(_("Another one may be asked when it cannot"), default=False)
    group_told = models.BooleanField(_("The groups may be told"), default=False)
    outcome_back = models.BooleanField(_("We may learn how it ended"), default=False)
    counted = models.BooleanField(_("It may be counted"), default=False)
    child_cared = models.BooleanField(_("Our rules of protecting children are kept"), default=False)
    given_at = models.DateTimeField(default=clock.now)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                name="consent_covers_the_asking",
                condition=Q(asked=True),
                violation_error_message=_("Without the person's consent nothing is sent."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} · {self.method}"


class Leg(models.Model):
    """One need in one country. `needed_by` is the day by which it has to be met: the medicine's, or the wish's."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField()
    country = models.CharField(max_length=2, validators=[COUNTRY])
    service_type = models.CharField(max_length=48, validators=[CODE])
    mode = models.CharField(max_length=8, choices=words.Mode.choices)
    expected_on = models.DateField(_("the person is expected"), null=True)
    wanted_by = models.DateField(_("wanted by"), null=True)
    needed_by = models.DateField(_("needed by"), null=True)
    on_medicine = models.BooleanField(default=False)
    urgency = models.CharField(max_length=8, choices=words.Urgency.choices)
    state = models.CharField(max_length=8, choices=words.LegState.choices, default=words.LegState.ASKING)
    outcome = models.CharField(max_length=12, choices=words.Outcome.choices, blank=True)
    supply_given_days = models.PositiveSmallIntegerField(null=True)
    news_at = models.DateTimeField(null=True)
    nobody_at = models.DateTimeField(null=True)
    nobody_told_at = models.DateTimeField(null=True)
    news_asked = models.PositiveSmallIntegerField(default=0)
    stuck_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["referral_id", "position"]
        indexes = [models.Index(fields=["state", "news_at"], name="leg_without_news")]
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="leg_position_once"),
            models.CheckConstraint(
                name="leg_closed_with_its_time",
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="leg_closed_with_its_outcome",
                condition=Q(state="closed") & ~Q(outcome="") | ~Q(state="closed") & Q(outcome=""),
            ),
            models.CheckConstraint(
                name="leg_stuck_with_its_time",
                condition=~Q(state="stuck") | Q(stuck_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} · {self.position}"
