"""Members of a country, and the named circle of an organisation, read what is theirs. Nobody else does, nor by SQL.

One organisation in Georgia hides in four ways; readers of every kind ask every route for members, and the database.
"""

from __future__ import annotations

import itertools

import pytest
from django.db import connection, transaction
from django.test import Client

from core.tests.shared import shared
from directory.access import circles_open, members_read, public_read
from directory.asking.queries import current_listings
from directory.tables.listings import CircleListing, CountryListing, MemberListing, PublicListing
from facts.discretion import LINK, changes_for, content_for, may_read, reader_of
from organizations.models import CircleMember, Location, Organization
from servicemap.tests.guards.leaking import leaks
from services.models import Service
from verification import editing
from verification.guarding.circles import agree, propose, remove
from verification.snapshots import difference
from verification.tests import scenarios
from verification.upkeep.rebuild import compare, rebuild

pytestmark = pytest.mark.django_db
#: Visibility of a listing → its canary. All stand at places of which members may know the city.
EXISTS = {"country": "тайнастраны", "circle": "тайнакруга", "administrators": "тайнадома"}
#: Who gets the door of a place that is exact for that tier alone → its canary.
DOORS = {"country": "дверьстраны", "circle": "дверькруга", "none": "дверьдома"}
#: Who reads of the legal risks of a service that all members know → its canary.
RISKS = {"members": "рискчленам", "country": "рискстране", "circle": "рисккругу", "administrators": "рискдома"}
_OF_COUNTRY = {EXISTS["country"], DOORS["country"], RISKS["members"], RISKS["country"]}
_OF_CIRCLE = {*_OF_COUNTRY, EXISTS["circle"], DOORS["circle"], RISKS["circle"]}
#: Reader → what they may read.
READERS = {
    "anonymous": set(),
    **{role: {RISKS["members"]} for role in ("abroad", "administrator", "coordinator", "former", "waiting")},
    "neighbour": _OF_COUNTRY,
    "friend": _OF_CIRCLE,
    "owner": _OF_CIRCLE,
}
CANARIES = {*EXISTS.values(), *DOORS.values(), *RISKS.values()}
PAGES = (
    "/api/v1/members/listings/?page_size=100", "/api/v1/members/listings.geojson", "/ru/members/",
    "/api/v1/members/map/?zoom=18", "/api/v1/members/nearest/?lat=41.7&lon=44.8", "/ru/members/organizations/ukrytie/",
    "/api/v1/listings/?page_size=100", "/ru/",
)  # fmt: skip


class World:
    def __init__(self) -> None:
        self.owner = scenarios.organization("Укрытие", slug="ukrytie")
        self.people = {
            "owner": scenarios.person(self.owner, "manager"),
            "neighbour": scenarios.person(scenarios.organization("Соседи"), "reader"),
            "abroad": scenarios.person(_abroad("Чужие"), "reader"),
            "former": scenarios.person(_abroad("Бывшие"), "reader"),
            "waiting": scenarios.person(_abroad("Ждут"), "manager"),
            "friend": scenarios.person(_abroad("Друзья"), "editor"),
            "administrator": scenarios.person(_abroad("Дом"), "manager", "administrator"),
            "coordinator": scenarios.coordinator(_abroad("Стол")),
        }
        self.second = scenarios.person(self.owner, "editor")
        self.public = scenarios.published(scenarios.place(self.owner, name="Открытое"), title="Открыто всем")
        self.listings = {code: self._exists(code, canary) for code, canary in EXISTS.items()}
        self.risks = {code: self._risk(code, canary) for code, canary in RISKS.items()}
        self.places = {code: self._door(code, canary) for code, canary in DOORS.items()}
        friend = self.organization_of("friend")
        self.row = agree(
            row=propose(actor=self.people["owner"], organization=self.owner, member=friend), actor=self.second
        )
        propose(actor=self.people["owner"], organization=self.owner, member=self.organization_of("waiting"))
        gone = propose(actor=self.people["owner"], organization=self.owner, member=self.organization_of("former"))
        remove(row=agree(row=gone, actor=self.second), actor=self.people["owner"])

    def _exists(self, visibility: str, canary: str):
        place = scenarios.place(
            self.owner, name="Кабинет", member_precision="settlement", public_precision="settlement"
        )
        return scenarios.published(place, title=canary, visibility=visibility)

    def _risk(self, readers: str, canary: str):
        place = scenarios.place(self.owner, name="Приёмная")
        return scenarios.published(place, title="Юрист", legal_risk_note=canary, risk_visibility=readers)

    def _door(self, tier: str, canary: str) -> Location:
        exact = {f"{tier}_precision": "exact"} if tier != "none" else {}
        place = scenarios.place(
            self.owner, name="Приют", address=f"ул. {canary}, 5", public_precision="settlement",
            member_precision="settlement", **exact,
        )  # fmt: skip
        scenarios.published(place, title="Ночлег", method="call")
        return place

    def organization_of(self, role: str) -> Organization:
        return Organization.objects.get(memberships__user=self.people[role])

    def client(self, role: str) -> Client:
        client = Client()
        if role in self.people:
            client.force_login(self.people[role])
        return client


