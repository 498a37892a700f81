import pytest
from django.core.management import call_command

from directory.tests.factories import WARSAW, publish
from verification.publication import publish_vocabulary

PHONE = [{"channel": "phone", "value": "+995322000000", "label": "", "audience": "clients"}]
ALWAYS = {"slots": [{"days": [0, 1, 2, 3, 4, 5, 6], "opens": "00:00", "closes": "24:00"}]}


@pytest.fixture
def listings(db):
    """A test and a case manager in Tbilisi, a test in Warsaw."""
    call_command("load_vocabulary", verbosity=0)
    publish_vocabulary()
    told = {"contacts": PHONE, "hours": ALWAYS}
    return [
        publish(texts={"title": "Тест на ВИЧ", "address": "ул. Руставели, 1"}, **told),
        publish(types=["case_management"], texts={"title": "Кейс-менеджмент", "address": "ул. Абашидзе, 2"}, **told),
        publish(point=WARSAW, country="PL", city_code="", texts={"title": "Тест в Варшаве", "city": "Варшава"}, **told),
    ]
