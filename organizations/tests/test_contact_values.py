"""How each kind of contact is written."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from core.pages.links import href
from organizations.contact_values import Doubt, normalise
from organizations.models import Channel


@pytest.mark.parametrize(
    ("channel", "given", "kept"),
    [
        ("phone", "+995 (32) 212-34-56", "+995 32 212 34 56"),
        ("phone", "8 (701) 234-56-78", "+7 701 234 5678"),
        ("phone", "112", "112"),
        ("email", "  Info@Example.ORG ", "Info@example.org"),
        ("telegram", "most_help", "@most_help"),
        ("telegram", "@most_help", "@most_help"),
        ("telegram", "https://t.me/most_help?utm=1", "@most_help"),
        ("telegram", "telegram.me/most_help/", "@most_help"),
        ("telegram", "t.me/+AbCdEfGh123", "https://t.me/+AbCdEfGh123"),
        ("telegram", "+7 701 234 56 78", "+7 701 234 5678"),
        ("whatsapp", "https://wa.me/77012345678", "+7 701 234 5678"),
        ("signal", "https://signal.me/#eu/AbCdEf", "https://signal.me/#eu/AbCdEf"),
        ("viber", "8 701 234 56 78", "+7 701 234 5678"),
        ("form", "example.org/form", "https://example.org/form"),
        ("email", "mailto:Help@Example.org", "Help@example.org"),
        ("telegram", "https://t.me/s/most_help", "@most_help"),
        ("telegram", "https://t.me/joinchat/AbCdEfGh123", "https://t.me/joinchat/AbCdEfGh123"),
        ("whatsapp", "https://api.whatsapp.com/send?phone=77012345678", "+7 701 234 5678"),
        ("whatsapp", "https://chat.whatsapp.com/AbCdEf", "https://chat.whatsapp.com/AbCdEf"),
        ("signal", "https://signal.me/#p/+77012345678", "https://signal.me/#p/+77012345678"),
        ("viber", "invite.viber.com/?g2=abc", "https://invite.viber.com/?g2=abc"),
        ("phone", "+7 495 123-45-67 доб. 12", "+7 495 123-45-67 ext. 12"),
        ("phone", "+7 (495) 123-45-67 (доб 12)", "+7 495 123-45-67 ext. 12"),
        ("phone", "8 495 123-45-67, вн. 12", "+7 495 123-45-67 ext. 12"),
        ("phone", "tel:+74951234567;ext=12", "+7 495 123-45-67 ext. 12"),
        ("phone", "+995\u00a032\u200b212 34 56", "+995 32 212 34 56"),
        ("phone", "\u202a+995 32 212 34 56\u202c", "+995 32 212 34 56"),
        ("telegram", "https://t.me/most_help/123", "https://t.me/most_help/123"),
        ("telegram", "t.me/most_help/7/123?single", "https://t.me/most_help/7/123"),
        ("telegram", "https://t.me/most_bot?start=ge", "https://t.me/most_bot?start=ge"),
        ("whatsapp", "wa.me/message/ABCDEF1", "https://wa.me/message/ABCDEF1"),
        ("whatsapp", "https://whatsapp.com/channel/0029Va", "https://whatsapp.com/channel/0029Va"),
        ("whatsapp", "https://api.whatsapp.com/send/?phone=77012345678&text=x", "+7 701 234 5678"),
        ("viber", "viber://chat?number=%2B77012345678", "+7 701 234 5678"),
        ("form", "Https://Example.org/Form?A=B", "https://example.org/Form?A=B"),
        ("form", "HTTP://example.org", "http://example.org"),
        ("email", "MAILTO:help@example.org?subject=x", "help@example.org"),
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
        ("whatsapp", "112"),
        ("whatsapp", "+7 701 234 56 78 доб. 5"),
        ("viber", "*1414"),
        ("signal", "most.42"),
        ("telegram", "https://t.me/c/1234567/8"),
        ("telegram", "https://t.me/addstickers/x"),
        ("phone", "+7 495 123-45-67, 1234568"),
        ("phone", "+8 701 234 56 78"),
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


@pytest.mark.parametrize(("country", "number"), [("GE", "2 12 34 56"), ("RU", "123-45-67"), ("KG", "31-22-33")])
def test_a_number_without_the_code_of_its_city_is_refused(country, number):
    """It would become an international number that rings nowhere."""
    with pytest.raises(ValidationError):
        normalise("phone", number, country=country)


@pytest.mark.parametrize("number", ["+8 495 123-45-67", "+8 (495) 1234567", "+ 8 495 123-45-67"])
def test_the_eight_of_a_long_distance_is_no_code_of_a_country(number):
    """«+8 495» would ring in Vietnam."""
    with pytest.raises(ValidationError) as caught:
        normalise("phone", number, country="RU", is_sure=True)
    assert "+84" in caught.value.messages[0]


def test_written_in_one_it_is_doubted_where_eight_is_dialled_for_long_distances():
    with pytest.raises(Doubt):
        normalise("phone", "+84951234567", country="RU")
    assert normalise("phone", "+84951234567", country="RU", is_sure=True) == "+84 951 234 567"
    assert normalise("phone", "+84951234567", country="VN") == "+84 951 234 567"


@pytest.mark.parametrize(
    ("country", "number", "kept"),
    [("BY", "1505", "1505"), ("GE", "*1414", "*1414"), ("KZ", "*100#", "*100#"), ("UZ", "1 0 5 5", "1055")],
)
def test_a_short_number_that_nobody_lists_is_doubted_and_kept_by_whoever_is_sure(country, number, kept):
    with pytest.raises(Doubt):
        normalise("phone", number, country=country)
    assert normalise("phone", number, country=country, is_sure=True) == kept
    assert href("phone", kept) == "tel:" + kept.replace("#", "%23")


_PIECES = st.sampled_from(
    [
        *(
            "+",
            "7",
            "495",
            "123",
            "45",
            "67",
            "8",
            "995",
            "32",
            "доб.",
            "ext. ",
            "*",
            "#",
            " ",
            "-",
            "(",
            ")",
            "@",
            ".",
        ),
        *("https://", "Https://", "t.me/", "wa.me/", "message/", "signal.me/#p/", "viber://chat?number=", "/", "most"),
        *("example.org", "?start=", "tel:", "mailto:", "12", "a", "\u00ad", "\u200b", "\u00a0"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    channel=st.sampled_from(Channel.values),
    value=st.one_of(st.lists(_PIECES, max_size=9).map("".join), st.text(max_size=40)),
    country=st.sampled_from(["", "RU", "GE", "KZ", "DE"]),
    is_sure=st.booleans(),
)
def test_nothing_is_kept_that_cannot_be_tapped(channel, value, country, is_sure):
    try:
        kept = normalise(channel, value, country=country, is_sure=is_sure)
    except ValidationError as error:
        assert error.messages[0]
        return
    assert href(channel, kept).partition(":")[0] in {"tel", "mailto", "https", "http", "viber"}
    assert normalise(channel, kept, country=country, is_sure=True) == kept
