"""Small grants in the small world: one that runs, applied for by the editor's organisation, with canaries in its words.

`тайникоценки` stands where neither the organisation that applies nor any member reads: in scores, ballots, conflicts.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from core import clock
from network.decisions.models import Body, Seat
from network.decisions.models.words import BodyKind
from network.decisions.tests.makers import Network
from network.grants import services as grants
from network.grants.models import GrantApplication
from network.grants.tests import makers
from organizations.models import MembershipRole, Organization
from verification.tests import scenarios

GROUPS = ("", "plhiv", "people_who_use_drugs", "people_on_ost")
COUNTRIES = ("AM", "GE", "KZ", "PL")


class SecretRound(makers.Round):
    words = "тайникоценки"


def granted(editor: User, administrator: User | None, own: Organization, number: int = 0) -> dict[str, Any]:
    """A call, the application, its grant and the first of its reports, filled in."""
    cell = {"service_type": "hiv_rapid_test", "country": COUNTRIES[number // 4 % 4], "group": GROUPS[number % 4]}
    with clock.travel(clock.now() - dt.timedelta(days=40)):
        made = SecretRound(_network(editor, administrator, own), **cell)
        row = made.scored()
        made.voted(row)
    with clock.travel(clock.now() - dt.timedelta(days=30)):
        row = grants.write_down(actor=made.secretary, application=GrantApplication.objects.get(pk=row.pk))
        grant = made.agreed(row)
        report = grant.reports.get(position=1)
        grants.write_report(actor=editor, report=report, narrative="канарейка в отчёте", spent={1: None}, readings={})
    return {"grant_call": made.call, "bid": row, "grant": grant, "grant_report": report}


def _network(editor: User, administrator: User | None, own: Organization) -> Network:
    """The houses of the committee, made once, and the editor's in the place of the one that applies."""
    body = Body.objects.get(kind=BodyKind.ASSEMBLY)
    committee = Body.objects.filter(kind=BodyKind.COMMITTEE).first()
    if committee is None:
        houses = [scenarios.organization(f"Комиссия {number}") for number in range(4)]
        people = [scenarios.person(house, MembershipRole.MANAGER) for house in houses]
    else:
        seats = Seat.objects.filter(body=committee).select_related("organization", "person").order_by("pk")
        houses = [seat.organization for seat in seats]
        houses.append(Organization.objects.get(name="Комиссия 3"))
        people = [house.memberships.get().user for house in houses]
    boss = administrator or people[0]
    houses.insert(makers.APPLICANT, own)
    people.insert(makers.APPLICANT, editor)
    return Network(assembly=body, council=body, administrator=boss, houses=houses, managers=people)
