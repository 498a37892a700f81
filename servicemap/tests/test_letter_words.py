"""No letter and no preview of one says what a service is: they are read on lock screens, by families and employers.

Made from the registry of letters and the folders of templates; a letter whose occasion is missing here fails.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import get_template
from django.test import Client
from django.utils import translation
from django.utils.module_loading import import_string

from core import clock
from core.tests.shared import shared
from directory.asking.filters import Filters
from messaging.channels.email import EmailChannel
from messaging.dispatch import dispatch
from messaging.letters import write
from messaging.models import Message
from messaging.people import correspondents_for
from messaging.services import choose_rhythm
from network.countries.notices import announce
from network.decisions import rounds as rounds_of_decisions
from network.decisions import services as decisions
from network.decisions.tests import makers
from network.evaluation.tests import makers as evaluation_makers
from network.grants.tests import makers as grant_makers
from network.joining import rounds as rounds_of_joining
from network.joining import services as joining
from network.joining.tests import makers as joining_makers
from network.learning.tests import makers as learning_makers
from network.news import rounds as rounds_of_news
from network.news import services as news
from network.reviews.tests import makers as review_makers
from network.volunteering.tests import makers as volunteer_makers
from organizations.models import Opened
from personal.letters import write_weekly
from personal.services import follow
from referrals import letters
from referrals import services as referrals
from referrals.models import Offer
from servicemap.settings.rooms import LETTER_WRITERS
from verification import services as verification
from verification.answering.new_link import request_new_link
from verification.campaigns import running
from verification.guarding.disclosing import agree, ask
from verification.guarding.reading import _tell
from verification.letters.occasions.asking import ask_owners
from verification.letters.occasions.digest import write_digests
from verification.services.merging import steps as merging
from verification.services.rechecks import assign, open_recheck
from verification.tests import scenarios
from verification.upkeep import rounds

pytestmark = pytest.mark.django_db
#: Stands in every text of the organisation, its services and places, though all of them are public.
CANARY = "Канарейка"
#: What a letter may tell: who it is for, counts, dates, cities, countries, links, names of piles.
TOLD = {
    "asked", "asked_by", "city", "code", "code_expires", "count", "date", "deleted_email", "day", "email",
    "current_site.domain", "current_site.name", "expires_at",
    "first", "from_email", "key", "kinds.hidden", "kinds.overdue", "kinds.unreachable", "late", "link", "n", "name",
    "norm", "network", "number", "organizations", "other_words", "others", "overdue", "password_reset_url", "person",
    "pile.count", "pile.link", "pile.name", "piles", "places", "profile_waits", "rhythm_link", "to_email", "total",
    "urgent", "user", "where.city", "where.count", "where.day", "word_count", "words", "activate_url", "countries",
    "where", "changes", "drafts",  # below, of a month: the opening is a coordinator's, told what may stand there
    "month", "opening", "warnings", "country", "sections", "section.name", "section.count", "section.figures",
    "end_link",
}  # fmt: skip
#: What says of somebody who they are, in the words of templates; beside every name in the vocabulary of types.
REVEALING = re.compile(
    r"\b(вич|hiv|арт|арв\w*|art|arv|спид\w*|aids|игл\w+|шприц\w*|needle\w*|syringe\w*|наркот\w+|drug\w*|прием\w*|"
    r"потреблен\w+|тест\w*|test\w*|лекарств\w+|препарат\w*|medicine\w*|лечени\w+|treatment\w*|тубер\w+|гепатит\w*|"
    r"hepatitis|приют\w*|shelter\w*|трансг\w+|transgender|секс\w*|sex\w*)\b",
    re.IGNORECASE,
)
DRAWN = re.compile(r"(?<=/)(?:(?=[a-z]*\d)[a-z\d]{10}|[\w-]+:\w{6}:[\w-]{43})(?![\w-])")  # ids, seals: by lot


def letter_templates() -> list[str]:
    """Every template that ends in somebody's mail box."""
    root = settings.BASE_DIR / "templates"
    found = [
        path.relative_to(root).as_posix()
        for path in root.rglob("*.*")
        if path.parent.name in ("letters", "email") or path.name.startswith("letter.")
    ]
    return sorted(found)


