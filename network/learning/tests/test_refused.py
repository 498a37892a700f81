"""What the database refuses of learning, whoever writes."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from core import clock
from network.learning.tests.makers import School

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 18, 9, tzinfo=dt.UTC)


@pytest.fixture
def school():
    with clock.travel(NOW):
        yield School()


REFUSED = {
    "more people than there are places": "UPDATE learning_enrolment SET people = 190 WHERE is_group",
    "a group with a name": "UPDATE learning_enrolment SET person_id = {person} WHERE is_group",
    "two people as one": "UPDATE learning_enrolment SET people = 2 WHERE NOT is_group",
    "somebody who came before it began": (
        "UPDATE learning_enrolment SET state = 'attended', came = 1, moved_at = '2026-10-01'"
    ),
    "came, and nobody did": "UPDATE learning_enrolment SET came = 1",
    "a certificate without the training": (
        "INSERT INTO learning_certificate (number, enrolment_id, topic, people, issued_on, valid_until)"
        " SELECT 'x', id, 'naloxone', 1, '2026-11-01', '2027-11-01' FROM learning_enrolment LIMIT 1"
    ),
    "an end before the beginning": "UPDATE learning_training SET ends_at = starts_at - interval '1 hour'",
    "nowhere": "UPDATE learning_training SET city = '', is_online = false",
    "without a topic": "UPDATE learning_training SET topics = '{{}}'",
    "cancelled and taken off": "UPDATE learning_training SET state = 'ended', cancelled_at = now()",
    "returned without a reason": "UPDATE learning_training SET state = 'returned', reason = ''",
    "approved by its own people": "UPDATE learning_training SET decided_by_id = {teacher}",
    "a material of nothing": "UPDATE learning_material SET link = '', file = ''",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_database_refuses(school, what):
    training = school.training()
    school.material()
    school.comes(training, school.reader)
    school.comes(training, people=2)
    sql = REFUSED[what].format(person=school.reader.pk, teacher=school.teacher.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        pytest.fail(what)
