"""A small network with one of everything, and a canary in every field that not everybody may read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.geos import Point

from accounts.models import NetworkRole, User
from core import clock
from core.ids import ALPHABET
from exchange.models import PLAN_STANDS, BookImport, ForeignList
from messaging.absences import declare_absence, today_of
from messaging.models import Correspondent, Message
from messaging.people import correspondents_for
from network.countries import facts
from network.countries.tests.makers import WORDS, published
from network.decisions.models import Meeting
from organizations import services as organizations
from organizations.invitations import invite
from organizations.models import Location, MembershipRole, Organization
from referrals import services as referrals
from referrals.codes import read_code
from referrals.models import Offer, Referral
from servicemap.tests.guards import directories, governing, telling
from servicemap.tests.guards.helping import helped
from services import services
from services.models import Notice, ServiceAtLocation
from services.tests.makers import make_attribute
from translations.tests.makers import translator, unit_of
from verification import services as verification
from verification.answering import find_link, lines_of, report_capacity
from verification.campaigns.running import start_campaign
from verification.guarding.circles import propose
from verification.guarding.disclosing import ask
from verification.letters.links import issue_link
from verification.models import Check, ListingState, Proposal, Review, Snapshot
from verification.publication import publish_vocabulary
from verification.tests import scenarios

#: Found in a public answer, each of these is a leak. The point is 44.812345, 41.723456 and nothing near it.
SECRET_POINT = Point(44.812345, 41.723456, srid=4326)
MINSK_POINT = Point(27.551234, 53.903456, srid=4326)


def _written(point: Point) -> tuple[str, ...]:
    """As an answer may write both numbers: cut or rounded to five places, or to four and then ended: four alone come
    by chance, where a derived pin begins with them."""
    numbers = [f"{number:.6f}" for number in point.coords]
    ends = [f"{float(number):.4f}{end}" for number in numbers for end in (",", "]", "}", '"', "<", " ", "&")]
    return (*(number[:-1] for number in numbers), *(f"{float(number):.5f}" for number in numbers), *ends)


CANARIES = (
    *("kanareyk", "KAN ARE YK"),
    *("канарейка", "kanareika", "+375291234567", "375 29 123-45-67"),
    *_written(SECRET_POINT),
    *_written(MINSK_POINT),
)
#: What the organisation itself and administrators may see, and nobody else, whatever they do for the network.
OWNER_CANARIES = ("тайникхозяина", *_written(SECRET_POINT), "+375291234567", "375 29 123-45-67", "+375297654321")
#: Doors and numbers that nobody beside the organisation knows: without a disclosure administrators do not either.
DOOR_CANARIES = ("тайникхозяина, 7", "тайникхозяина во дворе", *OWNER_CANARIES[1:])
#: When somebody signed in last is told to nobody else.
LAST_USE = ("1987-06-05", "05.06.1987", "июня 1987", "June 1987")
#: What a person who was sent on holds in their hand: the sender reads it, and whoever has said yes.
CODE_CANARIES = ("kanareyk", "KAN ARE YK")
#: What members may see and the public may not.
MEMBER_CANARIES = ("тайнадлячленов", "hushed-quietly", "+375291111111", "375 29 111-11-11")
#: A note about money; what the committee says, which not even whoever applies reads; what members answered and found.
MONEY_CANARIES, SCORE_CANARIES, SURVEY_CANARIES = ("тайникденег",), ("тайникоценки",), ("тайникответов",)
_OF_THE_NETWORK = OWNER_CANARIES + MEMBER_CANARIES + CODE_CANARIES + MONEY_CANARIES + SCORE_CANARIES + SURVEY_CANARIES
#: Role → what it may not read. The editor is the owner's; administrators know that something is there, and not where.
FORBIDDEN = {
    **dict.fromkeys(("anonymous", "outsider", "translator", "volunteer"), _OF_THE_NETWORK),
    "reader": OWNER_CANARIES + CODE_CANARIES + MONEY_CANARIES + SCORE_CANARIES + SURVEY_CANARIES,
    "editor": SCORE_CANARIES,
    "verifier": OWNER_CANARIES + CODE_CANARIES + MONEY_CANARIES + SCORE_CANARIES + SURVEY_CANARIES,
    "coordinator": OWNER_CANARIES + CODE_CANARIES + MONEY_CANARIES + SCORE_CANARIES,
    "administrator": DOOR_CANARIES + CODE_CANARIES,
    "evaluator": OWNER_CANARIES + MEMBER_CANARIES + CODE_CANARIES + MONEY_CANARIES,
}
ROLES = tuple(FORBIDDEN)


@dataclass
class World:
    """Organisation `own` with its rows; people by role. The editor belongs to `own`, all others do not."""

    own: Organization
    place: Location
    listing: ServiceAtLocation
    draft: ServiceAtLocation
    review: Review
    people: dict[str, User] = field(default_factory=dict)
    extras: dict[str, Any] = field(default_factory=dict)


def build() -> World:
    """Everything through the services; the editor is a manager of `own`."""
    own = scenarios.organization("Мост", slug="most", name_en="Bridge", description="Помогаем в пути.")
    Organization.objects.filter(pk=own.pk).update(
        safety_note="канарейка безопасности", due_diligence_note="канарейка проверки"
    )
    place = scenarios.place(own)
    own_phone = scenarios.phone(own, place)
    colleague = organizations.create_contact(
        actor=None, organization=own, channel="phone", value="+375291111111", audience="colleagues",
        visibility="members", person="тайнадлячленов Анна",
    )  # fmt: skip
    listing = scenarios.published(place, legal_risk_note="тайнадлячленов о рисках", method="call", **_answers())
    review = verification.submit(listing=_edited(listing), actor=None)
    world = World(own, place, listing, scenarios.listing(place, title="Черновик канарейка"), review)
    world.people = _people(own)
    world.extras = {
        "contact": own_phone,
        "colleague": colleague,
        "notice": _notice(world),
        "invitation": invite(
            actor=None, organization=own, email="new@example.org", role=MembershipRole.READER, language="ru"
        )[0],
        "hidden": [_shelter(own), _members_only(place), _secret_place(own)],
    }
    world.extras |= _care(world) | helped(own, listing, world.people) | _said_of_countries(world)
    User.objects.update(last_login=dt.datetime(1987, 6, 5, 12, tzinfo=dt.UTC))
    world.extras["cared"] = [_cared_for(world, hidden) for hidden in world.extras["hidden"]]
    return world


def _answers() -> dict[str, Any]:
    """What the listing answers to an attribute for everybody and to one for members alone."""
    make_attribute("dogs", name="Можно с собакой", name_en="Dogs are welcome")
    make_attribute("hushed", "quietly", name="Тайнадлячленов: признак", name_en="Тайнадлячленов attribute",
                   members_only=True, synonyms={"ru": ["тайнадлячленов"]})  # fmt: skip
    publish_vocabulary()
    return {"attributes": ["dogs-yes", "hushed-quietly"]}


def _care(world: World) -> dict[str, Any]:
    """What the coordinators' desk works with: a report, a campaign, a takedown elsewhere, a check, a letter."""
    coordinator, today = world.people["coordinator"], clock.today()
    report, _code = verification.receive_report(listing=world.listing, kind="phone", text="канарейка в сообщении")
    check = verification.record_check(listing=world.listing, actor=world.people["verifier"], method="call")
    Check.objects.filter(pk=check.pk).update(note="канарейка в заметке")
    correspondent = Correspondent.objects.create(organization=world.own, email="kanareika@example.org")
    message = Message.objects.create(
        dedupe_key="guards",
        kind="reminder",
        correspondent=correspondent,
        address=correspondent.email,
        state="dead",
        not_before=clock.now(),
    )
    _say_places(world, correspondent)
    return {
        **_absence(world),
        **_guarded(world),
        "report": report,
        "check": check,
        "snapshot": Snapshot.objects.filter(listing=world.listing).earliest("pk"),
        "campaign": start_campaign(actor=coordinator, name="Перед зимой", starts_on=today, ends_on=today),
        "takedown": verification.take_down(actor=coordinator, reason="канарейка скрытия", country="PL"),
        "correspondent": correspondent,
        "message": message,
        "book": _book(world),
        "source": directories.read_once(),
        **(_heard(world) | _sent_on(world) | decided(world)),
    } | telling.told(coordinator, world.people["editor"], Meeting.objects.earliest("pk"))


