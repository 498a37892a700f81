"""Lists stand in the order in which a reader looks for words."""

import random

import pytest
from django.apps import apps
from django.utils import translation

from core.spelling.collation import in_reading_order, reading_key

Organization = apps.get_model("organizations", "Organization")
ORDERED = [
    *("Дом", "Ёж", "Ежи", "Ёлочка", "Ель", "Жизнь", "Cafe", "Café", "Çiçek", "Şişli", "Zebra"),
    *("აფხაზეთი", "ბათუმი"),
]


def test_words_stand_by_their_alphabet_with_the_readers_own_script_first():
    mixed = random.Random(7).sample(ORDERED, len(ORDERED))
    with translation.override("ru"):
        assert sorted(mixed, key=reading_key) == ORDERED
    with translation.override("en"):
        assert sorted(mixed, key=reading_key)[:5] == ["Cafe", "Café", "Çiçek", "Şişli", "Zebra"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "names",
    [
        ["Дом", "Ёж", "Ежи", "Ёлочка", "Ель", "Жизнь"],
        ["Cafe", "Café", "Çiçek", "Ilgaz", "İstanbul", "İzmir", "Şişli", "Zebra"],
        ["აფხაზეთი", "ბათუმი", "თბილისი", "ქუთაისი", "ჰერეთი"],
    ],
    ids=["Cyrillic", "Turkish", "Georgian"],
)
def test_the_database_orders_as_a_reader_does(names, language):
    for name in random.Random(7).sample(names, len(names)):
        Organization.objects.create(name=name, slug=f"slug-{names.index(name)}", registration_country="GE")
    with translation.override(language):
        found = Organization.objects.order_by(in_reading_order("name"), "pk").values_list("name", flat=True)
        assert list(found) == names
