"""People on their way between the fictional members: requests in every state, six chains, one with little time left.

It is told after the map is full, because whom one can ask is read from the members' map.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from accounts.models import User
from core import clock
from demonstration.life import Course
from organizations.models import Organization
from referrals import choosing, rounds
from referrals import services as referrals
from referrals.models import CorridorCount, Offer, Referral
from referrals.models.words import AnswerBand, Mode, OfferState, Outcome, Supply, Urgency

#: What people are sent on for, with the medicine that hangs on it.
NEEDS = (
    ("art", Supply.ART), ("hiv_rapid_test", Supply.NONE), ("opioid_substitution", Supply.OST),
    ("tb_treatment", Supply.TB), ("paralegal", Supply.NONE), ("shelter", Supply.NONE), ("prep", Supply.PREP),
)  # fmt: skip
#: How far each goes, and how many there are of it: together about forty.
ENDS = (
    *("waiting",) * 5, *("seen",) * 3, *("question",) * 2, *("placed",) * 7, *("declined",) * 3, *("stuck",) * 2,
    *("silent",) * 3, *("arrived",) * 3, *("served",) * 6, "no_show", "given_back", "taken_back",
)  # fmt: skip
CHAINS = ("waiting", "placed", "placed", "first_served", "silent", "served")


@dataclass(frozen=True)
class Way:
    """One person: for what, from which country, through which ones, how far they have come."""

    end: str
    days_ago: float
    supply_days: int
    length: int


class Key(TypedDict):
    """Who answers, and what."""

    actor: User
    offer: str


class Travels:
    def __init__(self, life: Course) -> None:
        self.life = life
        self.dice = random.Random("travels")  # noqa: S311 (no secret)
        members = Organization.objects.in_network().exclude(member_status="external").order_by("slug")
        self.houses = [house for house in members if house.slug in life.network.organizations]

    def tell(self) -> int:
        """All ways in the order of time, then one round of the clock; the number of referrals."""
        ways = [Way(end, _days_ago(end, self.dice), self.dice.choice((12, 25, 40, 60)), 1) for end in ENDS]
        ways += [Way(end, _days_ago(end, self.dice), self.dice.choice((20, 35)), 3) for end in CHAINS]
        ways.append(Way("waiting", 0.05, 1, 1))  # the medicine ends tomorrow
        for way in sorted(ways, key=lambda one: -one.days_ago):
            with clock.travel(clock.now() - dt.timedelta(days=way.days_ago)):
                self._walk(way)
        rounds.run_often()
        self._count_earlier()
        return Referral.objects.count()

    def _walk(self, way: Way) -> None:
        draft = self._draft(way)
        if draft is None:
            return
        house, told = draft
        referral = referrals.send(actor=self.life.people.owner(house.slug), organization=house, draft=told)
        first = self._asked(referral, 1)
        if first is not None:
            self._answer(referral, first, way.end)

    def _draft(self, way: Way) -> tuple[Organization, referrals.ReferralDraft] | None:
        """The first house, in a random order, from which such a way can be gone at all."""
        for house in self.dice.sample(self.houses, len(self.houses)):
            needs = NEEDS[:1] if way.supply_days < 2 or way.length > 1 else self.dice.sample(NEEDS, len(NEEDS))
            for kind, supply in needs:
                legs = self._legs(house, kind, way)
                if len(legs) == way.length:
                    return house, self._told(house, legs, supply, way)
        return None

    def _legs(self, house: Organization, kind: str, way: Way) -> list[referrals.LegDraft]:
        """Stages in different countries, each with a place to ask and, where there is one, another in reserve."""
        found: list[referrals.LegDraft] = []
        actor = self.life.people.owner(house.slug)
        countries = [
            c for c in ("GE", "AM", "KZ", "KG", "UZ", "MD", "PL", "TR", "RS", "DE") if c not in house.countries
        ]
        for country in self.dice.sample(countries, len(countries)):
            mode = Mode.TRAVELS
            rows = choosing.candidates(actor=actor, sender=house, service_type=kind, country=country, mode=mode)
            rows = [row for row in rows if not row.shut]
            if not rows:
                continue
            other = next((row for row in rows[1:] if row.organization != rows[0].organization), None)
            day = clock.today() + dt.timedelta(days=6 + 12 * len(found))
            found.append(
                referrals.LegDraft(
                    country=country,
                    service_type=kind,
                    first=rows[0].listing,
                    fallback=other.listing if other else "",
                    mode=mode,
                    expected_on=day,
                )
            )
            if len(found) == way.length:
                break
        return found

    def _told(
        self, house: Organization, legs: Sequence[referrals.LegDraft], supply: str, way: Way
    ) -> referrals.ReferralDraft:
        ends = clock.today() + dt.timedelta(days=way.supply_days) if supply != Supply.NONE else None
        consent = referrals.ConsentDraft(language="ru", asked=True, fallback=True, outcome_back=True, counted=True)
        told = self.dice.sample(["with_child", "no_documents", "no_calls", "no_shelter", "to_be_met"], 1)
        return referrals.ReferralDraft(
            from_country=house.registration_country,
            legs=legs,
            consent=consent,
            supply_kind=supply,
            supply_ends_on=ends,
            languages=["ru"],
            circumstances=told if self.dice.random() < 0.5 else [],
        )

    def _asked(self, referral: Referral, position: int) -> Offer | None:
        return Offer.objects.filter(leg__referral=referral, leg__position=position, state=OfferState.SENT).first()

    def _answer(self, referral: Referral, first: Offer, end: str) -> None:
        """What became of it, in the hours and days after it was sent."""
        if end in ("waiting", "silent"):
            return
        if end == "taken_back":
            actor = self.life.people.owner(referral.sender.slug)
            referrals.take_consent_back(actor=actor, referral=referral.public_id)
            return
        key = self._key(first)
        referrals.see(**key)
        if end == "question":
            referrals.ask(**key, questions=["when", "documents"])
        elif end in ("declined", "stuck"):
            referrals.decline(**key, reason=self.dice.choice(("no_places", "no_stock", "other")))
            self._decline_all(referral, end)
        elif end != "seen":
            self._take(referral, key, end)

    def _key(self, offer: Offer) -> Key:
        return {"actor": self.life.people.owner(offer.organization.slug), "offer": offer.public_id}

    def _decline_all(self, referral: Referral, end: str) -> None:
        while end == "stuck" and (offer := self._asked(referral, 1)):
            referrals.decline(**self._key(offer), reason="no_places")

    def _take(self, referral: Referral, key: Key, end: str) -> None:
        referrals.accept(**key)
        for offer in Offer.objects.filter(leg__referral=referral, leg__position__gt=1, state=OfferState.SENT):
            referrals.accept(**self._key(offer))
        if end == "given_back":
            referrals.give_back(**key, reason="no_stock")
        elif end == "no_show":
            referrals.close_by_receiver(**key, outcome=Outcome.NO_SHOW)
        elif end == "arrived":
            referrals.arrive(**key)
        elif end in ("served", "first_served"):
            referrals.serve(**key, supply_given_days=30)
        if end == "served":
            for offer in Offer.objects.filter(leg__referral=referral, state="accepted", leg__state="placed"):
                referrals.serve(**self._key(offer))

    def _count_earlier(self) -> None:
        """Corridors of the two quarters before, as they would have been counted."""
        for back in (100, 190):
            month = (clock.today() - dt.timedelta(days=back)).replace(day=1)
            for start, to, n in (
                ("BY", "GE", 23),
                ("RU", "AM", 17),
                ("UZ", "KZ", 14),
                ("TJ", "KZ", 9),
                ("MD", "PL", 3),
            ):
                CorridorCount.objects.create(
                    month=month, from_country=start, to_country=to, group="hiv_treatment", urgency=Urgency.ORDINARY,
                    mode=Mode.TRAVELS, band=AnswerBand.IN_TIME, outcome=Outcome.SERVED, before_end=True,
                    n=n + back // 50,
                )  # fmt: skip


def _days_ago(end: str, dice: random.Random) -> float:
    """Waiting ones are of today, silent ones of last week, closed ones older."""
    if end in ("waiting", "seen", "question"):
        return dice.choice((0.1, 0.3, 0.8))
    if end == "silent":
        return dice.choice((6, 8))
    return dice.choice((2, 4)) if end in ("placed", "arrived", "declined", "stuck") else dice.choice((9, 16, 24))
