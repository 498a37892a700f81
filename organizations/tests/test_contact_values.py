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
        ("email", "mailto:Help@Example.org", "Help@example.org"),
        ("telegram", "https://t.me/s/most_help", "@most_help"),
        ("telegram", "https://t.me/joinchat/AbCdEfGh123", "https://t.me/joinchat/AbCdEfGh123"),
        ("whatsapp", "https://api.whatsapp.com/send?phone=77012345678", "+7 701 234 5678"),
        ("whatsapp", "https://chat.whatsapp.com/AbCdEf", "https://chat.whatsapp.com/AbCdEf"),
        ("signal", "https://signal.me/#p/+77012345678", "https://signal.me/#p/+77012345678"),
        ("viber", "invite.viber.com/?g2=abc", "https://invite.viber.com/?g2=abc"),
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
        ("form", "https://10.0.0.1/"),
        ("form", "https://user:word@example.org/"),
        ("form", "http://localhost/"),
        ("form", ""),
        ("telegram", "ab"),
        ("telegram", "https://t.me/+short"),
        ("email", "javascript:alert(1)"),
        ("signal", "https://wa.me.evil.example/1"),
        ("viber", "https://signal.me/#p/1"),
        ("whatsapp", "https://chat.whatsapp.com.evil.example/AbCdEf"),
    ],
)
def test_what_cannot_be_a_contact_is_refused_in_words(channel, given):
    with pytest.raises(ValidationError) as caught:
        normalise(channel, given, country="KZ")
    assert caught.value.messages[0]


def test_without_a_country_a_phone_needs_its_code():
    with pytest.raises(ValidationError):
        normalise("phone", "701 234 56 78")


@pytest.mark.parametrize(
    ("country", "number", "kept"),
    [
        ("KZ", "8 701 234 56 78", "+7 701 234 5678"),
        ("RU", "8 (495) 123-45-67", "+7 495 123-45-67"),
        ("GE", "032 2 12 34 56", "+995 32 212 34 56"),
        ("PL", "22 123 45 67", "+48 22 123 45 67"),
        ("DE", "030 123456", "+49 30 123456"),
        ("DE", "112", "112"),
    ],
)
def test_a_local_number_is_read_in_its_own_country(country, number, kept):
    assert normalise("phone", number, country=country) == kept


def test_the_code_of_a_country_counts_more_than_the_place():
    assert normalise("phone", "+995 32 212 34 56", country="KZ") == "+995 32 212 34 56"


@pytest.mark.parametrize("number", ["112", "103"])
def test_a_short_number_belongs_to_a_country(number):
    assert normalise("phone", number, country="KZ") == number
    with pytest.raises(ValidationError):
        normalise("phone", number)
