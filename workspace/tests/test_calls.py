"""A morning of calls: one organisation after the other, one press for each listing, and nothing changes the map."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.tests.shared import shared
from verification import services as verification
from verification.coordination.calls import callees
from verification.models import Check, Level, ListingState, PhoneCall, Proposal, Recheck
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
DUE = dt.timedelta(days=100)


def make_morning():
    """Three listings of one organisation, all due: two at one place, one in another city."""
    bridge = scenarios.organization("Мост", slug="most")
    there = scenarios.place(bridge)
    on = clock.today() - dt.timedelta(days=190)
    rows = [scenarios.published(there, on=on, title=title) for title in ("Тест на ВИЧ", "Маски и шприцы")]
    rows.append(scenarios.published(scenarios.place(bridge, name="Пункт", city="Батуми"), on=on, title="Юрист"))
    return rows


_ground, morning = shared(make_morning, "morning")


def of(person):
    client = Client()
    client.force_login(person)
    return client


def press(client, listing, said, **fields):
    url = reverse("workspace:call-answer", args=[listing.public_id])
    return client.post(url, {"said": said, **fields}, headers={"Accept": "application/json"})


def call(client, slug="most", **fields):
    return client.post(reverse("workspace:call-outcome", args=[slug]), fields)


def test_the_list_names_who_is_to_be_called_and_the_page_asks_in_the_language_of_the_call(morning):
    client = of(scenarios.coordinator())
    page = client.get(reverse("workspace:calls"))
    (line,) = page.context["waiting"]
    assert len(line["callee"].listings) == line["late"] == 3 and set(page.context["cities"]) == {"Тбилиси", "Батуми"}
    narrowed = client.get(reverse("workspace:calls") + "?city=Батуми").context["waiting"]
    assert [row.service.title for row in narrowed[0]["callee"].listings] == ["Юрист"]

    here = reverse("workspace:call", args=["most"])
    russian, english = client.get(here), client.get(here + "?lang=en")
    assert 'href="tel:+995322123456"' in russian.content.decode()
    asked = {q.path for q in russian.context["sheet"].shared}
    assert {"contacts", "listing.hours", "service.cost"} <= asked and "location.address" not in asked
    assert "What does it cost?" in english.content.decode() and "Сколько это стоит" in russian.content.decode()
    assert [c.title for c in english.context["sheet"].cards] == [c.title for c in russian.context["sheet"].cards]


def test_so_it_is_said_by_another_organisation_is_a_check_of_level_two(morning):
    first, second, third = morning
    client = of(scenarios.coordinator())
    told = press(client, first, "right").json()
    state = ListingState.objects.get(pk=first.pk)
    check = Check.objects.filter(listing=first).first()
    assert (state.level, check.method) == (Level.REMOTE, "call") and "contacts" in check.critical_fields
    assert state.due_on > clock.today()

    rest = client.post(
        reverse("workspace:call-all-right", args=["most"]), {"listing": [second.public_id, third.public_id]}
    )
    assert rest.status_code == 302 and ListingState.objects.filter(level=Level.REMOTE).count() == 3
    assert PhoneCall.objects.get().outcome == "answered"
    assert client.get(reverse("workspace:call", args=["most"])).url == reverse("workspace:calls")

    assert client.post(told["undo"], headers={"Accept": "application/json"}).status_code == 200
    state.refresh_from_db()
    assert state.level == Level.OWNER and client.get(reverse("workspace:call", args=["most"])).context is not None


def test_a_press_that_is_sent_again_is_done_once(morning):
    """A phone that lost the answer sends the same press once more, with the same key."""
    client = of(scenarios.coordinator())
    answers = [press(client, morning[0], "right", form_key="f" * 32) for _try in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200] and answers[0].json() == answers[1].json()
    assert Check.objects.filter(listing=morning[0], method="call").count() == 1


def test_a_coordinator_without_an_organisation_writes_down_the_owner_s_word(morning):
    alone = scenarios.person(None, "", "coordinator")
    press(of(alone), morning[0], "right")
    check = Check.objects.filter(listing=morning[0]).first()
    assert (check.method, check.level) == ("coordinator_phone", Level.OWNER)


def test_what_has_changed_is_a_proposal_that_the_owner_sees_and_the_map_does_not(morning):
    listing = morning[0]
    caller, owner = scenarios.coordinator(), scenarios.person(listing.service.organization)
    client, own = of(caller), of(owner)
    before = ListingState.objects.get(pk=listing.pk).published_id
    assert press(client, listing, "changed", path="listing.hours", text=" ").status_code == 422
    told = press(client, listing, "changed", path="listing.hours", text="Теперь до восьми").json()
    proposal = Proposal.objects.get()
    assert (proposal.path, proposal.said, proposal.organization) == (
        "listing.hours", "Теперь до восьми", caller.memberships.get().organization
    )  # fmt: skip
    assert ListingState.objects.get(pk=listing.pk).published_id == before
    assert Recheck.objects.open().filter(listing=listing).exists()
    assert listing not in callees(caller)[0].listings  # it waits for its owner, not for another call

    assert "Из сети звонили" in own.get(reverse("workspace:home")).content.decode()
    page = own.get(reverse("workspace:listing", args=[listing.public_id])).content.decode()
    assert "Теперь до восьми" in page
    assert reverse("workspace:listing-edit", args=[listing.public_id]) + "#id_hours" in page
    answer = reverse("workspace:proposal-answer", args=[proposal.public_id])
    assert client.post(answer, {"so": "yes"}).status_code == 404
    assert own.post(answer, {"so": "yes"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answered_by) == ("taken", owner)
    assert listing in callees(caller)[0].listings

    told = press(client, morning[1], "closed").json()
    assert Proposal.objects.open().get().path == "operation"
    client.post(told["undo"])
    assert not Proposal.objects.open().exists()


def test_whoever_asks_to_be_called_back_stands_first_at_their_time(morning):
    scenarios.published(
        scenarios.place(scenarios.organization("Арка")), on=clock.today() - dt.timedelta(days=200), title="Еда"
    )
    leader = scenarios.coordinator()
    client = of(leader)
    noon = dt.datetime.combine(clock.today(), dt.time(8), tzinfo=dt.UTC)  # noon in Tbilisi
    with clock.travel(noon):
        assert [one.organization.name for one in callees(leader)] == ["Арка", "Мост"]
        assert call(client, outcome="call_back", at="15:00").status_code == 302
        assert PhoneCall.objects.get().call_back_at == noon + dt.timedelta(hours=3)
        page = client.get(reverse("workspace:calls")).content.decode()
        assert "15:00" in page
        assert [one.organization.name for one in callees(leader)] == ["Арка", "Мост"]
    with clock.travel(noon + dt.timedelta(hours=3)):
        assert [one.organization.name for one in callees(leader)] == ["Мост", "Арка"]
    assert call(client, outcome="call_back", at="вчера").status_code == 302 and PhoneCall.objects.count() == 1


def test_three_silent_days_and_the_phone_is_not_the_way_any_more(morning):
    leader = scenarios.coordinator()
    client, start = of(leader), clock.now()
    scenarios.person(morning[0].service.organization)
    for day, hours in ((0, 0), (0, 1), (1, 0)):
        with clock.travel(start + dt.timedelta(days=day, hours=hours)):
            call(client, outcome="unanswered")
    assert not Check.objects.filter(outcome="unreachable").exists()
    with clock.travel(start + dt.timedelta(days=2)):
        call(client, outcome="unanswered")
        assert Check.objects.filter(outcome="unreachable").count() == 3
        page = client.get(reverse("workspace:calls"))
        assert not page.context["waiting"] and len(page.context["unreached"]) == 1
        there = client.get(reverse("workspace:call", args=["most"])).content.decode()
        ask = reverse("workspace:call-ask-owner", args=["most"])
        assert ask in there
        assert client.post(ask).status_code == 302
        press(client, morning[0], "right")  # they called back
        assert len(client.get(reverse("workspace:calls")).context["waiting"]) == 1


def test_nobody_calls_their_own_organisation_and_a_verifier_what_was_given_to_theirs(morning):
    listing = morning[0]
    own = scenarios.coordinator(listing.service.organization)
    assert not callees(own) and press(of(own), listing, "right").status_code == 404
    assert call(of(own), outcome="unanswered").status_code == 302 and not PhoneCall.objects.exists()

    helper = scenarios.verifier()
    assert not callees(helper) and press(of(helper), listing, "right").status_code == 404
    recheck = verification.open_recheck(listing=listing, reason="outside")
    verification.assign(recheck=recheck, actor=None, organization=helper.memberships.get().organization)
    (one,) = callees(helper)
    assert one.listings == [listing]
    assert press(of(helper), listing, "right").status_code == 200