def told_by(source: str) -> set[str]:
    """The names whose values a template prints, gives to a translated text, or goes through one by one."""
    printed = re.findall(r"{{\s*([\w.]+)", source)
    given = [
        value
        for tag in re.findall(r"{%\s*(?:block\w+|with)\s(.*?)%}", source)
        for value in re.findall(r"=([\w.]+)", tag)
    ]
    gone_through = re.findall(r"{%\s*for\s+[\w, ]+\s+in\s+([\w.]+)", source)
    return {*printed, *given, *gone_through}


def test_there_are_templates_of_letters() -> None:
    assert len(letter_templates()) > 50


@pytest.mark.parametrize("name", letter_templates())
def test_a_template_tells_counts_dates_and_links_and_no_revealing_word(name: str) -> None:
    source = get_template(name).template.source
    assert told_by(source) <= TOLD, "a letter tells something new: is it fit for a lock screen?"
    words = re.sub(r"{{.*?}}|{%\s*(?!translate)\w+.*?%}|{%\s*translate|%}", "\n", source)
    for language in ("en", "ru"):
        with translation.override(language):
            assert not REVEALING.findall("\n".join(translation.gettext(line.strip(' "')) for line in words.split("\n")))


SENTENCE = f"{CANARY} " * 9
START = dt.datetime(2026, 1, 12, 8, tzinfo=dt.UTC)


def after(days: int) -> dt.datetime:
    return START + dt.timedelta(days=days)


def make_world():
    """Services that nobody should be seen with, all of them public, for a year; what checks them is due again."""
    owner, other = scenarios.organization(f"{CANARY} Плюс", description=f"{CANARY} о себе"), scenarios.organization()
    place = scenarios.place(owner, name=f"{CANARY} дом", address=f"ул. {CANARY}, 5", district=CANARY)
    types = ("needle_syringe_programme", "drug_consumption_room", "art")
    rows = [
        scenarios.published(place, on=START, title=f"{CANARY} {code}", types=[code], summary=SENTENCE, method="call")
        for code in types
    ]
    for days in (150, 270):
        with clock.travel(after(days)):
            for row in rows:
                verification.confirm_unchanged(listing=row, actor=None)
    return {
        "owner": owner, "person": scenarios.person(owner), "rows": rows, "other": other,
        "helper": scenarios.person(other), "coordinator": scenarios.coordinator(other),
    }  # fmt: skip


_ground, world = shared(make_world)


def read_much(reader, rows) -> None:
    """More than the norm, of what is for members only."""
    things = [(f"thing{number}", rows[0].service.organization_id) for number in range(settings.READING_NORM + 1)]
    Opened.objects.note(reader, clock.today(), things)
    _tell(reader, clock.today())


def let_everything_happen(world) -> None:
    """An occasion for every kind of letter, left in the outbox."""
    row, person, coordinator = world["rows"][0], world["person"], world["coordinator"]
    for each in world["rows"]:
        verification.report_capacity(listing=each, actor=person, level="limited", note=f"{CANARY} ждёт")
    scenarios.rename(row, title=f"{CANARY} иначе", age_from=18)
    review = verification.submit(listing=row, actor=person)
    verification.ask_for_changes(review=review, actor=scenarios.verifier(world["other"]), reason=f"{CANARY}?")
    verification.receive_report(listing=world["rows"][-1], kind="phone", text=f"{CANARY} молчит")
    assign(recheck=open_recheck(listing=row, reason="other"), actor=coordinator, organization=world["other"])
    ask_owners(listings=world["rows"], actor=coordinator)
    verification.hear_changed(listing=row, actor=coordinator, said={"listing.hours": f"{CANARY} утром"})
    twin = scenarios.published(scenarios.place(world["other"]), title=f"{CANARY} рядом", summary=SENTENCE)
    merging.propose(kept=world["rows"][1], gone=twin, chosen=[], actor=world["helper"])
    request_new_link(email=person.email)
    read_much(world["helper"], world["rows"])
    one, two = (scenarios.person(None, "", "administrator") for _number in range(2))
    agree(disclosure=ask(actor=one, organization=world["owner"], reason=f"{CANARY} горит"), actor=two)
    choose_rhythm(correspondent=correspondents_for(world["owner"]).get(user=person), rhythm="never")


