"""What a coordinator announces for a whole country. The row is `services.Notice`; what follows from it is here."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from network.countries.facts import ask_again
from services.models import Notice
from verification.editing import second_notice, set_notice


@transaction.atomic
def announce(*, actor: User, country: str = "", notice: Notice | None = None, **fields: Any) -> Notice:
    """Up at once. A topic asks for a new look at the facts in force on it: their date is older than what happened."""
    about = {"notice": notice} if notice is not None else {"country": country}
    before = notice.topic if notice is not None else ""
    saved = set_notice(actor=actor, **about, **fields)
    if saved.topic and saved.topic != before:
        ask_again(country=saved.country, topic=saved.topic)
    return saved


def second(*, actor: User, notice: Notice) -> Notice:
    """Another person says that it is a danger: from now on it stays one until its end."""
    return second_notice(actor=actor, notice=notice)
