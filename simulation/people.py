"""What people do with their letters, and what happens to people. Everything through the services."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import re
from collections import defaultdict
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage

from accounts.models import User
from core import clock
from core.errors import HouseError
from messaging.absences import declare_absence, today_of
from messaging.models import Correspondent
from messaging.people import refresh
from messaging.services import choose_rhythm
from organizations.models import Membership, MembershipRole
from organizations.people import add_member, remove_member
from services.models import ServiceAtLocation
from simulation.mailbox import MAILBOX
from simulation.world import World
from verification import answering, editing
from verification import services as verification
from verification.answering import LinkClosed, confirm_profile_by_link, request_new_link
from verification.coordination import desk
from verification.letters.occasions.profiles import waiting_profile
from verification.models import Recheck, RecheckReason, Report, ReportKind
from verification.profiles import shown_profile

_LINK = re.compile(r"/confirm/([\w-]{20,})/")
#: Style → how likely somebody answers a letter, and after how many days at the earliest and the latest.
ANSWERS = {"prompt": (0.92, 0, 3), "late": (0.7, 6, 40), "never": (0.0, 0, 0)}
#: Style → how likely the coordinator gets the organisation to the phone.
PHONE = {"prompt": 0.8, "late": 0.5, "never": 0.08}
#: How likely somebody who opens a letter answers about places too, and how often a verifier hears of them.
RENEWS, HEARS = 0.8, 0.2
LEVELS = ("free", "limited", "full", "out_of_stock", "unknown")
EDITORS = (MembershipRole.EDITOR, MembershipRole.MANAGER)
KINDS = (ReportKind.PHONE, ReportKind.HOURS, ReportKind.CLOSED, ReportKind.ADDRESS, ReportKind.OTHER)

Act = Callable[[], object]


class Agenda:
    """What people mean to do on which day."""

    def __init__(self) -> None:
        self._acts: dict[dt.date, list[Act]] = defaultdict(list)

    def on(self, day: dt.date, act: Act) -> None:
        self._acts[day].append(act)

    def take(self, day: dt.date) -> list[Act]:
        return self._acts.pop(day, [])


class Life:
    """People of one simulated network. `rng` decides, so that a seed tells the same story again."""

    def __init__(self, world: World, rng: random.Random, agenda: Agenda) -> None:
        self.world, self.rng, self.agenda = world, rng, agenda
        self.bounced = self.left = self.reported = 0

    # --- letters

    def read(self, letter: EmailMessage, today: dt.date) -> None:
        """Decide when to do what the letter asks for, if at all."""
        address = letter.to[0]
        found = _LINK.search(str(letter.body))
        if found is None:
            user = next((c for c in self.world.coordinators if c.email == address), None)
            if user is not None:
                self.agenda.on(today + dt.timedelta(days=self.rng.randint(1, 4)), lambda: self.phone_round(user))
            return
        person = Correspondent.objects.filter(email=address, organization__isnull=False).first()
        if person is None:
            return
        chance, soonest, latest = ANSWERS[self.world.style_of(person.organization_id)]
        if self.rng.random() < chance:
            day = today + dt.timedelta(days=self.rng.randint(soonest, latest))
            self.agenda.on(day, lambda: self.answer(found[1], person))

    # long: one branch for each thing that a person may say
    def answer(self, token: str, person: Correspondent) -> None:
        """Open the link, look, press. Most is right; something has changed, something is closed now and then."""
        try:
            link = answering.find_link(token)
        except LinkClosed as closed:
            if closed.code == "expired":
                request_new_link(token=token)
            return
        lines = answering.lines_of(link)
        for line in lines:
            if line.word is not None and line.standing != "gone":
                self.say_places_by_link(token, line.item.public_id)
        lines = [line for line in lines if line.standing == "open"]
        right = []
        for line in lines:
            item, dice = line.item.public_id, self.rng.random()
            if dice < 0.03:
                answering.report_changed(token=token, item=item, note="Другие часы")
                self._edit_soon(line.item.listing, person)
            elif dice < 0.037:
                answering.report_closed(token=token, item=item, for_good=self.rng.random() < 0.5)
            else:
                right.append(item)
        if right and self.rng.random() < 0.05:
            answering.confirm(token=token, items=right)
            answering.undo(token=token, items=right[:1])
        answering.confirm(token=token, items=right)
        waits = waiting_profile(person.organization)
        shown = shown_profile(waits.organization) if waits else None
        if shown is not None:
            _ignore(lambda: confirm_profile_by_link(token=token, seen=shown.public_id))

    def say_places_by_link(self, token: str, item: str) -> None:
        """Whoever opens a letter answers about places too, more often than not."""
        if self.rng.random() < RENEWS:
            level = self._level()
            _ignore(lambda: answering.report_capacity(token=token, item=item, level=level))

    def say_places(self) -> None:
        """One organisation begins to say whether there are places, at some of its listings; or says it anew."""
        saying = [o for number, o in enumerate(self.world.organizations) if number % 3 != 2]
        organization = self.rng.choice(saying)
        membership = organization.memberships.filter(role__in=EDITORS).order_by("pk").select_related("user").first()
        mine = [row for row in self.world.listings if row.service.organization_id == organization.pk]
        if membership is None or not mine:
            return
        for listing in self.rng.sample(mine, min(3, len(mine))):
            level = self._level()
            _ignore(
                lambda listing=listing, level=level: verification.report_capacity(  # type: ignore[misc]
                    listing=listing, actor=membership.user, level=level
                )
            )

    def _level(self) -> str:
        return self.rng.choices(LEVELS, [45, 20, 15, 15, 5])[0]

    def _edit_soon(self, listing: ServiceAtLocation, person: Correspondent) -> None:
        if person.user is None:
            return
        user = person.user
        self.agenda.on(clock.today() + dt.timedelta(days=self.rng.randint(1, 3)), lambda: self.edit(listing, user))

    def edit(self, listing: ServiceAtLocation, user: User) -> None:
        """Change something that matters and send it; a verifier of another organisation decides soon after."""
        service = listing.service
        service.refresh_from_db()
        try:
            editing.update_service(
                actor=user, service=service, expected_version=service.version, cost_note=f"С {clock.today():%d.%m}"
            )
            review = verification.submit(listing=listing, actor=user, checked=True)
        except HouseError:
            return  # the person has left meanwhile, or nothing differs
        verifier = self.verifier_for(listing)
        if review.is_open and verifier:
            day = clock.today() + dt.timedelta(days=self.rng.randint(1, 5))
            self.agenda.on(day, lambda: _ignore(lambda: verification.approve(review=review, actor=verifier)))

    # --- coordinators and verifiers

    def phone_round(self, coordinator: User) -> None:
        """Call whoever is overdue or unreachable, as many as an afternoon allows."""
        for state in desk.overdue(coordinator).select_related("listing__service")[:12]:
            organization = state.listing.service.organization_id
            if self.rng.random() < PHONE[self.world.style_of(organization)]:
                _ignore(
                    lambda state=state: verification.confirm_unchanged(  # type: ignore[misc]
                        listing=state.listing, actor=coordinator, method="coordinator_phone"
                    )
                )
        for organization_row in desk.unreachable(coordinator)[:3]:
            self._new_address(organization_row.pk)

    def _new_address(self, organization_id: int) -> None:
        """The coordinator learns a working address; the account gets it."""
        broken = Correspondent.objects.filter(organization=organization_id, bounced_at__isnull=False)
        for person in broken.select_related("user"):
            if person.user:
                person.user.email = f"new{next(self.world.numbers)}@example.org"
                person.user.save(update_fields=["email"])
        refresh([o for o in self.world.organizations if o.pk == organization_id])

    def verify_week(self) -> None:
        """Each verifier does a few remote checks of others: first what class A asks for, then anything."""
        asked = Recheck.objects.open().filter(reason=RecheckReason.OUTSIDE).select_related("listing__service")
        waiting = [recheck.listing for recheck in asked.order_by("due_at", "pk")[:5]]
        others = self.rng.sample(self.world.listings, min(2, len(self.world.listings)))
        for listing in [*waiting, *others]:
            verifier = self.verifier_for(listing)
            if verifier is not None:
                outcome = self.rng.choices(["correct", "wrong", "unreachable"], [92, 4, 4])[0]
                self._check(listing, verifier, outcome)

    def _check(self, listing: ServiceAtLocation, verifier: User, outcome: str) -> None:
        method = self.rng.choice(["call", "call", "message", "test_contact", "visit"])
        heard = self._level() if self.rng.random() < HEARS else ""
        _ignore(
            lambda: verification.record_check(
                listing=listing, actor=verifier, method=method, outcome=outcome, capacity=heard
            )
        )

    def verifier_for(self, listing: ServiceAtLocation) -> User | None:
        others = self.world.verifiers_outside(listing.service.organization_id)
        return self.rng.choice(others) if others else None

    # --- what happens to people

    def report(self) -> None:
        """A reader says that something is wrong; a verifier closes it within some days."""
        listing = self.rng.choice(self.world.listings)
        report, _code = verification.receive_report(listing=listing, kind=self.rng.choice(KINDS))
        self.reported += 1
        day = clock.today() + dt.timedelta(days=min(self.rng.randint(0, 6), self.rng.randint(0, 12)))
        self.agenda.on(day, lambda: self._close(report, listing))

    def _close(self, report: Report, listing: ServiceAtLocation) -> None:
        verifier = self.verifier_for(listing)
        if verifier is None:
            return
        state = self.rng.choice(["fixed", "unfounded"])
        _ignore(lambda: verification.close_report(report=report, actor=verifier, state=state, answer="Проверено"))
        self._check(listing, verifier, "correct")

    def bounce(self) -> None:
        """From now on letters to somebody come back."""
        people = Correspondent.objects.awake().filter(organization__isnull=False).order_by("pk")
        if people:
            MAILBOX.bouncing.add(self.rng.choice(list(people)).email)
            self.bounced += 1

    def leave(self) -> None:
        """An editor leaves; three weeks later, perhaps, somebody takes over."""
        editors = Membership.objects.filter(role=MembershipRole.EDITOR).order_by("pk").select_related("organization")
        if not editors:
            return
        membership = self.rng.choice(list(editors))
        remove_member(actor=None, membership=membership)
        self.left += 1
        if self.rng.random() < 0.7:
            organization = membership.organization
            day = clock.today() + dt.timedelta(days=21)
            self.agenda.on(
                day,
                lambda: _ignore(
                    lambda: add_member(
                        actor=None, organization=organization, user=self.world.person("successor"), role="editor"
                    )
                ),
            )

    def choose_rhythms(self) -> None:
        """Some want one letter a week, somebody wants none."""
        people = list(Correspondent.objects.awake().filter(organization__isnull=False).order_by("pk"))
        for number, person in enumerate(self.rng.sample(people, min(6, len(people)))):
            choose_rhythm(correspondent=person, rhythm="never" if number == 0 else "weekly")

    def go_on_holiday(self) -> None:
        """Coordinators are away in turn, the administrator stands in for each; so are some editors."""
        start, (administrator, *_others) = clock.today(), self.world.administrators
        for number, person in enumerate(self.world.coordinators):
            self._away(person, start + dt.timedelta(days=20 * number), 14, administrator)
        for organization in self.world.organizations[::3]:
            team = list(organization.memberships.filter(role__in=["editor", "manager"]).order_by("pk"))
            if len(team) > 1:
                self._away(team[-1].user, start, 21, team[0].user)

    def _away(self, person: User, first: dt.date, days: int, delegate: User) -> None:
        first = max(first, today_of(person))  # it may be tomorrow already where they are
        last = first + dt.timedelta(days=days - 1)
        with contextlib.suppress(ValidationError):  # the delegate gets no letters just now
            declare_absence(actor=person, user=person, starts_on=first, ends_on=last, delegate=delegate)


def _ignore(act: Callable[[], object]) -> None:
    """What the services refuse, people leave alone: somebody else was quicker."""
    try:
        act()
    except HouseError:
        return