def let_the_network_decide() -> dict[str, list[str]]:
    """Letters about votes that run, end soon and are over, an objection, a decision that is late."""
    with clock.travel(after(360)):
        made = makers.network(9)  # a third of all that there are
        vote, _soon, _over = (
            makers.announced(made, question=f"{CANARY}?", closes_at=after(days)) for days in (390, 373, 366)
        )
        voice = makers.voice(made, vote, 2)
        decisions.object_to(actor=made.managers[2], vote=vote, voice=voice, text=f"{CANARY} опасно")
        meeting = decisions.call_meeting(
            actor=made.chair, body=made.assembly, held_on=clock.today(), place="", agenda=[CANARY]
        )
        meeting = decisions.write_minutes(actor=made.chair, meeting=meeting, said={}, present=[])
        told = {"organization": made.houses[2], "responsible": made.managers[2], "due_on": clock.today()}
        decisions.decide(actor=made.chair, meeting=meeting, text=f"{CANARY} делает", **told)
    with clock.travel(after(371)):
        rounds_of_decisions.run()
        votes = Message.objects.filter(kind__startswith="vote_")
        written = write_all(votes | Message.objects.filter(kind__startswith="decision_"))
    return written | let_somebody_join(made)


def let_somebody_join(made) -> dict[str, list[str]]:
    """An application with an answer, a vote that is over and a way in that takes too long; January; a suspension."""
    with clock.travel(after(373)):
        row = joining_makers.checked(made, joining_makers.sent(made, name=f"{CANARY} летит", about=SENTENCE))
        joining.ask(actor=made.administrator, application=row, text=SENTENCE)
        joining.answer_question(application=row, text=SENTENCE)
        row = joining_makers.voted(made, row, *["for"] * len(made.houses))
    with joining_makers.over(row):
        rounds_of_joining.run_daily()
        joining.accept(actor=made.administrator, application=row, mentor=made.houses[2], answer=SENTENCE)
        joining.suspend(actor=made.administrator, organization=made.houses[3], note=SENTENCE)
    with clock.travel(after(480)):
        rounds_of_joining.run_daily()
        kinds = list(import_string("network.joining.letters.WRITERS"))
        return write_all(Message.objects.filter(kind__in=kinds))


def let_the_month_be_told() -> dict[str, list[str]]:
    """A digest for members in which the services are new, and a danger in a country that somebody chose."""
    with clock.travel(START + dt.timedelta(hours=1)):
        coordinator, member = scenarios.coordinator(), scenarios.person(scenarios.organization())
        news.choose_as_member(user=member, of_countries=["GE"])
        digest = news.assemble(actor=coordinator, month=START.date().replace(day=1), audience="members")
        assert CANARY in str([line.words for line in digest.lines.all()])
        news.send(actor=coordinator, digest=digest, expected_version=digest.version)
        announce(actor=coordinator, country="GE", kind="warning", level="danger", text=f"{CANARY} в опасности")
        rounds_of_news.warn()
        written = write_all(Message.objects.filter(kind__startswith="news_"))
        Message.objects.filter(kind__startswith="news_").delete()
    return written


def let_a_campaign_come_and_go(world) -> list[str]:
    """While nothing else is due: the letter that it asks for. That it was stopped is left in the outbox."""
    with clock.travel(after(160)):
        today = clock.today()
        campaign = running.start_campaign(
            actor=world["coordinator"], name=f"{CANARY} зовёт", why=f"{CANARY} ждёт снега", starts_on=today,
            ends_on=today + dt.timedelta(days=30),
        )  # fmt: skip
        rounds.run_often()
        written = [sent(letter) for message in Message.objects.filter(kind="due") if (letter := write(message))]
        dispatch()
    with clock.travel(after(168)):
        running.stop(campaign=campaign, actor=world["coordinator"])
        rounds.run_often()
    return written


def send_on(world) -> Offer:
    """Somebody is sent to the first service, and nobody is in reserve."""
    leg = referrals.LegDraft(country="GE", service_type="art", first=world["rows"][2].public_id, called_first=True)
    agreed = referrals.ConsentDraft(language="ru", asked=True, fallback=True, outcome_back=True)
    draft = referrals.ReferralDraft(
        from_country="GE", legs=[leg], consent=agreed, supply_kind="art",
        supply_ends_on=clock.today() + dt.timedelta(days=40),
    )  # fmt: skip
    referral = referrals.send(actor=world["helper"], organization=world["other"], draft=draft)
    return Offer.objects.select_related("leg__referral__consent", "organization", "listing").get(leg__referral=referral)


