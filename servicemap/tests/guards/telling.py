"""What the network tells, in the small world: a paper and a digest for everybody, a draft, one who gets letters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from core import clock
from network.decisions import services as decisions
from network.decisions.models import Document, Meeting
from network.news import publication
from network.news import services as news
from network.news.models import Digest, DigestLine, DigestState

ADDRESS = "kanareika-podpischik@example.org"


def told(coordinator: User, editor: User, meeting: Meeting) -> dict[str, Any]:
    last = (clock.today().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    document = _paper(editor, meeting, "Открытая политика")
    digest = news.assemble(actor=coordinator, month=last, audience="public")
    digest = news.save_opening(
        actor=coordinator, digest=digest, expected_version=digest.version, opening="За месяц.", opening_en="A month."
    )
    digest = news.send(actor=coordinator, digest=digest, expected_version=digest.version)
    draft = news.assemble(actor=coordinator, month=last, audience="members")
    _line(draft, 0, "канарейка в черновике")
    news.subscribe(address=ADDRESS, language="ru", wants_digest=True, of_countries=["GE"])
    return {"document": document, "digest": digest, "draft": draft}


def more(editor: User, number: int) -> None:
    """One more paper, line and month of each kind."""
    _paper(editor, Meeting.objects.earliest("pk"), f"Ещё политика {number}")
    digest = Digest.objects.sent().filter(audience="public").latest("month")
    draft = Digest.objects.filter(state=DigestState.DRAFT).latest("pk")
    for row in (digest, draft):
        _line(row, number, f"Строка {number}")
    publication.publish(digest)
    at = clock.now()
    earlier = Digest.objects.create(
        month=dt.date(2000 + number, 1, 1), audience="public", state=DigestState.SENT, assembled_at=at, sent_at=at
    )
    publication.publish(earlier)
    Digest.objects.create(month=dt.date(2000 + number, 1, 1), audience="members", assembled_at=at)


def _paper(editor: User, meeting: Meeting, title: str) -> Document:
    body = meeting.body
    document = decisions.add_document(actor=editor, body=body, kind="policy", title=title, audience="public")
    for number, language in ((None, "ru"), (1, "en")):
        version = decisions.add_version(
            actor=editor, document=document, language=language, text="Мы помогаем.", number=number
        )
        decisions.decide(actor=editor, meeting=meeting, text="Канарейка: принять", paper=version)
    return document


def _line(digest: Digest, number: int, words: str) -> None:
    DigestLine.objects.create(
        digest=digest, position=100 + number, section="facts", about="fact", country="GE", words={"ru": words},
        is_public=True,
    )  # fmt: skip
