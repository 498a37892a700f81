"""A digest: from what everybody reads, by people's hands, sent once, kept as it was; a hidden service is not named."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from core import clock
from core.errors import NotAllowed, StaleWrite, WrongState
from core.tests.shared import shared
from directory.tables.grants import PublicGrantCall
from directory.tables.listings import PublicListing
from directory.tables.news import PublicDigestLine
from messaging.models import Lane, Message
from network.countries.notices import announce
from network.countries.tests.makers import published as fact
from network.decisions import services as decisions
from network.decisions.tests import makers
from network.joining.models import Call
from network.news import letters, publication, words
from network.news import services as news
from network.news.kinds import NEWS_DIGEST
from network.news.models import Digest, NewsChoice
from verification import services as verification
from verification.tests import scenarios
from verification.upkeep.rebuild import rebuild

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC)
MONTH = dt.date(2026, 10, 1)


class Told:
    """Something of everything happened in October; one service is older, one is for members, one hides its door."""

    def __init__(self):
        self.coordinator = scenarios.coordinator()
        house = scenarios.organization("Дом у реки")
        at = scenarios.place(house)
        with clock.travel(NOW - dt.timedelta(days=60)):
            self.old = scenarios.published(at, title="Давняя услуга")
        with clock.travel(NOW - dt.timedelta(days=1)):
            self.new = scenarios.published(at, title="Новая услуга", title_en="A new service")
            self.inside = scenarios.published(at, title="Внутренняя услуга", visibility="members")
            hidden = scenarios.place(house, name="Приют", type="shelter", public_precision="settlement")
            scenarios.published(hidden, title="Тихий приют", types=["shelter"], method="call")
            fact(topic="art", brief="да, без документов")
            fact(topic="undesirable", visibility="members", brief="риск для организаций")
            announce(actor=self.coordinator, country="GE", kind="warning", level="warning", text="Проверки у вокзала")
            self.network = makers.network(2)
            self.paper = makers.paper(self.network, audience="public")
            made = self.network
            meeting = decisions.call_meeting(
                actor=made.chair, body=made.assembly, held_on=clock.today(), place="", agenda=["О разном"]
            )
            meeting = decisions.write_minutes(actor=made.chair, meeting=meeting, said={1: "Да."}, present=[])
            self.adopted = decisions.decide(
                actor=made.chair, meeting=meeting, text="Принять политику", paper=self.paper
            )


def build():
    with clock.travel(NOW):
        return Told()


_ground, world = shared(build)


@pytest.fixture(autouse=True)
def _now():
    with clock.travel(NOW):
        yield


def assembled(world, audience="public"):
    return news.assemble(actor=world.coordinator, month=MONTH, audience=audience)


def sent(world, audience="public"):
    digest = assembled(world, audience)
    return news.send(actor=world.coordinator, digest=digest, expected_version=digest.version)


def said(digest, language="ru"):
    return {line.words[language] for line in digest.lines.all()}


def test_the_digest_for_everybody_has_what_everybody_reads_and_nothing_else(world):
    found = said(assembled(world))
    text = "\n".join(found)
    assert any("Новая услуга" in one and "Дом у реки" in one for one in found)
    assert "без документов" in text and "Проверки у вокзала" in text and "О безопасности" in text
    for hidden in ("Давняя", "Внутренняя", "приют", "риск для организаций", "Принять политику"):
        assert hidden not in text
    assert any("A new service" in one for one in said(Digest.objects.get(), "en"))
    inside = "\n".join(said(assembled(world, "members")))
    for known in ("Внутренняя услуга", "риск для организаций", "Принять политику", "Новая услуга"):
        assert known in inside


def test_people_order_and_leave_out_and_whoever_may_not_changes_nothing(world):
    digest = assembled(world)
    line = digest.lines.get(words__ru__icontains="Новая услуга")
    with pytest.raises(NotAllowed):
        news.take_out(actor=world.network.chair, digest=digest, line=line)
    news.take_out(actor=world.coordinator, digest=digest, line=line)
    assert "Новая услуга" not in str(words.told(digest, NOW))
    news.put_back(actor=world.coordinator, digest=digest, line=line)
    copy = digest.lines.get(pk=line.pk)
    copy.pk, copy.public_id, copy.words = None, "zzzzzzzzzz", {"ru": "Вторая"}
    copy.position = 90
    copy.save()
    digest = news.move(actor=world.coordinator, digest=digest, line=copy, up=True)
    order = [one.words["ru"] for one in digest.lines.filter(section="new")]
    assert order[0] == "Вторая"
    stale = digest.version - 1
    with pytest.raises(StaleWrite):
        news.save_opening(actor=world.coordinator, digest=digest, expected_version=stale, opening="Иначе")
    with pytest.raises(WrongState):
        news.send(actor=world.coordinator, digest=Digest.objects.get(pk=digest.pk), expected_version=stale)


def test_what_was_sent_keeps_its_words_in_the_database_and_no_month_is_told_twice(world):
    digest = sent(world)
    changes = (
        "UPDATE news_digest SET opening = 'иначе'",
        "UPDATE news_digestline SET words = '{}'",
        "UPDATE news_digestline SET position = 99",
        "DELETE FROM news_digestline",
        "DELETE FROM news_digest",
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    with pytest.raises(WrongState):
        assembled(world)
    with pytest.raises(WrongState):
        news.send(actor=world.coordinator, digest=digest, expected_version=digest.version)
    with clock.travel(NOW + dt.timedelta(days=40)):
        later = news.assemble(actor=world.coordinator, month=dt.date(2026, 11, 1), audience="public")
        assert "Новая услуга" not in str(said(later))


def test_a_hidden_service_is_gone_from_the_page_at_once_and_comes_back_with_it(world):
    sent(world)
    page = "/ru/news/2026-10/"
    assert "Новая услуга" in Client().get(page).content.decode()
    taken = verification.take_down(
        actor=world.coordinator, reason="опасно", organization=world.new.service.organization
    )
    assert not PublicListing.objects.filter(pk=world.new.public_id).exists()
    assert not PublicDigestLine.objects.filter(ref=world.new.public_id).exists(), "in the same transaction"
    for address in (page, "/en/news/2026-10/", "/ru/news/news.atom"):
        assert "Новая услуга" not in Client().get(address).content.decode()
    assert "Новое на карте" not in letters.digest_letter(Digest.objects.get(), end="", warnings=[]).text
    verification.lift(actor=world.coordinator, takedown=taken, reason="прошло")
    publication.publish_all()
    assert "Новая услуга" in Client().get(page).content.decode()
    rebuild()
    assert "Новая услуга" in Client().get(page).content.decode()


def test_time_alone_hides_a_service_and_a_line_can_be_taken_off(world):
    digest = sent(world)
    with clock.travel(NOW + dt.timedelta(days=900)):
        assert "Новая услуга" not in Client().get("/ru/news/2026-10/").content.decode()
    line = digest.lines.get(words__ru__icontains="Проверки у вокзала")
    news.take_off(actor=world.coordinator, line=line)
    assert "Проверки" not in Client().get("/ru/news/2026-10/").content.decode()
    with pytest.raises(WrongState):
        news.take_off(actor=world.coordinator, line=line)
    digest.lines.filter(pk=line.pk).update(taken_off_by=None)  # whoever did it may be forgotten
    with pytest.raises(DatabaseError), transaction.atomic():
        digest.lines.filter(pk=line.pk).update(taken_off_at=None)


def test_members_get_one_letter_each_within_the_six_and_what_is_for_them_alone_stays_behind_the_login(world):
    ended = world.network.managers[1]
    news.choose_as_member(user=ended, wants_digest=False)
    digest = assembled(world, "members")
    expected = news.recipients(digest).total
    digest = news.send(actor=world.coordinator, digest=digest, expected_version=digest.version)
    rows = Message.objects.filter(kind=NEWS_DIGEST)
    assert rows.count() == expected == digest.letters > 1
    assert {row.lane for row in rows} == {Lane.UPKEEP} and len({row.address for row in rows}) == expected
    assert not rows.filter(address=ended.email).exists()
    row = rows.get(address=world.network.chair.email)
    letter = letters.WRITERS[NEWS_DIGEST](row)
    assert "Новое на карте: 3" in letter.text and "услуга" not in letter.text and "политик" not in letter.text
    end = letter.headers["List-Unsubscribe"].strip("<>")
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/" + end.split("/", 3)[3]
    assert Client().get(path).status_code == 200 and not NewsChoice.objects.filter(user=world.network.chair).exists()
    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NewsChoice.objects.get(user=world.network.chair).wants_digest is False
    assert letters.WRITERS[NEWS_DIGEST](row) is None


def test_pages_feed_and_documents_for_everybody(world):
    assert "Новостей пока нет" in Client().get("/ru/news/").content.decode()
    assert Client().get("/ru/news/2026-10/").status_code == 404
    sent(world)
    assert "Октябрь 2026" in Client().get("/ru/news/").content.decode()
    for path in ("2026-1", "2026-13", "2025-01", "0000-00", "кот"):
        assert Client().get(f"/ru/news/{path}/").status_code == 404
    feed = Client().get("/en/news/news.atom").content.decode()
    assert "/en/news/2026-10/" in feed and "October 2026" in feed
    assert "/ru/news/2026-10/" in Client().get("/sitemap.xml").content.decode()
    address = f"/ru/documents/{world.paper.document.public_id}/"
    paper = Client().get(address).content.decode()
    assert "Мы бережём друг друга." in paper and "на встрече" in paper and "Собрание" in paper
    assert "Принять политику" not in paper
    assert address in Client().get("/ru/documents/").content.decode()
    decisions.repeal(actor=world.network.chair, document=world.paper.document, decision=world.adopted)
    assert Client().get(address).status_code == 404
    assert "Открытых для всех документов" in Client().get("/ru/documents/").content.decode()


def test_the_press_gets_a_picture_of_what_everybody_sees(world):
    page = Client().get("/ru/press/").content.decode()
    assert "/ru/press/map.png" in page and "/ru/embed/build/" in page
    drawn = Client().get("/en/press/map.svg")
    assert drawn["Content-Type"] == "image/svg+xml" and "<circle" in drawn.content.decode()
    assert Client().get("/en/press/map.png").content.startswith(b"\x89PNG")


def test_open_calls_are_lines_with_their_last_day_and_lead_to_the_open_pages(world):
    day = NOW.date()
    Call.objects.create(
        title="Весенний набор", title_en="Spring call", text="Кого", opens_on=day, closes_on=dt.date(2026, 12, 1)
    )
    always = Call.objects.create(title="Всегда открыто", text="Кого", opens_on=day)
    Call.objects.create(title="Набор через год", text="Кого", opens_on=dt.date(2027, 6, 1))
    Call.objects.create(title="Прошлый", text="Кого", opens_on=dt.date(2026, 1, 1), closes_on=dt.date(2026, 9, 1))
    PublicGrantCall.objects.create(
        id="grantcall1", title={"ru": "Гранты на ОЗТ", "en": "Grants"}, budget=100, ceiling=10, currency="EUR",
        opens_at=NOW - dt.timedelta(days=1), closes_at=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC),
        closes_on=dt.date(2026, 11, 20), timezone="UTC",
    )  # fmt: skip
    digest = sent(world)
    told = {line.words["ru"] for line in digest.lines.filter(section="calls")}
    assert told == {"Весенний набор, до 1 декабря 2026", "Всегда открыто", "Гранты на ОЗТ, до 20 ноября 2026"}
    page = Client().get("/ru/news/2026-10/").content.decode()
    assert "Открытые наборы" in page and 'href="/ru/join/"' in page and 'href="/ru/grants/"' in page
    with clock.travel(NOW + dt.timedelta(days=26)):
        again = news.assemble(actor=world.coordinator, month=dt.date(2026, 11, 1), audience="public")
        assert always.public_id not in {line.ref for line in again.lines.filter(section="calls")}, "told once"