def _abroad(name: str) -> Organization:
    return scenarios.organization(name, registration_country="KZ", countries=["KZ"])


_ground, world = shared(World)


def read_by(client: Client, ids) -> set[str]:
    places = [f"{start}{place}/" for place in ids for start in ("/ru/members/places/", "/api/v1/members/places/")]
    answers = [client.get(page) for page in (*PAGES, *places)]
    words = [
        client.post("/api/v1/members/search/", {"q": canary}, content_type="application/json")
        for canary in ("тайна", "дверь", "ночлег")
    ]
    return {canary for answer in (*answers, *words) for canary in leaks(answer, CANARIES)}


@pytest.mark.parametrize("role", READERS)
def test_each_reader_gets_their_circles_and_no_more(world, role):
    rows = [*world.listings.values(), *world.risks.values()]
    ids = [*(row.location.public_id for row in rows), *(place.public_id for place in world.places.values())]
    assert read_by(world.client(role), ids) == READERS[role]


def rows_of(model) -> int:
    return model.objects.count()


def test_sql_gets_no_row_of_a_circle_that_it_is_not_in(world):
    """Whatever is asked of the tables themselves: without a word nothing, with a word its own, as the public never."""
    assert rows_of(CountryListing) == rows_of(CircleListing) == 0
    with circles_open():
        assert (rows_of(CountryListing), rows_of(CircleListing)) == (3, 6)
    assert rows_of(CircleListing) == 0
    for role, expected in {"abroad": (0, 0), "neighbour": (3, 0), "friend": (0, 6), "owner": (3, 6)}.items():
        with members_read(world.people[role]):
            assert (rows_of(CountryListing), rows_of(CircleListing)) == expected, role
        assert rows_of(CountryListing) == rows_of(CircleListing) == 0
    for model in (CountryListing, CircleListing, MemberListing):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic(), public_read():
            rows_of(model)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), public_read():
        current_listings("members").count()