def decided(world: World) -> dict[str, Any]:
    """The editor leads the assembly; it has a paper, a meeting, a decision, and a vote that runs."""
    return governing.decided(world.people["editor"], world.people["administrator"], world.own)


def _book(world: World) -> BookImport:
    """A workbook that the editor has sent, and a list from elsewhere under the same id."""
    shared = {"user": world.people["editor"], "expires_at": clock.now() + PLAN_STANDS}
    made = BookImport.objects.create(missing=[{"sheet": "", "name": "канарейка"}], **shared)
    found = {"title": "канарейка", "columns": ["Услуга"], "rows": [[2, {"Услуга": "канарейка"}, []]]}
    ForeignList.objects.create(public_id=made.public_id, organization=world.own, **shared, **found)
    return made


def _heard(world: World) -> dict[str, Any]:
    """What a stranger misses, and what was said on the phone."""
    suggestion, _code = verification.receive_suggestion(
        what="канарейка в предложении", country="GE", city="Тбилиси", reach="канарейка", known_from="been"
    )
    proposal = Proposal.objects.create(listing=world.listing, path="listing.hours", said="канарейка в правке")
    return {"suggestion": suggestion, "proposal": proposal}


def _sent_on(world: World) -> dict[str, Any]:
    """Somebody whom `own` sends to its neighbours, who have not answered; and one whom the neighbours send to `own`."""
    neighbours = world.people["verifier"].memberships.get().organization
    theirs = scenarios.published(scenarios.place(neighbours), title="Рядом", method="")
    referral = send_on(world.people["editor"], world.own, theirs)
    code = f"kanareyk{next(one for one in ALPHABET if read_code(f'kanareyk{one}'))}"
    Referral.objects.filter(pk=referral.pk).update(code=code)
    send_on(world.people["verifier"], neighbours, world.listing)
    return {"referral": referral, "offer": Offer.objects.get(leg__referral=referral), "theirs": theirs}


