"""The public side keeps its own words for codes of the private side; here both lists meet."""

import pytest

from directory.shown import labels
from organizations.models.contact import Channel
from organizations.models.location import AddressPrecision
from organizations.models.organization import CommunityLed
from services.models import service
from services.models.notice import NoticeKind
from verification.models.capacity import CapacityLevel
from verification.models.check import CheckMethod


@pytest.mark.parametrize(
    ("labels_of", "choices"),
    [
        (labels.DELIVERY, service.Delivery),
        (labels.COST, service.Cost),
        (labels.INTAKE, service.Intake),
        (labels.WAITING, service.WaitingTime),
        (labels.OPERATION, service.Operation),
        (labels.GENDER, service.Gender),
        (labels.INSURANCE, service.Insurance),
        (labels.WELCOME, service.Welcome),
        (labels.CHANNEL, Channel),
        (labels.PRECISION, AddressPrecision),
        (labels.COMMUNITY_LED, CommunityLed),
        (labels.NOTICE, NoticeKind),
        (labels.PLACES, CapacityLevel),
        (labels.MEDICINE, CapacityLevel),
        (labels.CHECK_METHOD, CheckMethod),
    ],
)
def test_both_sides_know_the_same_codes(labels_of, choices):
    assert list(labels_of) == choices.values
