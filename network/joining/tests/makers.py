"""An organisation on its way in, through the services."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import mail

from accounts.models import User
from core import clock
from network.decisions import services as decisions
from network.decisions.tests.makers import Network
from network.joining import services as joining
from network.joining.models import Application, Call
from network.joining.models.words import CheckKind
from organizations.models import MembershipRole, Organization
from verification import editing
from verification.tests import scenarios

ADDRESS = "hello@newcomer.example"


def call(**fields: Any) -> Call:
    told = {"title": "Приходите", "title_en": "Come", "text": "Ищем тех, кто рядом.", "questions": ["Кто вы?"]}
    return joining.write_call(actor=None, **(told | fields))


def token_of_last_letter() -> str:
    found = re.search(r"/join/([\w-]+)/", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def said(made: Network | None = None, **fields: Any) -> dict[str, Any]:
    """What a whole application says."""
    houses: list[Organization | None] = list(made.houses) if made else [None, None]
    told = {
        "name": "Тихий берег",
        "registration_country": "GE",
        "countries": ["GE"],
        "services": ["hiv_rapid_test"],
        "about": "Тестируем и провожаем.",
        "answers": ["Мы из Батуми"],
        "declared_by": "Нино, директор",
        "referee_one": houses[0],
        "referee_two": houses[1],
        "referees_note": "" if made else "Дом и Мост",
    }
    return told | fields


def sent(made: Network, **fields: Any) -> Application:
    row = joining.begin(call=call(), email=ADDRESS, language="ru")
    return joining.send(application=row, fields=said(made, **fields))


def checked(made: Network, row: Application, outcome: str = "ok") -> Application:
    """Taken up, and all six are in: those of members by the fourth house, the others by an administrator."""
    row = joining.take_up(actor=made.administrator, application=row)
    for kind in CheckKind:
        is_guarded = kind in (CheckKind.SANCTIONS, CheckKind.SAFETY)
        actor = made.administrator if is_guarded else made.managers[3]
        joining.check(actor=actor, application=row, kind=kind, outcome=outcome, note=f"канарейка {kind.value}")
    return row


def voted(made: Network, row: Application, *choices: str) -> Application:
    """Put to the vote; every choice is given by a house in its turn."""
    row = joining.put_to_vote(actor=made.administrator, application=row)
    assert row.vote is not None
    for number, choice in enumerate(choices):
        voice = row.vote.voters.get(organization=made.houses[number])
        decisions.cast(actor=made.managers[number], vote=row.vote, voice=voice, choice=choice)
    return row


def over(row: Application) -> Any:
    """A minute after the end of its vote."""
    assert row.vote is not None
    row.vote.refresh_from_db()
    return clock.travel(row.vote.closes_at + dt.timedelta(minutes=1))


def settled(made: Network, row: Application) -> list[User]:
    """What a newcomer enters on its way in, and what is said; its two people."""
    house = row.organization
    assert house is not None
    people = [scenarios.person(house, MembershipRole.MANAGER), scenarios.person(house, MembershipRole.EDITOR)]
    for person in people:
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    place = scenarios.place(house)
    scenarios.published(place, method="call")
    editing.create_contact(
        actor=None, organization=house, channel="phone", value="+995322111111", audience="colleagues"
    )
    joining.tick(actor=people[0], application=row, code="conduct")
    joining.tick(actor=made.managers[2], application=row, code="training")
    return people
