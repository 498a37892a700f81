"""Two digests that were sent, one for members, a draft of this month, and a few readers without an account."""

from __future__ import annotations

import datetime as dt

from core import clock
from core.languages import codes
from demonstration.life import Course
from messaging.models import Message, MessageState
from network.news import services as news
from network.news.kinds import NEWS_DIGEST
from network.news.models import Digest, DigestAudience, SubscriberLetter, Subscription

#: A digest is sent on this day of the next month; before it, the month before counts as the present one.
SENT_ON = 3
#: Openings, in the source language and in English.
EARLIER = (
    """За месяц на карте прибавилось адресов, и почти все мы прошли сами: позвонили, дошли, спросили.

Если вы знаете дверь, которой здесь нет, напишите нам – координатор страны ответит за неделю.""",
    """The map has grown this month, and we went to most of the doors ourselves: called, walked, asked.

If you know of one that is missing, write to us – the coordinator of the country answers within a week.""",
)
LATER = (
    """Главное за месяц – двери, которые мы открыли вместе: одни их описали, другие проверили.

Спасибо всем, кто отвечал на звонки.""",
    """What mattered most this month are doors that we opened together: some described them, others checked.

Thanks to everybody who picked up the phone.""",
)
INSIDE = (
    """Коллеги, в этом месяце мы решали вместе: ниже – что приняли и кто за что взялся.

Дежурства на праздники ждут ваших имён.""",
    """Colleagues, this month we decided together: below stands what was adopted and who does what.

The holidays still wait for your names.""",
)
#: Address, number of the language, countries.
READERS = (("chitatel@example.org", 0, ["KZ"]), ("lezer@example.org", 0, []), ("reader@example.org", 1, ["GE"]))


class NewsStory:
    def __init__(self, life: Course) -> None:
        self.coordinator = life.people.coordinator
        today = life.calendar.today
        self.present = (today - dt.timedelta(days=SENT_ON)).replace(day=1)

    def tell(self) -> None:
        for address, language, countries in READERS:
            news.subscribe(address=address, language=codes()[language], wants_digest=True, of_countries=countries)
        Subscription.objects.update(confirmed_at=clock.now())
        last = self._before(self.present)
        self._send(self._before(last), DigestAudience.PUBLIC, EARLIER)
        self._send(last, DigestAudience.PUBLIC, LATER)
        self._send(last, DigestAudience.MEMBERS, INSIDE)
        news.assemble(actor=self.coordinator, month=self.present, audience=DigestAudience.PUBLIC)
        SubscriberLetter.objects.all().delete()  # in the story they left long ago

    @staticmethod
    def _before(month: dt.date) -> dt.date:
        return (month - dt.timedelta(days=1)).replace(day=1)

    def _send(self, month: dt.date, audience: str, opening: tuple[str, str]) -> None:
        after = (month + dt.timedelta(days=31)).replace(day=SENT_ON)
        with clock.travel(dt.datetime.combine(after, dt.time(9), tzinfo=dt.UTC)):
            row: Digest = news.assemble(actor=self.coordinator, month=month, audience=audience)
            row = news.save_opening(
                actor=self.coordinator, digest=row, expected_version=row.version, opening=opening[0],
                opening_en=opening[1],
            )  # fmt: skip
            news.send(actor=self.coordinator, digest=row, expected_version=row.version)
            left = {"state": MessageState.SENT, "sent_at": clock.now(), "claimed_at": clock.now(), "attempts": 1}
            Message.objects.filter(kind=NEWS_DIGEST, state=MessageState.QUEUED).update(**left)
