"""What the network decides, in the small world: a seat for the editor, papers, votes with canaries in their ballots."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import NetworkRole, User
from core import clock
from network.decisions import services as decisions
from network.decisions.models import Body, Decision, DocumentVersion, Meeting, Vote, Voter
from network.decisions.models.words import BodyKind, SeatKind
from network.gaps import services as gaps
from network.joining import services as joining
from network.learning import services as learning
from network.reviews import services as reviews
from network.reviews.models import YearlyReview
from organizations.models import Organization
from servicemap.tests.guards.evaluating import evaluated
from servicemap.tests.guards.granting import granted
from verification.tests import scenarios


# long: one room a line
def decided(editor: User, administrator: User, own: Organization) -> dict[str, Any]:
    """The editor leads the assembly and has a voice in it for `own`; nobody of the public reads a word of it."""
    body = decisions.make_body(actor=None, kind=BodyKind.ASSEMBLY, name="Канарейка: собрание", name_en="Kanareika")
    decisions.take_seat(
        actor=administrator,
        body=body,
        organization=own,
        person=editor,
        kind=SeatKind.CHAIR,
        starts_on=clock.today() - dt.timedelta(days=90),
    )
    version = _paper(editor, body, "Канарейка: политика")
    meeting = _meeting(editor, body)
    vote = _vote(editor, body, "Канарейка: вопрос?", version)
    decision = _decision(editor, meeting, own, "Канарейка: решение")
    return (
        _joining(editor, own)
        | _missing(editor, administrator, own)
        | _taught(editor, administrator, own)
        | {"yearly": _reviewed(editor, administrator, own)}
        | granted(editor, administrator, own)
        | evaluated(editor, own)
        | {
            "body": body,
            "version": version,
            "paper": version.document,
            "meeting": meeting,
            "vote": vote,
            "decision": decision,
        }
    )


def more(editor: User, own: Organization, number: int) -> None:
    """Of everything one more; votes that are over, and one that runs."""
    body = Body.objects.get(kind=BodyKind.ASSEMBLY)
    version = _paper(editor, body, f"Политика {number}")
    with clock.travel(clock.now() - dt.timedelta(days=60)):
        meeting = _meeting(editor, body)
        _vote(editor, body, f"Вопрос {number}?", None)
        _decision(editor, meeting, own, f"Решение {number}")
        ended = _decision(editor, meeting, own, f"Сделано {number}")
        decisions.finish(actor=editor, decision=ended)
        decisions.decide(actor=editor, meeting=meeting, text=f"Принять {number}", paper=version)
    _vote(editor, body, f"Идёт {number}?", None)
    decisions.draft_vote(
        actor=editor, body=body, question=f"Готовится {number}?", closes_at=clock.now() + dt.timedelta(days=9)
    )
    _paper(editor, body, f"Черновик {number}")
    _joining(editor, own, number)
    _missing(editor, None, own, number + 1)
    granted(editor, None, own, number + 1)
    _taught(editor, None, own, number + 1)
    evaluated(editor, own, number + 1)


def _paper(editor: User, body: Body, title: str) -> DocumentVersion:
    document = decisions.add_document(actor=editor, body=body, kind="policy", title=title)
    return decisions.add_version(actor=editor, document=document, language="ru", text="канарейка в тексте")


def _meeting(editor: User, body: Body) -> Meeting:
    meeting = decisions.call_meeting(
        actor=editor, body=body, held_on=clock.today(), place="канарейка", agenda=["канарейка в повестке"]
    )
    return decisions.write_minutes(actor=editor, meeting=meeting, said={1: "канарейка в протоколе"}, present=[])


def _vote(editor: User, body: Body, question: str, paper: DocumentVersion | None) -> Vote:
    vote = decisions.draft_vote(
        actor=editor, body=body, question=question, paper=paper, closes_at=clock.now() + dt.timedelta(days=10)
    )
    vote = decisions.announce(actor=editor, vote=vote)
    voice = Voter.objects.filter(vote=vote, organization__memberships__user=editor).first()
    if voice is not None:
        decisions.cast(actor=editor, vote=vote, voice=voice, choice="against", reason="канарейка в бюллетене")
    return vote


def _decision(editor: User, meeting: Meeting, own: Organization, text: str) -> Decision:
    return decisions.decide(
        actor=editor,
        meeting=meeting,
        text=text,
        organization=own,
        responsible=editor,
        due_on=clock.today() + dt.timedelta(days=20),
    )


def _joining(editor: User, own: Organization, number: int = 0) -> dict[str, Any]:
    """A call, and an organisation that has answered it and is being checked: notes that most people never read."""
    call = joining.write_call(actor=None, title="Приходите", text="Ищем тех, кто рядом.", questions=["Кто вы?"])
    row = joining.begin(call=call, email=f"kanareika{number}@example.org", language="ru")
    fields = {
        "name": f"Новый дом {number}",
        "registration_country": "GE",
        "countries": ["GE"],
        "services": ["hiv_rapid_test"],
        "about": "канарейка в заявке",
        "answers": ["канарейка в ответе"],
        "declared_by": "канарейка",
        "referees_note": "канарейка",
    }
    row = joining.send(application=row, fields=fields)
    boss = scenarios.person(None, "", NetworkRole.ADMINISTRATOR)
    row = joining.take_up(actor=boss, application=row)
    joining.check(actor=editor, application=row, kind="exists", outcome="ok", note="канарейка в проверке")
    joining.check(actor=boss, application=row, kind="sanctions", outcome="concern", note="тайникденег")
    return {"application": row, "call": call}


def _missing(editor: User, boss: User | None, own: Organization, number: int = 0) -> dict[str, Any]:
    """Somebody has looked and found none, and a gap is worked at; both in words that nobody of the public reads."""
    kinds = ("naloxone", "shelter", "pep", "psychologist", "paralegal", "drop_in", "outreach", "employment")
    cell = {"service_type": kinds[number % len(kinds)], "country": "GE", "group": "msm" if number >= len(kinds) else ""}
    gaps.say_absent(actor=editor, organization=own, how="канарейка искала", **cell)
    gap = gaps.open_gap(actor=boss or editor, was="none", priority="now", why="канарейка в пробеле", **cell)
    if boss is not None:
        gap = gaps.plan(
            actor=boss, gap=gap, organization=own, responsible=editor, action="канарейка в действии",
            due_on=clock.today() + dt.timedelta(days=20),
        )  # fmt: skip
    return {"gap": gap}


def _taught(editor: User, boss: User | None, own: Organization, number: int = 0) -> dict[str, Any]:
    """A material and a training for members, people on its list, one that was held with its certificates; of
    everybody's one of each, in words that are no canaries."""
    boss = boss or scenarios.person(None, "", NetworkRole.ADMINISTRATOR)

    def approved(row: Any) -> Any:
        return learning.approve(actor=boss, row=row, expected_version=row.version)

    about = {"language": "ru", "topics": ["naloxone"]}
    text = {"kind": "guide", "link": "https://example.org/k", **about}
    told = {"actor": editor, "organization": own}
    inside = text | {"title": f"канарейка в материале {number}", "summary": "канарейка"}
    material = approved(learning.offer_material(**told, fields=inside))
    approved(learning.offer_material(**told, fields=text | {"title": f"Памятка {number}", "is_public": True}))
    learning.offer_material(**told, fields=text | {"title": f"канарейка ждёт {number}"})
    training = _training(editor, own, approved, about, 20, number)
    learning.ask(actor=editor, training=training, organization=own, person=editor)
    group = learning.ask(actor=editor, training=training, organization=own, people=3)
    with clock.travel(clock.now() - dt.timedelta(days=60)):
        held = _training(editor, own, approved, about, 20, number)
        came = learning.ask(actor=editor, training=held, organization=own, person=editor)
        came = learning.accept(actor=editor, enrolment=learning.invite(actor=editor, training=held, enrolment=came))
    with clock.travel(held.ends_at + dt.timedelta(hours=1)):
        learning.mark(actor=editor, enrolment=came, came=1)
        learning.complete(actor=editor, training=held)
    return {"material": material, "training": training, "enrolment": group}


