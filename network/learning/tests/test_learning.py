"""The library with its clock, a training from its offer to its certificates, and what the database refuses."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from accounts.models import NetworkRole
from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from directory.stores import store
from directory.tables.learning import PublicCentre, PublicMaterial, PublicTraining
from messaging.models import Message
from network.gaps import services as gaps
from network.learning import forgetting, rounds
from network.learning import services as learning
from network.learning.models import AfterCount, Certificate, Enrolment, EnrolmentState, Material, OfferState, Training
from network.learning.services.holding import months_later
from network.learning.tests.makers import MATERIAL, School
from network.learning.trained import expired_topics, trained
from organizations.models import LocationType, MembershipRole
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 18, 9, tzinfo=dt.UTC)


@pytest.fixture
def school():
    with clock.travel(NOW):
        yield School()


def coordinator_of(country):
    user = scenarios.person(None, "", NetworkRole.COORDINATOR)
    user.countries = [country]
    user.save()
    return user


def test_a_member_offers_and_another_approves(school):
    with pytest.raises(NotAllowed):
        learning.offer_material(actor=school.reader, organization=school.other, fields=MATERIAL)
    with pytest.raises(NotAllowed):
        learning.offer_material(actor=school.manager, organization=school.house, fields=MATERIAL)
    row = school.material(approved=False)
    assert not PublicMaterial.objects.exists() and not Material.objects.approved()
    own = scenarios.person(school.house, MembershipRole.EDITOR, NetworkRole.COORDINATOR)
    for actor in (school.teacher, school.manager, own):
        with pytest.raises(NotAllowed):
            learning.approve(actor=actor, row=row, expected_version=row.version)
    with pytest.raises(ValidationError):
        learning.give_back(actor=school.boss, row=row, reason=" ", expected_version=row.version)
    row = learning.give_back(actor=school.boss, row=row, reason="Откуда это?", expected_version=row.version)
    with pytest.raises(WrongState):
        learning.approve(actor=school.boss, row=row, expected_version=row.version)
    row = learning.offer_material(
        actor=school.teacher, organization=school.house, fields=MATERIAL | {"title": "Налоксон"}, material=row
    )
    assert (row.state, row.reason) == (OfferState.OFFERED, "")
    row = school.approved(row)
    assert PublicMaterial.objects.get().title == {"ru": "Налоксон", "en": "How to give naloxone"}
    assert {one.kind for one in Message.objects.all()} == {"learning_returned", "learning_approved"}


def test_what_was_read_is_approved_and_other_words_go_to_the_coordinator_again(school):
    row = school.material(approved=False)
    seen = row.version
    learning.offer_material(
        actor=school.teacher, organization=school.house, material=row, fields=MATERIAL | {"title": "Б"}
    )
    with pytest.raises(HouseError):
        learning.approve(actor=school.boss, row=Material.objects.get(), expected_version=seen)
    row = school.approved(Material.objects.get())
    assert PublicMaterial.objects.count() == 1
    row = learning.offer_material(
        actor=school.teacher, organization=school.house, material=row, fields=MATERIAL | {"title": "В"}
    )
    assert row.state == OfferState.OFFERED and not PublicMaterial.objects.exists()


def test_members_materials_are_never_the_publics(school):
    row = school.material(is_public=False)
    assert row.is_open and not PublicMaterial.objects.exists()
    rounds.run_daily()
    assert not PublicMaterial.objects.exists()


def test_the_clock_of_a_year_runs_in_the_query(school):
    old, fresh = school.material(), school.material(title="Другое")
    dated = school.material(title="Закон", valid_until=dt.date(2026, 11, 1))
    with clock.travel(NOW + dt.timedelta(days=40)):
        assert list(Material.objects.stale()) == [dated]
        assert [row.pk for row in Material.objects.sunk()][-1] == dated.pk
    with clock.travel(NOW + dt.timedelta(days=365)):
        learning.look_through(actor=school.teacher, row=fresh)
        assert not old.is_stale
    with clock.travel(NOW + dt.timedelta(days=366)):
        assert old.is_stale and not Material.objects.get(pk=fresh.pk).is_stale
        shown = list(PublicMaterial.objects.sunk())
        assert [row.has_sunk for row in shown] == [False, True, True]
        assert shown[0].title["ru"] == "Другое"
    with pytest.raises(NotAllowed):
        learning.look_through(actor=school.manager, row=old)


BAD = {
    "topics": {"topics": []},
    "language": {"language": "xx"},
    "country": {"country": "XX"},
    "link": {"link": ""},
    "kind": {"kind": "poem"},
    "title": {"title": "x" * 161},
}


@pytest.mark.parametrize("field", BAD)
def test_a_fault_stands_beside_its_field(school, field):
    with pytest.raises(ValidationError) as wrong:
        school.material(**BAD[field])
    assert set(wrong.value.message_dict) == {field}


def test_files_are_looked_through_before_they_are_kept(school, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(ValidationError):
        learning.offer_material(
            actor=school.teacher, organization=school.house, fields=MATERIAL, file=ContentFile(b"<html>", name="a.pdf")
        )
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    with pytest.raises(ValidationError):
        learning.offer_material(
            actor=school.teacher, organization=school.house, fields=MATERIAL, file=ContentFile(png, name="a.png")
        )


# long: one course, step by step
def test_a_training_from_its_offer_to_its_certificates(school):
    training = school.training()
    assert PublicTraining.objects.get().city == {"ru": "Тбилиси"}
    row = learning.ask(actor=school.reader, training=training, organization=school.other, person=school.reader)
    with pytest.raises(WrongState):
        learning.accept(actor=school.reader, enrolment=row)
    with pytest.raises(NotAllowed):
        learning.invite(actor=school.manager, training=training, enrolment=row)
    row = learning.invite(actor=school.teacher, training=training, enrolment=row)
    with pytest.raises(NotAllowed):
        learning.accept(actor=school.teacher, enrolment=row)
    row = learning.accept(actor=school.reader, enrolment=row)
    group = school.comes(training, people=3)
    with pytest.raises(WrongState):
        learning.mark(actor=school.teacher, enrolment=row, came=1)
    with clock.travel(training.starts_at + dt.timedelta(hours=1)):
        row = learning.mark(actor=school.teacher, enrolment=row, came=0)
        row = learning.mark(actor=school.teacher, enrolment=row, came=1)
        group = learning.mark(actor=school.teacher, enrolment=group, came=2)
        with pytest.raises(WrongState):
            learning.complete(actor=school.teacher, training=training)
    with clock.travel(training.ends_at + dt.timedelta(hours=1)):
        assert learning.complete(actor=school.teacher, training=training) == 2
        with pytest.raises(WrongState):
            learning.complete(actor=school.teacher, training=training)
    row.refresh_from_db()
    assert (row.state, group.came) == (EnrolmentState.COMPLETED, 2)
    given = {one.topic: one for one in row.certificates.all()}
    assert given["naloxone"].valid_until == dt.date(2028, 10, 28)
    assert len({one.number for one in Certificate.objects.all()}) == 4
    with clock.travel(NOW + dt.timedelta(days=12)):
        assert trained()[school.other.pk]["naloxone"].people == 3
        assert not expired_topics([school.other.pk])
    with clock.travel(NOW + dt.timedelta(days=800)):
        assert trained()[school.other.pk]["naloxone"].people == 0
        assert {topic for _key, topic in expired_topics([school.other.pk])} == {"naloxone", "first_aid"}


def test_months_are_counted_to_the_last_day():
    assert months_later(dt.date(2024, 2, 29), 24) == dt.date(2026, 2, 28)
    assert months_later(dt.date(2026, 10, 31), 4) == dt.date(2027, 2, 28)
    assert months_later(dt.date(2026, 12, 1), 24) == dt.date(2028, 12, 1)


def test_who_may_put_whom_on_the_list(school):
    training = school.training()
    editor = scenarios.person(school.other, MembershipRole.EDITOR)
    with pytest.raises(NotAllowed):  # a colleague, by somebody who does not manage
        learning.ask(actor=editor, training=training, organization=school.other, person=school.reader)
    with pytest.raises(NotAllowed):  # a group, by somebody who only reads
        learning.ask(actor=school.reader, training=training, organization=school.other, people=2)
    with pytest.raises(NotAllowed):  # somebody of another organisation
        learning.ask(actor=school.manager, training=training, organization=school.other, person=school.teacher)
    learning.ask(actor=editor, training=training, organization=school.other, people=2)
    row = learning.ask(actor=school.manager, training=training, organization=school.other, person=school.reader)
    with pytest.raises(ValidationError):
        learning.ask(actor=school.reader, training=training, organization=school.other, person=school.reader)
    row = learning.withdraw(actor=school.reader, enrolment=row)
    row = learning.ask(actor=school.reader, training=training, organization=school.other, person=school.reader)
    assert row.state == EnrolmentState.WANTED
    with pytest.raises(WrongState):
        learning.ask(
            actor=school.reader, training=school.training(approved=False), organization=school.other,
            person=school.reader,
        )  # fmt: skip


def test_there_are_as_many_places_as_there_are(school):
    training = school.training(places=3)
    school.comes(training, people=2)
    row = learning.ask(actor=school.teacher, training=training, organization=school.house, people=2)
    with pytest.raises(ValidationError):
        learning.invite(actor=school.teacher, training=training, enrolment=row)
    with pytest.raises(ValidationError):
        values = {name: getattr(training, name) for name in ("starts_at", "ends_at", "timezone", "language", "topics")}
        learning.offer_training(
            actor=school.teacher, organization=school.house, training=Training.objects.get(pk=training.pk),
            fields=values | {"places": 1},
        )  # fmt: skip


def test_names_are_for_few(school):
    training = school.training()
    row = school.comes(training, school.reader)
    stranger = scenarios.person(scenarios.organization("Третьи"), MembershipRole.MANAGER)
    far = coordinator_of("AM")
    near = coordinator_of("GE")
    for user, sees in [
        (school.reader, True), (school.manager, True), (school.teacher, True), (near, True),
        (stranger, False), (far, False), (scenarios.person(school.house, MembershipRole.MANAGER), False),
    ]:  # fmt: skip
        assert Enrolment.objects.visible_to(user).filter(pk=row.pk).exists() is sees, user


def test_when_and_where_change_at_once_and_words_do_not(school):
    training = school.training()
    names = ("title", "starts_at", "ends_at", "timezone", "country", "city", "place", "language", "topics", "places")
    same = {name: getattr(training, name) for name in names}
    row = learning.offer_training(
        actor=school.teacher, organization=school.house, training=training, fields=same | {"place": "улица Новая, 1"}
    )
    assert row.state == OfferState.APPROVED
    row = learning.offer_training(
        actor=school.teacher, organization=school.house, training=row, fields=same | {"title": "Другое"}
    )
    assert row.state == OfferState.OFFERED and not PublicTraining.objects.exists()
    with clock.travel(training.ends_at), pytest.raises(WrongState):
        learning.offer_training(actor=school.teacher, organization=school.house, training=row, fields=same)


def test_a_cancelled_one_says_so_and_tells_whoever_comes(school):
    training = school.training()
    school.comes(training, people=2)
    with pytest.raises(WrongState):
        learning.end(actor=school.teacher, row=training)
    training = learning.call_off(actor=school.teacher, training=training)
    assert PublicTraining.objects.get().is_cancelled
    assert Message.objects.filter(kind="training_cancelled").exists()
    with pytest.raises(WrongState):
        learning.ask(actor=school.reader, training=training, organization=school.other, person=school.reader)


def test_a_training_is_tied_to_a_gap(school):
    cell = {"service_type": "naloxone", "country": "GE", "was": "none", "priority": "now", "why": "Нужно"}
    gap = gaps.open_gap(actor=school.boss, **cell)
    training = school.training()
    learning.offer_training(
        actor=school.teacher, organization=school.house, training=training, gaps=[gap],
        fields={name: getattr(training, name) for name in ("starts_at", "ends_at", "topics", "language", "timezone")},
    )  # fmt: skip
    assert [one.training_id for one in gap.trainings.all()] == [training.pk]


def test_three_questions_are_asked_once_and_added_up(school):
    training = school.training(places=50)
    row, group = school.comes(training, school.reader), school.comes(training, people=3)
    school.held(training, row, group)
    said = {"used": "often", "missing": "nothing", "changed": "both"}
    with clock.travel(training.ends_at + dt.timedelta(days=13)):
        assert rounds.run_daily()["asked after trainings"] == 0
    with clock.travel(training.ends_at + dt.timedelta(days=14)):
        assert rounds.run_daily()["asked after trainings"] == 2
        before = Message.objects.filter(kind="training_asked").count()
        rounds.run_daily()
        assert Message.objects.filter(kind="training_asked").count() == before
        with pytest.raises(ValidationError):
            learning.answer(actor=school.reader, enrolment=row, said=said | {"used": "никогда"})
        with pytest.raises(NotAllowed):
            learning.answer(actor=school.teacher, enrolment=row, said=said)
        learning.answer(actor=school.reader, enrolment=row, said=said)
        with pytest.raises(WrongState):
            learning.answer(actor=school.reader, enrolment=row, said=said)
        assert learning.heard(training) == {}
        AfterCount.objects.update(count=5)
        assert learning.heard(training)["used"] == {"often": 5}


def test_names_are_forgotten_and_numbers_stay(school):
    training = school.training(topics=["naloxone"])
    row = school.comes(training, school.reader)
    school.held(training, row)
    with clock.travel(dt.datetime(2029, 10, 28, 12, tzinfo=dt.UTC)):
        assert forgetting.forget_names() == 0
    with clock.travel(dt.datetime(2029, 10, 30, 12, tzinfo=dt.UTC)):
        assert forgetting.forget_names() == 1
        assert forgetting.forget_names() == 0
    row.refresh_from_db()
    assert (row.person, row.asked_by, row.certificates.count()) == (None, None, 1)
    assert not row.events.exists()


def test_a_resource_centre_speaks_where_its_place_is_shown(school):
    place = scenarios.place(school.house, type=LocationType.RESOURCE)
    fields = {"rooms": "Зал и кухня", "rooms_en": "A hall and a kitchen", "seats": 30, "topics": ["first_aid"]}
    with pytest.raises(WrongState):
        learning.offer_centre(actor=school.teacher, location=scenarios.place(school.house), fields=fields)
    with pytest.raises(NotAllowed):
        learning.offer_centre(actor=school.manager, location=place, fields=fields)
    row = school.approved(learning.offer_centre(actor=school.teacher, location=place, fields=fields))
    assert not PublicCentre.objects.exists(), "nothing of the place is shown yet"
    listing = scenarios.published(place, method="call")
    rounds.run_daily()
    assert PublicCentre.objects.get().rooms == {"ru": "Зал и кухня", "en": "A hall and a kitchen"}
    training = school.training(places=50)
    group = school.comes(training, people=4)
    school.held(training, group)
    assert PublicCentre.objects.get().trained is None, "fewer than five"
    second = school.training(places=50)
    school.held(second, school.comes(second, people=5))
    assert PublicCentre.objects.get().trained == 9
    store.withdraw(listing.public_id)
    assert not PublicCentre.objects.exists(), "in the same transaction"
    learning.end(actor=school.teacher, row=row)
