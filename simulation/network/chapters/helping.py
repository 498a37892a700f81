"""Half a year of a volunteer: invited, trained, proposing; the colleague presses, and nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from accounts.models import User
from core import clock
from directory.asking.queries import current_listings
from network.learning import services as learning
from network.volunteering import services as volunteering
from network.volunteering.models import VolunteerProposal
from network.volunteering.rights import NEEDED
from organizations import volunteers
from organizations.invitations import accept_invitation
from organizations.models import Organization, Volunteering
from services.models import ServiceAtLocation
from simulation.network.people import there
from verification import services as verification
from verification.tests import scenarios

if TYPE_CHECKING:
    from simulation.network.year import NetworkYear, Story

#: The house that teaches confidentiality, and a manager who answers for nobody.
TEACHES, STRANGER = 1, 4
FACT = {
    "country": "GE", "topic": "art", "answer": "yes", "said": "Выдают без документов.", "source_title": "Приказ",
    "source_language": "ru",
}  # fmt: skip


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    """Once early, so that the weeks tell all of it, and once more later."""
    for day in (year.dice.uniform(7, 8), year.dice.uniform(150, 170)):
        yield day, a_volunteer(year, name=f"helper-{day:.3f}@example.org")


# long: the story in its order
def a_volunteer(year: NetworkYear, name: str) -> Story:
    """Untrained they propose nothing; what they bring the colleague presses; the last day ends it by the clock."""
    colleague = year.people.verifier
    house = there(Organization.objects.filter(memberships__user=colleague).first())
    manager = year.people.managers[house.pk]
    helper, row = _invited(house, manager, colleague, name)
    shown = there(current_listings("public").exclude(organization_id=house.public_id).order_by("pk").first())
    listing = ServiceAtLocation.objects.get(public_id=shown.pk)

    def called(**more: Any) -> VolunteerProposal:
        told = {"listing": listing.public_id, "method": "call", "outcome": "correct"} | more
        return volunteering.propose_check(actor=helper, **told)

    year.refused("a proposal without training", called)
    yield from _training(year, house, manager, helper)
    brought = called()
    for what, who in (
        ("their own", helper),
        ("a stranger's", year.people.manager(STRANGER)),
        ("the manager's", manager),
    ):
        year.refused(f"{what} yes to a volunteer", lambda who=who: volunteering.accept(actor=who, proposal=brought))  # type: ignore[misc]
    year.refused(
        "a check pressed by a volunteer",
        lambda: verification.record_check(listing=listing, actor=helper, method="call", outcome="correct"),
    )
    yield 1
    volunteering.accept(actor=colleague, proposal=brought)
    fact = volunteering.propose_fact(actor=helper, **FACT)
    edit = volunteering.propose_edit(actor=helper, listing=listing.public_id, path="service.cost", said="Платно?")
    year.counted["volunteers_brought"] += 3
    yield 1
    volunteering.accept(actor=colleague, proposal=fact)
    volunteering.decline(actor=colleague, proposal=edit, reason="Позвоните, пожалуйста, сами.")
    year.counted["volunteers_answered"] += 3
    yield 20
    year.refused("a proposal after the last day", called)
    volunteers.end(actor=manager, volunteering=row)
    year.count("volunteers_ended")


def _invited(house: Organization, manager: User, colleague: User, name: str) -> tuple[User, Volunteering]:
    helper, today = scenarios.person(), clock.today()
    User.objects.filter(pk=helper.pk).update(email=name)
    helper.refresh_from_db()
    _invitation, token = volunteers.invite_volunteer(
        actor=manager, organization=house, email=name, language="ru", colleague=colleague, starts_on=today,
        ends_on=today + dt.timedelta(days=15),
    )  # fmt: skip
    accept_invitation(token=token, user=helper)
    return helper, there(Volunteering.objects.filter(user=helper).first())


def _training(year: NetworkYear, house: Organization, manager: User, helper: User) -> Story:
    """An evening about confidentiality, whose certificate lets them begin."""
    teacher, begins = year.people.manager(TEACHES), clock.now() + dt.timedelta(days=3)
    told: dict[str, Any] = {
        "title": "Что слышали – остаётся здесь", "title_en": "What is heard stays here", "starts_at": begins,
        "ends_at": begins + dt.timedelta(hours=3), "timezone": "Asia/Tbilisi", "is_online": True, "language": "ru",
        "topics": [NEEDED.value], "places": 5, "is_public": False,
    }  # fmt: skip
    row = learning.offer_training(actor=teacher, organization=year.people.houses[TEACHES], fields=told)
    training = learning.approve(actor=year.people.coordinators[0], row=row, expected_version=row.version)
    place = learning.ask(actor=manager, training=training, organization=house, person=helper)
    place = learning.accept(actor=manager, enrolment=learning.invite(actor=teacher, training=training, enrolment=place))
    yield 4
    learning.mark(actor=teacher, enrolment=place, came=1)
    learning.complete(actor=teacher, training=training)
