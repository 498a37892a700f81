"""People who log in: e-mail login, a role in the network, a language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import ClassVar

import pghistory
from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core import clock
from core.languages import SOURCE


class NetworkRole(models.TextChoices):
    """What a person does for the whole network, beside the roles that memberships give."""

    NONE = "", _("No role in the network")
    VERIFIER = "verifier", _("Verifier")
    COORDINATOR = "coordinator", _("Country coordinator")
    ADMINISTRATOR = "administrator", _("Network administrator")
    EVALUATOR = "evaluator", _("Evaluator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: object) -> User:
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: object) -> User:
        """With a confirmed address: without one a passkey would be refused at the login."""
        user = self.create_user(email, password, **extra, is_staff=True, is_superuser=True)
        user.confirm_address()
        return user


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person with a login. The e-mail address is the name that they log in with."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, default=SOURCE)
    network_role = models.CharField(
        _("role in the network"), max_length=16, choices=NetworkRole.choices, default=NetworkRole.NONE, blank=True
    )
    countries = ArrayField(
        models.CharField(max_length=2),
        default=list,
        blank=True,
        verbose_name=_("countries of a coordinator"),
        help_text=_("ISO codes, separated by commas. Empty means every country."),
    )
    translates = ArrayField(
        models.CharField(max_length=8),
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("languages that they translate into"),
        help_text=_(
            "Codes, separated by commas: uz, tg. They see texts that everybody may read, and nothing else by this."
        ),
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                name="user_email_is_lower_case",
                condition=models.Q(email=Lower("email")),
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is bound to: with another password or other rights every session ends."""
        rights = [self.network_role, self.is_staff, self.is_superuser, sorted(self.countries)]
        if self.translates:  # beside the others only where there are any: nobody is signed out by a release
            rights.append(sorted(self.translates))
        return salted_hmac(
            "accounts.sessions", json.dumps([self.password, rights]), secret=secret, algorithm="sha256"
        ).hexdigest()

    @transaction.atomic
    def confirm_address(self) -> None:
        """Make their own address the only primary one, confirmed. Addresses that wait for that are dropped."""
        known = apps.get_model("account", "EmailAddress").objects  # allauth's models are loaded after these
        known.filter(user=self).exclude(email__iexact=self.email).delete()
        known.update_or_create(user=self, email=self.email, defaults={"verified": True, "primary": True})

    @property
    def is_administrator(self) -> bool:
        return self.is_active and (self.is_superuser or self.network_role == NetworkRole.ADMINISTRATOR)

    @property
    def is_coordinator(self) -> bool:
        """Coordinators and everybody above them."""
        return self.is_administrator or (self.is_active and self.network_role == NetworkRole.COORDINATOR)

    @property
    def is_verifier(self) -> bool:
        """People who may decide on other organisations' listings."""
        return self.is_coordinator or (self.is_active and self.network_role == NetworkRole.VERIFIER)

    @property
    def coordinates_everywhere(self) -> bool:
        """Administrators, and coordinators without a list of countries."""
        return self.is_administrator or (self.is_coordinator and not self.countries)

    def coordinates(self, country: str) -> bool:
        """Whether this person coordinates the country."""
        return self.coordinates_everywhere or (self.is_coordinator and country in self.countries)

    def coordinates_any(self, countries: Iterable[str]) -> bool:
        """Whether this person coordinates one of the countries."""
        return any(self.coordinates(country) for country in countries)


class Session(AbstractBaseSession):
    """Somebody who is signed in, on one machine (`entering/sessions.py`). Nothing about the machine is kept."""

    user = models.ForeignKey(User, models.CASCADE, null=True, editable=False, related_name="sessions")
    began_at = models.DateTimeField(_("signed in"), default=clock.now, editable=False)
    used_at = models.DateTimeField(_("last used"), default=clock.now, editable=False, db_index=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"

    @property
    def mark(self) -> str:
        """Names the session on a page: its key would let in whoever sees it."""
        return salted_hmac("accounts.session.mark", self.session_key, algorithm="sha256").hexdigest()[:16]


class SentForm(models.Model):
    """A form that was done, and its answer, sealed with the form's own key (`presses/once.py`). Kept for two days."""

    key = models.CharField(max_length=64, editable=False)
    fields = models.CharField(max_length=64, editable=False)
    answer = models.BinaryField(null=True, editable=False)
    sent_at = models.DateTimeField(db_index=True, editable=False)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")
        constraints = [models.UniqueConstraint(fields=["key", "fields"], name="sent_form_done_once")]

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d %H:%M}"


class WaitingLetter(models.Model):
    """A letter about an account, or the wish for a link to a new password, until the worker has sent it.

    What it says is sealed with the key of the deployment: a copy of the database alone opens no account.
    """

    sealed = models.TextField(editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    not_before = models.DateTimeField(editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("letter about an account")
        verbose_name_plural = _("letters about accounts")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class OutreachCopy(models.Model):
    """One phone that a person works with where there is no signal (`presses/outreach.py`). Nothing about the machine.

    `secret` is a hash of what the phone says to be known, `session` the mark of the sign-in that it belongs to, `bond`
    changes with the person's password and role.
    """

    user = models.ForeignKey(User, models.CASCADE, editable=False, related_name="outreach_copies")
    secret = models.CharField(max_length=64, unique=True, editable=False)
    session = models.CharField(max_length=16, editable=False)
    bond = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    met_at = models.DateTimeField(default=clock.now, editable=False, db_index=True)

    class Meta:
        verbose_name = _("phone for work without a connection")
        verbose_name_plural = _("phones for work without a connection")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class OutreachPress(models.Model):
    """A press from such a phone that was done: whoever sends it again is told so. Goes with the phone."""

    copy = models.ForeignKey(OutreachCopy, models.CASCADE, editable=False, related_name="presses")
    key = models.CharField(max_length=64, editable=False)
    done_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("press without a connection")
        verbose_name_plural = _("presses without a connection")
        constraints = [models.UniqueConstraint(fields=["copy", "key"], name="outreach_press_done_once")]

    def __str__(self) -> str:
        return f"{self.done_at:%Y-%m-%d %H:%M}"