@pytest.mark.parametrize("model", [CountryListing, CircleListing])
def test_nobody_writes_there_who_has_not_said_so(world, model):
    with circles_open():
        row = model.objects.first()
    assert model.objects.update(family="x") == 0 and model.objects.all().delete()[0] == 0
    row.pk = "anotherone"
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity AND relforcerowsecurity, (SELECT rolsuper OR rolbypassrls FROM pg_roles "
            "WHERE rolname = current_user) FROM pg_class WHERE oid = %s::regclass",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (True, False)


def ids_of(model) -> set[str]:
    with circles_open():
        return set(model.objects.values_list("id", flat=True))


@pytest.mark.parametrize("by_hand", [False, True])
def test_narrowing_takes_the_rows_of_circles_at_once(world, by_hand):
    """By the form and by bare SQL."""
    service = world.listings["country"].service
    door = world.places["circle"]
    assert world.listings["country"].public_id in ids_of(CountryListing)
    if by_hand:
        Service.objects.filter(pk=service.pk).update(visibility="administrators")
        Location.objects.filter(pk=door.pk).update(circle_precision="")
    else:
        owner = world.people["owner"]
        editing.update_service(actor=owner, service=service, expected_version=service.version, visibility="circle")
        editing.update_location(actor=owner, location=door, expected_version=door.version, circle_precision="")
    assert world.listings["country"].public_id not in ids_of(CountryListing)
    assert (world.listings["country"].public_id in ids_of(CircleListing)) is not by_hand
    assert door.listings.get().public_id not in ids_of(CircleListing)
    assert read_by(world.client("friend"), []).isdisjoint({DOORS["circle"]})


@pytest.mark.parametrize("by_hand", [False, True])
def test_narrowing_who_reads_of_risks_takes_them_at_once(world, by_hand):
    row = world.risks["members"]
    assert MemberListing.objects.get(id=row.public_id).content["ru"]["legal_risk_note"] == RISKS["members"]
    if by_hand:
        Service.objects.filter(pk=row.service_id).update(risk_visibility="circle")
        assert not MemberListing.objects.filter(id=row.public_id).exists()
        return
    owner = world.people["owner"]
    editing.update_service(
        actor=owner, service=row.service, expected_version=row.service.version, risk_visibility="circle"
    )
    assert "legal_risk_note" not in MemberListing.objects.get(id=row.public_id).content["ru"]
    assert row.public_id in ids_of(CircleListing)
    row.service.refresh_from_db()
    editing.update_service(
        actor=owner, service=row.service, expected_version=row.service.version, risk_visibility="members"
    )
    assert "legal_risk_note" not in MemberListing.objects.get(id=row.public_id).content["ru"]  # a second person first


def test_on_private_pages_others_read_what_all_members_may_and_a_link_nothing(world):
    for code, canary in RISKS.items():
        content = world.risks[code].state.published.content
        for reader in (reader_of(world.people["coordinator"]), LINK):
            reads = code == "members" and not reader.by_link
            assert (canary in str(content_for(reader, content))) is reads
            assert may_read(reader, "service.legal_risk_note", content) is reads
            shown = str(changes_for(reader, difference(None, content), None, content))
            assert (canary in shown) is reads
        assert canary in str(content_for(reader_of(world.people["owner"]), content))


def test_who_leaves_the_circle_reads_nothing_more(world):
    client, friend = world.client("friend"), world.organization_of("friend")
    remove(row=world.row, actor=world.people["friend"])
    assert read_by(client, []) <= {RISKS["members"]}
    assert CircleMember.objects.filter(organization=world.owner, member=friend).count() == 0


def test_a_circle_row_taken_away_by_hand_is_taken_from_the_map(world):
    client = world.client("friend")
    CircleMember.objects.filter(pk=world.row.pk).delete()
    assert read_by(client, []) == set()


def test_widening_waits_for_another_organisation(world):
    place, owner = world.places["none"], world.people["owner"]
    editing.update_location(actor=owner, location=place, expected_version=place.version, circle_precision="exact")
    assert DOORS["none"] not in read_by(world.client("friend"), [place.public_id])


def test_the_tables_for_everybody_know_nothing_of_it(world):
    """What all members and the public get is the same with and without the smaller circles."""
    hidden = {row.public_id for row in world.listings.values()}
    for model in (PublicListing, MemberListing):
        assert not hidden & set(model.objects.values_list("id", flat=True))
        assert not model.objects.filter(search_text__iregex="|".join(CANARIES)).exists()


def test_rebuilding_makes_the_same_rows(world):
    before = ids_of(CountryListing), ids_of(CircleListing)
    assert not compare()
    rebuild()
    assert not compare() and (ids_of(CountryListing), ids_of(CircleListing)) == before


def test_what_all_members_get_is_read_by_its_indexes(world):
    """The view leaves the map of members its index, and the public's tables are not touched at all."""
    with members_read(world.people["abroad"]), connection.cursor() as cursor:
        for other in ("seqscan", "indexscan", "indexonlyscan"):  # a bitmap needs a condition that an index knows
            cursor.execute(f"SET LOCAL enable_{other} = off")
        box = "ST_MakeEnvelope(44, 41, 45, 42, 4326)"
        cursor.execute(f"EXPLAIN SELECT id FROM directory_readablelisting WHERE point && {box}")
        plan = "\n".join(itertools.chain.from_iterable(cursor.fetchall()))
    assert "Bitmap Index Scan on directory_memberlisting_point" in plan
