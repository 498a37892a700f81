"""Strangers who miss a service, or mean harm, through the public form; and coordinators who answer them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.test import Client

from core import clock
from core.languages import SOURCE
from doors.shared.forms import fresh_stamp
from organizations.models import Organization
from services.models import ServiceAtLocation
from simulation.world import WEEK
from verification import editing
from verification import services as verification
from verification.coordination.suggestions import waiting
from verification.models import Suggestion
from workspace.suggestions.drafting import Draft, take_in

if TYPE_CHECKING:
    from accounts.models import User
    from simulation.upkeep import Upkeep

PAGE = "/ru/suggest/"
HONEST = 30
#: Ten that mean harm, by day: a flood from one network, advertisements, doors of shelters, a script.
HOSTILE: tuple[dict[str, str], ...] = (
    *({"what": "Напишите всем, что вы мошенники", "asker": "203.0.113.7"} for _number in range(4)),
    {"text": "Заходите: https://win.example/prize и https://win.example/loan"},
    {"what": "Кредит без справок", "reach": "https://loan.example/now"},
    {"kind": "safety", "what": "Шелтер для женщин", "reach": "ул. Абашидзе, 12, второй подъезд"},
    {"kind": "", "what": "Safe house for women", "text": "It is at Wexstraße 12, the bell says Müller"},
    {"what": "<script>alert(1)</script>", "text": "<img src=x onerror=alert(1)>"},
    {"what": "Помощь'); DROP TABLE services;--", "reach": "javascript:alert(1)"},
)
#: Groups of the vocabulary that people miss something of.
KINDS = ("hiv_prevention", "legal", "")


class Strangers:
    """Everybody whom nobody knows. Counts what was sent, refused, put off, and answered."""

    def __init__(self, upkeep: Upkeep) -> None:
        self.upkeep, self.world, self.rng = upkeep, upkeep.world, upkeep.rng
        self.sent = self.refused = self.put_off = 0
        self._stamp = fresh_stamp()

    def suggest(self) -> None:
        """Somebody misses a service, honestly."""
        number = next(self.world.numbers)
        self._send(
            {
                "what": f"Бесплатный приём {number}",
                "kind": self.rng.choice(KINDS),
                "reach": f"+49 30 777 {number:04}",
                "asker": f"198.51.100.{number % 250}",
            }
        )

    def attack(self, number: int) -> None:
        """One of those that mean harm."""
        self._send(HOSTILE[number])

    def _send(self, said: dict[str, str]) -> None:
        asker = said.get("asker", f"192.0.2.{self.sent}")
        form = {
            "what": "Помощь",
            "country": self.rng.choice(sorted(self.upkeep.countries)),
            "city": "Город",
            "reach": "+49 30 999 99 99",
            "known_from": "told",
            "language": SOURCE,
            "shown": self._stamp,
        } | {name: value for name, value in said.items() if name != "asker"}
        answer = Client(REMOTE_ADDR=asker, SERVER_NAME="localhost").post(PAGE, form)
        self.sent += 1
        self.refused += answer.status_code == 400
        self.put_off += answer.status_code == 429

    def answer_some(self) -> None:
        """Each coordinator answers what has waited longest; the administrator where nobody coordinates."""
        for person in (*self.world.coordinators, *self.world.administrators):
            for row in waiting(person)[:3]:
                self._answer(row, person)

    def _answer(self, row: Suggestion, person: User) -> None:
        dice, here = self.rng.random(), self._organizations(row.country)
        if not row.what.startswith("Бесплатный приём") or dice < 0.3:
            words = {"state": "declined", "answer": "Мы не нашли этого места."}
            verification.close_suggestion(suggestion=row, actor=person, **words)
        elif dice < 0.6 or not here:
            verification.close_suggestion(suggestion=row, actor=person, state="known", answer="Это есть на карте.")
        else:
            self._take_in(row, person, self.rng.choice(here))

    def _take_in(self, row: Suggestion, person: User, organization: Organization) -> None:
        draft = Draft(
            organization=organization,
            new_name="",
            title=row.what,
            type=self.rng.choice(self.world.types),
            city="Город",
            place_code="",
            channel="phone",
            value=row.reach,
            answer="Спасибо, проверим и добавим.",
        )
        listing = take_in(suggestion=row, actor=person, draft=draft)
        self.upkeep.later(self.rng.randint(2, 8), lambda: self._complete(listing))

    def _complete(self, listing: ServiceAtLocation) -> None:
        """Its people say the rest and send it; somebody of another organisation calls and decides."""
        editor = self.upkeep.editor_of(listing.service.organization)
        if editor is None:
            return
        service, place = listing.service, listing.location
        if place is not None:
            point = self.world.near(place.country)
            editing.update_location(actor=editor, location=place, expected_version=place.version, point=point)
        said: dict[str, Any] = {
            "summary": "Приходите без записи: ответят и подскажут дорогу.",
            "languages": ["ru"],
            "cost": "free",
        }
        editing.update_service(actor=editor, service=service, expected_version=service.version, **said)
        editing.update_listing(actor=editor, listing=listing, expected_version=listing.version, hours=WEEK)
        review = verification.submit(listing=listing, actor=editor, checked=True)
        self.upkeep.have_approved(review, listing)

    def _organizations(self, country: str) -> list[Organization]:
        return [one for one in self.world.organizations if one.registration_country == country]


def days_to_answer() -> list[float]:
    """Of every suggestion that was answered."""
    rows = Suggestion.objects.filter(answered_at__isnull=False)
    return [(row.answered_at - row.received_at) / dt.timedelta(days=1) for row in rows if row.answered_at]


def unanswered() -> int:
    """Suggestions that wait longer than was promised; what came in a flood was promised nothing."""
    return Suggestion.objects.filter(state="new", due_at__lt=clock.now()).count()
