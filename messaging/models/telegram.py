"""Who reads letters in Telegram: a chat that its person has linked, a linking under way, a group of the network.

A chat is kept as a sealed box, to write to it, and as a mark, to know it again: a copy of the database names nobody.
No name and no @name is kept. There is no history of these rows: it would outlive the linking.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock

#: For so long a link waits to be opened and its digits to be typed.
LINKING_LASTS = dt.timedelta(minutes=10)
#: After so long a chat is asked for anew: phones are passed on.
LINKED_FOR = dt.timedelta(days=180)


def linking_ends() -> dt.datetime:
    return clock.now() + LINKING_LASTS


class TelegramAccount(models.Model):
    """The chat of one person with a login. `pressed_at` is when they last pressed something there."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="telegram")
    chat_box = models.CharField(max_length=200, editable=False)
    chat_mark = models.CharField(max_length=64, unique=True, editable=False)
    countries = ArrayField(
        models.CharField(max_length=2, validators=[RegexValidator(r"^[A-Z]{2}$")]),
        verbose_name=_("warnings of"),
        default=list,
        blank=True,
    )
    linked_at = models.DateTimeField(_("linked"), default=clock.now)
    pressed_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(_("blocked the bot"), null=True, blank=True)

    class Meta:
        verbose_name = _("chat in Telegram")
        verbose_name_plural = _("chats in Telegram")

    def __str__(self) -> str:
        return f"{self.user_id} · {self.linked_at:%Y-%m-%d}"

    @property
    def is_current(self) -> bool:
        """Whether its presses count: linked not too long ago, and the person still has a login."""
        return clock.now() - self.linked_at < LINKED_FOR and self.user.is_active

    @property
    def is_open(self) -> bool:
        """Whether letters go there as well: the bot is not blocked."""
        return self.is_current and self.blocked_at is None


class TelegramLinking(models.Model):
    """A linking under way: the session has its link, the chat has come or not, the digits are waited for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    for_group = models.BooleanField(default=False)
    token_mark = models.CharField(max_length=64, unique=True, editable=False)
    chat_box = models.CharField(max_length=200, blank=True, editable=False)
    chat_mark = models.CharField(max_length=64, blank=True, editable=False)
    digits_mark = models.CharField(max_length=64, blank=True, editable=False)
    wrong = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(default=linking_ends)

    class Meta:
        verbose_name = _("linking of a chat")
        verbose_name_plural = _("linkings of chats")
        constraints = [
            models.UniqueConstraint(fields=["user", "for_group"], name="telegramlinking_one_at_a_time"),
            models.CheckConstraint(
                name="telegramlinking_digits_go_to_a_chat",
                condition=Q(chat_box="", chat_mark="", digits_mark="")
                | (~Q(chat_box="") & ~Q(chat_mark="") & ~Q(digits_mark="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.expires_at:%H:%M}"


class TelegramGroup(models.Model):
    """A group of the network that an administrator linked. `told_on` is the Monday of the last digest."""

    chat_box = models.CharField(max_length=200, editable=False)
    chat_mark = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=8)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    linked_at = models.DateTimeField(_("linked"), default=clock.now)
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("group in Telegram")
        verbose_name_plural = _("groups in Telegram")

    def __str__(self) -> str:
        return f"{self.linked_at:%Y-%m-%d}"
