"""Three calls and thirteen applications, each with its fate; one of them only looks like an organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator

from network.decisions import services as decisions
from network.decisions.counting import VoteOutcome, count_of
from network.joining import services as joining
from network.joining.likeness import likenesses
from network.joining.models import Application, Call
from network.joining.models.words import CheckKind
from network.joining.transitions import DAYS
from organizations.models import MembershipRole, Organization
from simulation.network.people import ballots
from simulation.network.people import there as _there
from verification import editing
from verification.tests import scenarios

if TYPE_CHECKING:
    from simulation.network.year import NetworkYear, Story

#: How the members answer an application.
YES, NO, FEW = {"for": 6, "against": 1}, {"for": 2, "against": 5}, {"for": 1}
#: What becomes of eleven, in a chance order; the hostile one and one of the third call come beside them.
FATES = (
    *("member", "member", "member", "second_vote", "declined", "objected", "withdrawn", "unanswered"),
    *("unopened", "draft", "slow"),
)
SHORT = ("member", "unanswered", "second_vote")
#: Cyrillic letters that look like Latin ones, and one Latin letter in a Cyrillic name.
HOMOGLYPH, MIRROR = "Дoм 0", "https://dom-0.example.org.mirror.example"


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    """One question stays unanswered past its day, and one vote ends, while the worker is dead."""
    dice, calls = year.dice, _calls()
    fates = SHORT if year.is_short else dice.sample(FATES, len(FATES))
    for number, fate in enumerate(fates):
        chance = dice.uniform(1, 8 if year.is_short else 40)
        day = year.dark + 2.2 - DAYS["needs_info"] - 6 if fate == "unanswered" else chance
        yield day, applicant(year, dice.choice(calls[:2]), number, fate)
    yield dice.uniform(5, 50), hostile(year, calls[0])
    yield 61, too_late(year, calls[1])
    yield 200, applicant(year, calls[2], len(FATES) + 1, "member")


def _calls() -> list[Call]:
    """Always open; for the first two months; later in the year."""
    from simulation.network.year import START

    first = START.date()
    told: dict[str, Any] = {"title": "Приходите", "text": "Ищем тех, кто рядом.", "questions": ["Кто вы?"]}
    spans = ((0, None), (0, 60), (180, 240))
    return [
        joining.write_call(
            actor=None, opens_on=first + dt.timedelta(days=opens),
            closes_on=None if closes is None else first + dt.timedelta(days=closes), **told,
        )
        for opens, closes in spans
    ]  # fmt: skip


def too_late(year: NetworkYear, call: Call) -> Story:
    """The call is over."""
    year.refused("a call that is over", lambda: joining.begin(call=call, email="late@example.org", language="ru"))
    yield from ()


def _said(year: NetworkYear, name: str, **fields: Any) -> dict[str, Any]:
    one, two = year.dice.sample(year.people.houses[1:6], 2)
    return {
        "name": name, "registration_country": "GE", "countries": ["GE"], "services": ["hiv_rapid_test"],
        "about": "Тестируем и провожаем.", "answers": ["Мы из Батуми"], "declared_by": "Нино", "referee_one": one,
        "referee_two": two,
    } | fields  # fmt: skip


def applicant(year: NetworkYear, call: Call, number: int, fate: str) -> Story:
    """From the first word to what the members say."""
    dice, person = year.dice, year.people.coordinators[0]
    row = joining.begin(call=call, email=f"applicant{number}@example.org", language=dice.choice(("ru", "en")))
    year.count("applications")
    if fate == "unopened":
        return
    yield dice.uniform(0.5, 2)
    row = joining.save_draft(application=row, fields={"name": f"Берег {number}"})
    if fate == "draft":
        return
    yield dice.uniform(0.5, 4)
    row = joining.send(application=row, fields=_said(year, f"Берег {number}"))
    yield 20 if fate == "slow" else dice.uniform(0.5, 3)
    row = joining.take_up(actor=person, application=row)
    if fate == "withdrawn":
        yield 5
        joining.withdraw(application=row)
        return
    joining.ask(actor=person, application=row, text="Кто отвечает за тайну?")
    yield dice.uniform(0.5, 5)
    if fate == "unanswered":
        yield DAYS["needs_info"]
        year.refused("an answer after its day", lambda: joining.answer_question(application=row, text="Нино"))
        return
    joining.answer_question(application=row, text="Нино")
    yield from _checks(year, row)
    yield from _voting(year, row, fate)


def _checks(year: NetworkYear, row: Application) -> Story:
    """All six, by people of others; whoever is named as a referee does not answer for referees."""
    people = year.people
    referee = people.managers[row.referee_one_id or 0]
    year.refused(
        "a referee about referees",
        lambda: joining.check(actor=referee, application=row, kind=CheckKind.REFEREES, outcome="ok"),
    )
    for kind in CheckKind:
        yield year.dice.uniform(0.1, 3)
        guarded = kind in (CheckKind.SANCTIONS, CheckKind.SAFETY)
        actor = people.made.administrator if guarded else people.manager(0)
        is_worry = year.dice.random() < 0.2
        joining.check(
            actor=actor, application=row, kind=kind, outcome="concern" if is_worry else "ok",
            note="Телефон молчит" if is_worry else "",
        )  # fmt: skip


def _voting(year: NetworkYear, row: Application, fate: str, answers: Mapping[str, int] = YES) -> Story:
    """The members answer, and the applicant is told."""
    people, coordinator = year.people, year.people.coordinators[0]
    given = {"declined": NO, "second_vote": FEW}.get(fate, answers)
    row = joining.put_to_vote(actor=coordinator, application=row)
    year.count("votes_on_applications")
    vote = _there(row.vote)
    yield year.dice.uniform(0.5, 8)
    ballots(people, year.dice, vote, dict(given))
    if fate == "objected":
        voice = vote.voters.get(organization=people.houses[5])
        decisions.object_to(actor=people.manager(5), vote=vote, voice=voice, text="Передают данные")
    year.refused("yes before the end", lambda: _accept(year, row))
    yield 11
    vote.refresh_from_db()
    while count_of(vote).outcome in (VoteOutcome.PAUSED, VoteOutcome.RUNNING, VoteOutcome.HALTED):
        yield 3
        vote.refresh_from_db()
    if fate == "second_vote":
        yield from _voting(year, row, "member")
    elif count_of(vote).outcome == VoteOutcome.ADOPTED:
        row = _accept(year, row)
        yield from _way_in(year, row)
    else:
        joining.decline(actor=coordinator, application=row, answer="Участники сети решили иначе.")
        year.count("applications_declined")


def _accept(year: NetworkYear, row: Application) -> Application:
    mentor = year.people.houses[2]
    return joining.accept(actor=year.people.coordinators[0], application=row, mentor=mentor)


def _way_in(year: NetworkYear, row: Application) -> Story:
    """What a newcomer enters and says; the last press before it is refused."""
    people, house = year.people, _there(row.organization)
    year.refused("the last press first", lambda: joining.complete(actor=people.manager(2), application=row))
    yield year.dice.uniform(1, 20)
    own = [scenarios.person(house, MembershipRole.MANAGER), scenarios.person(house)]
    for person in own:
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    _enter(year, house)
    joining.tick(actor=own[0], application=row, code="conduct")
    joining.tick(actor=people.manager(2), application=row, code="training")
    yield year.dice.uniform(1, 60)
    joining.complete(actor=people.manager(2), application=row)
    people.managers[house.pk] = own[0]
    year.count("applications_members")


def _enter(year: NetworkYear, house: Organization) -> None:
    scenarios.published(scenarios.place(house), method="call", by=year.people.verifier)
    told: dict[str, Any] = {"channel": "phone", "value": "+995322111111", "audience": "colleagues"}
    editing.create_contact(actor=None, organization=house, **told)


def hostile(year: NetworkYear, call: Call) -> Story:
    """A member's name in foreign letters, a mirrored website, referees who do not know it: warned of, and refused."""
    row = joining.begin(call=call, email="hostile@example.org", language="ru")
    year.count("applications")
    yield 0.5
    row = joining.send(application=row, fields=_said(year, HOMOGLYPH, website=MIRROR))
    warned = {one.kind for one in likenesses(row)}
    if not warned >= {"mixed_name", "like_name", "like_address"}:
        year.blame("hostile_unwarned", f"only {sorted(warned)}")
    yield 2
    row = joining.take_up(actor=year.people.coordinators[0], application=row)
    for kind in CheckKind:
        actor = year.people.made.administrator if kind in (CheckKind.SANCTIONS, CheckKind.SAFETY) else None
        told = {"outcome": "concern", "note": "Рекомендатели о ней не слышали"}
        joining.check(actor=actor or year.people.manager(0), application=row, kind=kind, **told)
    yield from _voting(year, row, "declined")