def _training(editor: User, own: Organization, approved: Any, about: dict[str, Any], days: int, number: int) -> Any:
    begins = clock.now() + dt.timedelta(days=days)
    when = {"starts_at": begins, "ends_at": begins + dt.timedelta(hours=3), "timezone": "Asia/Tbilisi", "places": 20}
    where = {
        "country": "GE",
        "city": "Тбилиси",
        "place": "канарейка по адресу",
        "join_link": "https://kanareika.example/",
    }
    fields = (
        about | when | where | {"title": f"Занятие {number}", "trainers_words": "канарейка ведёт", "is_public": True}
    )
    return approved(learning.offer_training(actor=editor, organization=own, fields=fields))


def _reviewed(editor: User, administrator: User, own: Organization) -> YearlyReview:
    """Agreed, with canaries in evidence, remark and reasons: what everybody of the network opens."""
    country = own.registration_country or own.countries[0]
    planned = reviews.plan_round(actor=administrator, country=country, starts_on=clock.today())
    row = planned.reviews.get(organization=own)
    leaves = reviews.own_leaves(row) or {"hiv_rapid_test"}
    lines = {leaf: reviews.LineSaid("partial", ["supplies"]) for leaf in leaves}
    reviews.write_lines(actor=editor, review=row, said=lines)
    marks = {code: reviews.MarkSaid("met", "канарейка в доказательстве") for code in reviews.asked(row)}
    reviews.write_marks(actor=editor, review=row, said=marks)
    other = scenarios.organization("Смотрящие", registration_country="PL")
    peer = scenarios.person(other)
    row = reviews.send(actor=editor, review=row)
    YearlyReview.objects.filter(pk=row.pk).update(reviewer=other)
    row.refresh_from_db()
    reviews.look(actor=peer, review=row, lines={}, marks={}, remark="канарейка в замечании")
    return reviews.close_look(actor=peer, review=row)
