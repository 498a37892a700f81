"""The pages of referrals: composing, answering, the code, the paper, the coordinator's piles."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.tests.shared import shared
from messaging.dispatch import dispatch
from messaging.models import Message
from referrals import letters
from referrals import services as referrals
from referrals.desk import Corridor
from referrals.models import CorridorCount, Offer, Referral
from referrals.tests.makers import MONDAY, leg, make_network, offer_of, send
from verification.tests import scenarios
from workspace.referrals.flows import flows
from workspace.referrals.paper import PAPERS

pytestmark = pytest.mark.django_db
_ground, network = shared(make_network, name="network")


@pytest.fixture(autouse=True)
def on_monday():
    with clock.travel(MONDAY):
        yield


def page_of(user, name, *args, **query):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"workspace:{name}", args=args), query)


def press_by(user, name, *args, **data):
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"workspace:{name}", args=args), data)


def filled(network, **fields):
    day = (clock.today() + dt.timedelta(days=9)).isoformat()
    return {
        "legs": "1", "step": "send", "organization": "minsk", "from_country": "BY", "supply_kind": "art",
        "supply_ends_on": day, "contact_way": "comes", "method": "oral", "asked": "on", "fallback": "on",
        "leg1-country": "GE", "leg1-service_type": "art", "leg1-mode": "travels",
        "leg1-first": network.listings["rustavi"].public_id, "leg1-fallback": network.listings["kura"].public_id,
    } | fields  # fmt: skip


def test_from_a_card_the_place_is_chosen_and_others_stand_beside_it(network):
    listing = network.listings["rustavi"].public_id
    page = page_of(network.people["minsk"], "referral-new", listing=listing).content.decode()
    assert f'value="{listing}"' in page and "Терапия kura" in page and "Терапия minsk" not in page


def test_a_filled_page_sends_and_leads_to_the_referral(network):
    answer = press_by(network.people["minsk"], "referral-new", **filled(network))
    sent = Referral.objects.get()
    assert answer["Location"] == reverse("workspace:referral", args=[sent.public_id])
    assert page_of(network.people["minsk"], "referral", sent.public_id).status_code == 200
    assert "Дом rustavi" in page_of(network.people["minsk"], "referrals", show="sent").content.decode()


def test_without_the_tick_nothing_is_sent_and_nothing_is_lost(network):
    data = filled(network)
    del data["asked"]
    answer = press_by(network.people["minsk"], "referral-new", **data)
    assert answer.status_code == 422 and not Referral.objects.exists()
    assert data["supply_ends_on"] in answer.content.decode()


@pytest.mark.parametrize("step", ["look", "another"])
def test_looking_and_one_more_stage_keep_what_was_filled_in(network, step):
    data = filled(network, step=step)
    answer = press_by(network.people["minsk"], "referral-new", **data)
    page = answer.content.decode()
    assert answer.status_code == 200 and data["supply_ends_on"] in page and "Терапия kura" in page
    assert ("leg2-country" in page) is (step == "another")


BAD = [
    {"legs": "x"}, {"legs": "99"}, {"supply_ends_on": "soon"}, {"leg1-mode": "fly"}, {"leg1-first": "zzzzzzzzzz"},
    {"leg1-country": "XX"}, {"circumstances": "rich"},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_said_and_sends_nothing(network, bad):
    answer = press_by(network.people["minsk"], "referral-new", **filled(network, **bad))
    assert answer.status_code == (302 if bad == {"legs": "x"} else 422)
    assert Referral.objects.count() == (bad == {"legs": "x"})


def test_opening_says_received_and_one_press_says_yes(network):
    referral = send(network, groups=["trans_nonbinary"])
    offer = offer_of(referral, network.houses["rustavi"])
    who = network.people["rustavi"]
    page = page_of(who, "referral-offer", offer.public_id).content.decode()
    assert referral.shown_code not in page and "Беларусь" in page
    assert Offer.objects.get(pk=offer.pk).state == "seen"
    press_by(who, "referral-offer-press", offer.public_id, step="accept")
    assert referral.shown_code in page_of(who, "referral-offer", offer.public_id).content.decode()


@pytest.mark.parametrize(("step", "values", "state"), [
    ("decline", {"reason": "no_stock"}, "declined"), ("ask", {"questions": ["when"]}, "question"),
    ("decline", {}, "seen"), ("fly", {}, "seen"), ("accept", {"awaited_from": "never"}, "seen"),
])  # fmt: skip
def test_each_press_does_its_step_and_a_wrong_one_says_so(network, step, values, state):
    referral = send(network)
    offer = offer_of(referral, network.houses["rustavi"])
    referrals.see(actor=network.people["rustavi"], offer=offer.public_id)
    answer = press_by(network.people["rustavi"], "referral-offer-press", offer.public_id, step=step, **values)
    assert answer.status_code == 302
    assert Offer.objects.get(pk=offer.pk).state == state


def test_nobody_else_finds_the_pages(network):
    referral = send(network)
    offer = offer_of(referral, network.houses["rustavi"])
    strangers = [network.people["kura"], network.coordinator, scenarios.person(network.houses["minsk"], "reader"),
                 scenarios.person(None, "", "administrator")]  # fmt: skip
    for who in strangers:
        for name, key in (("referral", referral.public_id), ("referral-paper", referral.public_id),
                          ("referral-offer", offer.public_id)):  # fmt: skip
            assert page_of(who, name, key).status_code == 404
        assert press_by(who, "referral-press", referral.public_id, step="consent").status_code == 404
    assert Referral.objects.get().has_consent


def test_the_letter_leads_to_received_and_to_a_no_without_a_login(network, mailoutbox):
    referral = send(network)
    dispatch()
    (mail,) = mailoutbox
    token = mail.body.split("/acknowledge/")[1].split("/")[0]
    path = reverse("acknowledge:page", args=[token])
    for word in (referral.code, "АРТ", "ВИЧ", "Дом minsk"):
        assert word not in mail.body + mail.subject
    client = Client()
    opened = client.get(path)
    assert opened.status_code == 200 and "no-store" in opened["Cache-Control"]
    assert Offer.objects.get(role="first").state == "sent"  # looking changes nothing
    client.post(path, {"say": "received"})
    assert Offer.objects.get(role="first").state == "seen"
    assert client.post(path, {"say": "other"}).status_code == 422
    client.post(path, {"say": "no_places"})
    assert Offer.objects.get(role="first").reason == "no_places"
    assert Offer.objects.get(role="fallback").state == "sent"
    with clock.travel(MONDAY + dt.timedelta(days=8)):
        assert client.get(path).status_code == 404


def test_an_occasion_that_is_over_writes_no_letter(network):
    referral = send(network)
    referrals.take_consent_back(actor=network.people["minsk"], referral=referral.public_id)
    asked = Message.objects.get(kind="referral_asked")
    assert letters.WRITERS[asked.kind](asked) is None


def test_the_code_is_tried_ten_times_an_hour_and_administrators_hear_of_it(network):
    who = network.people["mtkvari"]
    scenarios.person(None, "", "administrator")
    for _number in range(10):
        assert press_by(who, "referral-code", code="222222222").status_code == 422
    referral = send(network)
    assert press_by(who, "referral-code", code=referral.code).status_code == 429
    assert press_by(who, "referral-code", code=referral.code, step="consent", said="on").status_code == 429
    assert Message.objects.filter(kind="referral_guessed").count() >= 1
    referral.refresh_from_db()
    assert referral.consent.withdrawn_at is None


def test_consent_is_taken_back_at_a_desk_when_the_person_says_so(network):
    referral = send(network)
    press = {"step": "consent", "code": referral.code}
    assert press_by(network.people["mtkvari"], "referral-code", **press).status_code == 422
    assert press_by(network.people["mtkvari"], "referral-code", **press | {"code": "x"}, said="on").status_code == 422
    page = press_by(network.people["mtkvari"], "referral-code", **press, said="on")
    assert page.status_code == 200 and "Дом minsk" not in page.content.decode()
    referral.refresh_from_db()
    assert referral.consent.withdrawn_at is not None


def test_the_paper_has_the_code_and_nothing_about_the_person(network):
    referral = send(network, circumstances=["pregnant"])
    page = page_of(network.people["minsk"], "referral-paper", referral.public_id, **{"in": "en"})
    text = page.content.decode()
    assert "data-print" in text and "js/site.js" in text  # what the press needs
    assert referral.shown_code in text and "<svg" in text and "no-store" in page["Cache-Control"]
    for word in ("Дом", "http://testserver", "therapy", "HIV", "Tbilisi", "Georgia"):
        assert word not in text.split('class="sheet"')[1]


@pytest.mark.parametrize("language", PAPERS)
def test_the_paper_is_read_in_ten_languages_and_none_of_them_names_a_reason(network, language):
    sheet = (
        page_of(network.people["minsk"], "referral-paper", send(network).public_id, **{"in": language})
        .content.decode()
        .split('class="sheet"')[1]
    )
    words = PAPERS[language]
    assert f'lang="{language}" dir="{"rtl" if language in ("fa-af", "ar") else "ltr"}"' in sheet
    assert all(text in html.unescape(sheet) for text in (words["title"], words["say"], words["keep"], *words["things"]))
    assert set(PAPERS) == {"ru", "en", "uz", "tg", "ky", "uk", "kk", "ka", "fa-af", "ar"}
    reasons = "вич|hiv|арт|art|oiv|вил|сил|туберк|сил касал|гепат|gepat|hepat|ایدز|سل|ویروس|إيدز|فيروس|التهاب"
    assert not re.search(rf"(?i)\b(?:{reasons})\b", html.unescape(sheet))


@pytest.mark.parametrize("pile", ["unanswered", "nobody", "late"])
def test_the_coordinator_sees_what_has_got_stuck_and_no_person(network, pile):
    referral = send(
        network, leg(network, expected_on=clock.today() + dt.timedelta(days=25)), circumstances=["pregnant"]
    )
    if pile == "nobody":
        for house in ("rustavi", "kura"):
            offer = offer_of(referral, network.houses[house])
            referrals.decline(actor=network.people[house], offer=offer.public_id, reason="other")
    with clock.travel(MONDAY + dt.timedelta(days=7 if pile == "unanswered" else 0)):
        page = page_of(network.coordinator, "referral-piles", pile=pile).content.decode()
    assert "Дом rustavi" in page
    for word in (referral.code, referral.shown_code, "Беремен", "Дом minsk"):
        assert word not in page


def test_corridors_hide_small_numbers_and_the_quarter_that_is_not_over(network):
    values = {"from_country": "BY", "group": "hiv", "urgency": "urgent", "mode": "travels", "band": "in_time"}
    for to, n in (("GE", 13), ("AM", 4)):
        CorridorCount.objects.create(
            month=dt.date(2026, 2, 1), to_country=to, outcome="served", before_end=True, n=n, **values
        )
    CorridorCount.objects.create(month=dt.date(2026, 5, 1), to_country="KZ", outcome="served", n=50, **values)
    page = page_of(network.people["minsk"], "referral-corridors").content.decode()
    assert "Грузия" in page and ">15<" in page
    assert "Армения" not in page and "Казахстан" not in page
    assert page.count('class="arc"') == 1 and "<title>Беларусь → Грузия: 15</title>" in page  # the map says no more
    assert flows([Corridor("BY", "GE", 5, None, None), Corridor("BY", "US", 5, None, None)]).outside == 1
    assert flows([Corridor("BY", "US", 5, None, None)]) is None and flows([Corridor("GE", "GE", 5, 5, 5)]).flows
    table = page_of(network.people["minsk"], "referral-corridors-table")
    assert table["Content-Type"].startswith("text/csv") and "Грузия,15" in table.content.decode()
