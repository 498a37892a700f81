"""How each kind of contact is written."""

import pytest
from django.core.exceptions import ValidationError

from organizations.contact_values import normalise


@pytest.mark.parametrize(
    ("channel", "given", "kept"),
    [
        ("phone", "+995 (32) 212-34-56", "+995 32 212 34 56"),
        ("phone", "8 (701) 234-56-78", "+7 701 234 5678"),
        ("phone", "112", "112"),
        ("email", "  Info@Example.ORG ", "Info@example.org"),
        ("telegram", "most_help", "@most_help"),
        ("telegram", "@most_help", "@most_help"),
        ("telegram", "https://t.me/most_help?start=1", "@most_help"),
        ("telegram", "telegram.me/most_help/", "@most_help"),
        ("telegram", "t.me/+AbCdEfGh123", "https://t.me/+AbCdEfGh123"),
        ("telegram", "+7 701 234 56 78", "+7 701 234 5678"),
        ("whatsapp", "https://wa.me/77012345678", "+7 701 234 5678"),
        ("signal", "most.42", "most.42"),
        ("viber", "8 701 234 56 78", "+7 701 234 5678"),
        ("form", "example.org/form", "https://example.org/form"),
    ],
)
def test_one_way_to_write_it(channel, given, kept):
    assert normalise(channel, given, country="KZ") == kept


@pytest.mark.parametrize(("channel", "given"), [("phone", "+995 32 212 34 56"), ("telegram", "@most_help")])
def test_what_is_kept_stays_as_it_is(channel, given):
    assert normalise(channel, normalise(channel, given)) == given


@pytest.mark.parametrize(
    ("channel", "given"),
    [
        ("phone", "позвоните"),
        ("phone", "+995 1"),
        ("phone", "+995 32 212 34 56 78 90 12"),
        ("phone", "+999 32 212 34 56"),
        ("phone", ""),
        ("email", "a@b"),
        ("email", "два@слова @c.org"),
        ("telegram", "a b"),
        ("telegram", "https://evil.example/most"),
        ("whatsapp", "https://evil.example/chat"),
        ("viber", "javascript:alert(1)"),
        ("form", "ftp://example.org"),
        ("form", "https://[::1]/"),
    ],
)
def test_what_cannot_be_a_contact_is_refused_in_words(channel, given):
    with pytest.raises(ValidationError) as caught:
        normalise(channel, given, country="KZ")
    assert caught.value.messages[0]


def test_without_a_country_a_phone_needs_its_code():
    with pytest.raises(ValidationError):
        normalise("phone", "701 234 56 78")
