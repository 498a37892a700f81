"""Papers come into force by a decision, are never overwritten, and end by the clock of the question."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from PIL import Image

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from messaging.models import Message
from network.decisions import files, kinds, rounds
from network.decisions import services as decisions
from network.decisions.models import Decision, DocumentVersion
from network.decisions.tests import makers

pytestmark = pytest.mark.django_db
AFTER = makers.END + dt.timedelta(days=1)


@pytest.fixture
def made():
    with clock.travel(makers.NOW):
        yield makers.network()


def in_force():
    return list(DocumentVersion.objects.in_force())


def adopt(made, paper, **told):
    meeting = decisions.call_meeting(
        actor=made.chair, body=made.assembly, held_on=clock.today(), place="", agenda=["Политика"]
    )
    meeting = decisions.write_minutes(actor=made.chair, meeting=meeting, said={1: "За"}, present=made.houses[:2])
    return decisions.decide(actor=made.chair, meeting=meeting, text="Принять", paper=paper, **told)


def test_a_paper_is_voted_into_force(made):
    paper = makers.paper(made)
    vote = makers.announced(made, paper=paper)
    makers.cast(made, vote, 0, "for")
    assert in_force() == []
    with clock.travel(AFTER):
        decisions.decide(actor=made.chair, vote=vote, text="Принять политику")
        assert in_force() == [paper]
        with pytest.raises(WrongState):
            decisions.decide(actor=made.chair, vote=vote, text="Ещё раз")


def test_a_new_version_replaces_the_old_one_when_it_is_adopted_and_not_before(made):
    first = makers.paper(made)
    adopt(made, first)
    second = decisions.add_version(actor=made.chair, document=first.document, language="ru", text="Иначе.")
    assert (second.number, in_force()) == (2, [first])
    adopt(made, second)
    assert in_force() == [second]
    english = decisions.add_version(
        actor=made.chair, document=first.document, language="en", text="Otherwise.", number=2
    )
    adopt(made, english)
    assert {row.pk for row in in_force()} == {second.pk, english.pk}


def test_a_paper_whose_day_has_passed_or_that_was_repealed_is_not_in_force(made):
    paper = decisions.add_version(
        actor=made.chair,
        document=makers.paper(made).document,
        language="ru",
        text="До срока.",
        valid_until=dt.date(2026, 12, 1),
    )
    decision = adopt(made, paper)
    for day, holds in ((dt.date(2026, 12, 1), True), (dt.date(2026, 12, 2), False)):
        with clock.travel(day):
            assert (in_force() == [paper]) is holds
    decisions.repeal(actor=made.chair, document=paper.document, decision=decision)
    assert in_force() == []


@pytest.mark.parametrize("change", ["text = 'иное'", "number = 9", "language = 'en'", "file = 'x.pdf'"])
def test_by_sql_too_a_version_is_never_overwritten(made, change):
    paper = makers.paper(made)
    with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE decisions_documentversion SET {change} WHERE id = %s", [paper.pk])
    decision = adopt(made, paper)
    assert decision.papers.get() == paper
    with pytest.raises(IntegrityError, match="adopted once"), transaction.atomic():
        DocumentVersion.objects.filter(pk=paper.pk).update(adopted_by=None)


def test_what_was_decided_has_somebody_a_day_and_an_end_in_words(made):
    paper = makers.paper(made)
    with pytest.raises(HouseError):
        adopt(made, paper, due_on=dt.date(2026, 11, 1))
    with pytest.raises(HouseError):  # of another organisation
        adopt(made, paper, due_on=dt.date(2026, 11, 1), organization=made.houses[2], responsible=made.managers[1])
    told = {"organization": made.houses[2], "responsible": made.managers[2]}
    decision = adopt(made, paper, due_on=dt.date(2026, 11, 1), **told)
    with clock.travel(dt.date(2026, 11, 2)):
        assert list(Decision.objects.late()) == [decision]
        rounds.run()
        rounds.run()
        with pytest.raises(HouseError):
            decisions.drop(actor=made.managers[2], decision=decision, reason=" ")
        with pytest.raises(NotAllowed):
            decisions.finish(actor=made.managers[1], decision=decision)
        decisions.finish(actor=made.managers[2], decision=decision)
        assert not Decision.objects.late().exists()
    kinds_sent = list(Message.objects.filter(kind__startswith="decision").values_list("kind", flat=True).order_by("pk"))
    assert kinds_sent == [kinds.DECISION_GIVEN, kinds.DECISION_LATE]


def test_a_meeting_to_come_has_no_minutes_and_no_decisions(made):
    meeting = decisions.call_meeting(
        actor=made.chair, body=made.assembly, held_on=dt.date(2026, 10, 20), place="", agenda=["Раз", " ", "Два"]
    )
    assert [item.title for item in meeting.agenda.all()] == ["Раз", "Два"]
    with pytest.raises(HouseError):
        decisions.write_minutes(actor=made.chair, meeting=meeting, said={}, present=[])
    with pytest.raises(WrongState):
        decisions.decide(actor=made.chair, meeting=meeting, text="Рано")


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


def _office(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(_picture(), "png"), (_office("word/document.xml"), "docx"), (_office("xl/workbook.xml"), "xlsx")],
)
def test_a_file_is_known_by_its_content(content, kind):
    kept, found = files.looked_through(ContentFile(content, name="a.exe"))
    assert found == kind and kept.size
    assert files.name_of(ContentFile(b"", name="../../Устав <1>.exe"), kind) == f"Устав 1.{kind}"


@pytest.mark.parametrize(
    "content",
    [
        b"MZ",
        b"%PDF-1.4 /OpenAction %%EOF",
        _office("a.txt"),
        _office("word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04",
        b"<html>",
        b" " * (files.AT_MOST + 1),
    ],
)
def test_what_acts_or_is_something_else_is_refused_in_words(content):
    with pytest.raises(ValidationError) as refused:
        files.looked_through(ContentFile(content, name="a.pdf"))
    assert refused.value.message_dict["file"]
