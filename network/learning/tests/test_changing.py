"""What changes after an approval, and who answers for whom: nobody who comes is left without a word."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from directory.tables.learning import PublicMaterial, PublicTraining
from messaging.models import Message
from network.learning import services as learning
from network.learning.models import Enrolment, Training
from network.learning.tests.makers import MATERIAL, School
from organizations.models import MembershipRole
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return School()


def test_another_file_goes_to_the_coordinator_again(school, tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)
    fields = MATERIAL | {"link": ""}

    def offered(row=None):
        paper = ContentFile(b"%PDF-1.4\ntrailer\n<<>>\n%%EOF\n", name="a.pdf")
        return learning.offer_material(
            actor=school.teacher, organization=school.house, fields=fields, file=paper, material=row
        )

    row = school.approved(offered())
    assert PublicMaterial.objects.filter(pk=row.public_id).exists()
    assert offered(row).state == "offered"
    assert not PublicMaterial.objects.filter(pk=row.public_id).exists()


def test_whoever_comes_reads_a_change_while_it_waits_hears_of_another_day_and_may_be_told_it_is_off(school):
    training = school.training()
    school.comes(training, person=school.reader)
    words = {name: getattr(training, name) for name in ("starts_at", "ends_at", "topics", "language", "timezone")}

    def changed(**more):
        training.refresh_from_db()
        return learning.offer_training(
            actor=school.teacher, organization=school.house, training=training, fields=words | more
        )

    changed(place="Другой зал")
    assert Message.objects.filter(kind="training_changed").exists()
    assert changed(title="Без опечатки").state == "offered"
    assert Training.objects.visible_to(school.reader).get() == training
    assert not Training.objects.visible_to(scenarios.person(scenarios.organization())).exists()
    assert learning.call_off(actor=school.teacher, training=training).cancelled_at
    assert not Training.objects.waiting().exists()


def test_an_editor_answers_for_the_group_that_they_brought(school):
    editor, training = scenarios.person(school.other, MembershipRole.EDITOR), school.training()
    row = learning.ask(actor=editor, training=training, organization=school.other, people=2)
    assert Enrolment.objects.visible_to(editor).get() == row
    row = learning.invite(actor=school.teacher, training=training, enrolment=row)
    assert learning.accept(actor=editor, enrolment=row).state == "enrolled"
    school.comes(training, person=school.reader)
    assert [one.pk for one in Enrolment.objects.visible_to(editor)] == [row.pk], "names stay with the manager"


def test_who_was_invited_and_came_without_a_word_is_marked(school):
    training = school.training()
    row = learning.ask(actor=school.manager, training=training, organization=school.other, people=2)
    row = learning.invite(actor=school.teacher, training=training, enrolment=row)
    school.held(training, row)
    row.refresh_from_db()
    assert (row.state, row.certificates.count()) == ("completed", 2)


def test_where_it_is_dangerous_everybody_reads_the_country_and_no_town(school):
    training = school.training(country="RU", city="Казань", timezone="Europe/Moscow")
    found = PublicTraining.objects.get(pk=training.public_id)
    assert (found.country, found.city) == ("RU", {})
    assert "Казань" not in Client().get("/ru/learning/").content.decode()
    assert "Казань" not in Client().get("/ru/learning/calendar.ics").content.decode()