def let_people_be_sent_on(world) -> dict[str, list[str]]:
    """An occasion for every letter about a referral, read before the occasion is over."""
    with clock.travel(after(152)):
        scenarios.person(None, "", "administrator")
        letters.guessed(world["helper"].pk)
        waiting, taken, refused, gone = (send_on(world) for _number in range(4))
        letters.reminder(waiting)
        letters.waits(waiting)
        key = {"actor": world["person"]}
        referrals.accept(**key, offer=taken.public_id)
        letters.any_news(taken, 1)
        letters.on_the_way(taken.leg)
        referrals.arrive(**key, offer=taken.public_id)
        referrals.decline(**key, offer=refused.public_id, reason="no_stock")
        referrals.take_consent_back(actor=world["helper"], referral=gone.leg.referral.public_id)
        written = write_all(Message.objects.filter(kind__startswith="referral_"))
        referrals.ask(**key, offer=waiting.public_id, questions=["when"])
        written |= write_all(Message.objects.filter(kind="referral_question"))
        Message.objects.filter(kind__startswith="referral_").delete()
    return written


def let_a_search_have_news(world) -> dict[str, list[str]]:
    """Somebody follows what helps with one thing; one more service of that kind comes."""
    with clock.travel(after(154)):
        follow(owner=world["helper"], filters=Filters(service=("art",)))
        new = scenarios.published(world["rows"][2].location, title=f"{CANARY} art", types=["art"], method="call")
        write_weekly()
        written = write_all(Message.objects.filter(kind="followed"))
        Message.objects.filter(kind="followed").delete()
        verification.hide(listing=new, actor=world["coordinator"], reason="test")
    return written


def write_all(messages) -> dict[str, list[str]]:
    """Every letter that is not over, in both languages, by kind."""
    written: dict[str, list[str]] = {}
    for message in messages.select_related("correspondent"):
        for language in ("ru", "en"):
            message.correspondent.language = language
            if (letter := write(message)) is not None:
                written.setdefault(message.kind, []).append(sent(letter))
    return written


def sent(letter) -> str:
    """All of a letter as it leaves: subject, both bodies, headers, what is attached."""
    EmailChannel().send(address="reader@example.org", letter=letter, message_id="<1@example.org>")
    last = mail.outbox[-1]
    parts = [str(part) for part in (*getattr(last, "alternatives", ()), *last.attachments)]
    return "\n".join([str(last.subject), str(last.body), repr(last.extra_headers), *parts])


def test_every_kind_of_letter_is_written_and_names_no_service(world) -> None:
    of_the_month = let_the_month_be_told()
    about_people = let_people_be_sent_on(world) | let_a_search_have_news(world)
    asked = let_a_campaign_come_and_go(world)
    with clock.travel(after(360)):
        rounds.run_often()
        let_everything_happen(world)
    written: dict[str, list[str]] = {"due": asked}
    for days in (364, 371):  # one kind makes room for another
        with clock.travel(after(days)):
            rounds.run_often()
    with clock.travel(after(372)):
        write_digests()
        ask(actor=scenarios.person(None, "", "administrator"), organization=world["owner"], reason=CANARY)
        for kind, texts in write_all(Message.objects.all()).items():
            written.setdefault(kind, []).extend(texts)
    written |= about_people | let_the_network_decide() | of_the_month
    for room in (review_makers, grant_makers, learning_makers, evaluation_makers, volunteer_makers):
        written |= room.letters(START, CANARY, write_all)
    assert written.keys() == {kind for table in LETTER_WRITERS for kind in import_string(table)}, "no occasion"
    told = [(kind, DRAWN.sub("", text)) for kind, letters in written.items() for text in letters]
    assert not {kind for kind, text in told if CANARY in text or REVEALING.search(text)}
    assert "Тбилиси: 1 услуга" in "\n".join(written["due"])  # what it does tell
    assert "Тбилиси: 3 услуги, первую посмотреть до 21 июля 2026" in "\n".join(asked)


def test_a_preview_of_a_link_names_no_service(world, client: Client) -> None:
    with clock.travel(after(360)):
        rounds.run_often()
        text = next(sent(letter) for m in Message.objects.filter(kind="due") if (letter := write(m)))
        path = re.search(r"https?://[^/]+(/\w+/confirm/\S+)", text)[1]
        page = client.get(path).content.decode()
    head = page[: page.index("<body")]
    assert CANARY in page and CANARY not in head and not REVEALING.search(head)