def _said_of_countries(world: World) -> dict[str, Any]:
    """A draft of `own`, facts for everybody and for members only, and a danger of which only members are told."""
    published(topic="art")
    published(topic="tb", visibility="members", statement="тайнадлячленов о туберкулёзе", brief="тайнадлячленов")
    published(topic="undesirable", visibility="members", statement="тайнадлячленов о риске")
    words = {**WORDS, "topic": "pep", "statement": "тайникхозяина в черновике"}
    return {
        "unit": unit_of("service", "title", "Тест на ВИЧ").id,
        "fact": facts.write_fact(actor=world.people["editor"], organization=world.own, **words),
        "country_notice": services.set_notice(
            actor=None, country="GE", kind="warning", level="danger", text="тайнадлячленов об опасности",
            visibility="members", source_title="тайнадлячленов",
        ),
    }  # fmt: skip


def send_on(actor: User, sender: Organization, to: ServiceAtLocation) -> Referral:
    """One person, by one stage."""
    leg = referrals.LegDraft(country="GE", service_type="hiv_rapid_test", first=to.public_id)
    agreed = referrals.ConsentDraft(language="ru", asked=True, fallback=True, group_told=True)
    draft = referrals.ReferralDraft(
        from_country="GE", legs=[leg], consent=agreed, groups=["trans_nonbinary"], circumstances=["pregnant"],
        supply_kind="art",
        supply_ends_on=clock.today() + dt.timedelta(days=40),
    )  # fmt: skip
    return referrals.send(actor=actor, organization=sender, draft=draft)


def _guarded(world: World) -> dict[str, Any]:
    """An administrator asks for what `own` hides, and `own` asks for another one in its circle."""
    return {
        "disclosure": ask(
            actor=scenarios.person(None, "", NetworkRole.ADMINISTRATOR), organization=world.own, reason="канарейка"
        ),
        "circle_member": propose(
            actor=world.people["editor"],
            organization=world.own,
            member=world.people["reader"].memberships.get().organization,
        ),
    }


def _cared_for(world: World, listing: ServiceAtLocation) -> dict[str, Any]:
    """All that the network does with a listing of which it may know little: a submission, a report, a check."""
    first = Snapshot.objects.filter(listing=listing).earliest("pk")
    if listing.location_id != world.place.pk:
        Location.objects.filter(pk=listing.location_id).update(address="Тайникхозяина, 7", district="Тайникхозяина")
    review = verification.submit(listing=_renamed(listing), actor=None)
    report, _code = verification.receive_report(listing=listing, kind="phone", text="Не отвечают")
    return {
        "listing": listing.public_id,
        "service": listing.service.public_id,
        "place": listing.location.public_id if listing.location else "",
        "review": review.public_id,
        "report": report.public_id,
        "check": verification.record_check(listing=listing, actor=world.people["verifier"], method="call").public_id,
        "snapshot": first.public_id,
    }


def _renamed(listing: ServiceAtLocation) -> ServiceAtLocation:
    scenarios.rename(listing, summary="Иначе, чем было", age_from=18)
    return listing


def _absence(world: World) -> dict[str, Any]:
    """The editor is away and a colleague, whose name is nobody else's business, stands in."""
    editor, delegate = world.people["editor"], scenarios.person(world.own)
    User.objects.filter(pk=delegate.pk).update(name="канарейка на замене")
    today = today_of(editor)
    return {
        "absence": declare_absence(actor=editor, user=editor, starts_on=today, ends_on=today, delegate=delegate),
        "person": correspondents_for(world.own).get(user=editor),
    }


def _say_places(world: World, correspondent: Correspondent) -> None:
    """What is said is public; who said it, and for whom, is not."""
    states = list(ListingState.objects.filter(pk=world.listing.pk))
    _link, token = issue_link(to=correspondent, states=states)
    (line,) = lines_of(find_link(token))
    report_capacity(token=token, item=line.item.public_id, level="limited")
    verification.report_capacity(
        listing=world.listing, actor=world.people["editor"], level="limited", note="Осталось два места",
        note_en="Two places left",
    )  # fmt: skip
    User.objects.filter(pk=world.people["editor"].pk).update(name="Канарейка сказала")


def _people(own: Organization) -> dict[str, User]:
    other = scenarios.organization("Соседи", slug="neighbours")
    return {
        "outsider": scenarios.person(),
        "translator": translator("translator"),
        "reader": scenarios.person(other, MembershipRole.READER),
        "editor": scenarios.person(own, MembershipRole.MANAGER),
        "verifier": scenarios.verifier(other),
        "coordinator": scenarios.coordinator(other),
        "administrator": scenarios.person(other, MembershipRole.MANAGER, NetworkRole.ADMINISTRATOR),
        "evaluator": scenarios.person(None, "", NetworkRole.EVALUATOR),
    }


def _edited(listing: ServiceAtLocation) -> ServiceAtLocation:
    scenarios.rename(listing, title="Новое название канарейка")
    return listing


def _notice(world: World) -> Notice:
    return services.set_notice(
        actor=None, kind="warning", text="канарейка для членов", location=world.place, visibility="members",
        starts_on=clock.today(),
    )  # fmt: skip


def _shelter(own: Organization) -> ServiceAtLocation:
    """Public, but only by its city: address and point are canaries."""
    shelter = scenarios.place(
        own, name="Кризисное жильё", type="shelter", address="ул. Канарейка, тайникхозяина", point=SECRET_POINT,
        public_precision="settlement", directions="канарейка тайникхозяина во дворе", safety_note="канарейка у двери",
    )  # fmt: skip
    organizations.create_contact(
        actor=None, organization=own, location=shelter, channel="phone", value="+375297654321",
        visibility="administrators",
    )  # fmt: skip
    return scenarios.published(shelter, title="Приют", types=["shelter"], method="call")


def _members_only(place: Location) -> ServiceAtLocation:
    return scenarios.published(place, title="Канарейка только для членов", visibility="members")


def _secret_place(own: Organization) -> ServiceAtLocation:
    """For administrators only, so for nobody here."""
    secret = scenarios.place(own, name="Канарейка тайникхозяина", city="Минск", country="BY",
                             visibility="administrators", address="Канарейка, 2", point=MINSK_POINT)  # fmt: skip
    organizations.create_contact(
        actor=None, organization=own, location=secret, channel="phone", value="+375291234567",
        visibility="administrators",
    )  # fmt: skip
    return scenarios.published(secret, title="Канарейка тайная, тайникхозяина")
