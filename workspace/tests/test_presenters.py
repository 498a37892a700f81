"""Differences in words, hours in lines, contacts as links."""

import pytest

from core.pages.links import href
from facts.changes import rows_of, word_pieces
from facts.hours import hours_lines, strip
from services import services
from verification.snapshots import FieldChange


def joined(pieces, kinds):
    return "".join(text for kind, text in pieces if kind in kinds)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("всем", "всем, с 16 лет"),
        ("Капля крови, ответ через 15 минут.", "Капля крови, ответ через 20 минут."),
        ("", "новое"),
        ("старое", ""),
        ("совсем одно", "Another thing entirely"),
    ],
)
def test_marked_words_add_up_to_both_texts(old, new):
    before, after = word_pieces(old, new)
    assert joined(before, {"", "del"}) == old
    assert joined(after, {"", "ins"}) == new


def test_only_what_comes_is_marked():
    _before, after = word_pieces("всем", "всем, с 16 лет")
    assert after == [("", "всем"), ("ins", ", с 16 лет")]


def change(path, old, new, critical=True):
    part, _dot, field = path.partition(".")
    return FieldChange(path, part, field, old, new, critical)


def test_hours_are_compared_day_by_day():
    week = {"slots": [{"days": [0, 1], "opens": "09:00", "closes": "18:00"}]}
    longer = {"slots": [*week["slots"], {"days": [5], "opens": "11:00", "closes": "15:00"}]}
    rows = rows_of([change("listing.hours", week, longer)])
    assert [joined(line, {"ins"}) for row in rows for line in row.new] == ["11:00–15:00"]


def test_a_moved_point_says_how_far():
    (row,) = rows_of([change("location.point", [44.8, 41.7], [44.8, 41.701])])
    assert "111" in row.note


def test_important_rows_come_first():
    rows = rows_of([change("service.summary", {"ru": "а"}, {"ru": "б"}, False), change("service.cost", "free", "paid")])
    assert [row.path for row in rows] == ["service.cost", "service.summary"]


def test_english_has_a_row_of_its_own():
    rows = rows_of([change("service.title", {"ru": "Тест", "en": "Test"}, {"ru": "Тест", "en": "HIV test"})])
    assert [row.language for row in rows] == ["en"]


def test_markup_stays_text(world):
    world.publish()
    services.update_service(
        actor=None, service=world.service, expected_version=1, title="<script>alert(1)</script><img src=x>"
    )
    page = world.get(f"listings/{world.listing.public_id}/changes/").content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;" in page


def test_equal_days_share_a_line():
    hours = {"slots": [{"days": [0, 1, 2], "opens": "09:00", "closes": "18:00"}], "by_appointment": True}
    lines = hours_lines(hours)
    assert len(lines) == 3 and lines[0].endswith("09:00–18:00") and "–" in lines[0].split()[0]


def test_a_strip_ends_at_midnight():
    spans = [("22:00", "04:00"), ("09:00", "10:30"), ("9", "18:00"), ("", "")]
    assert strip(spans) == [{"x": 1320, "width": 120}, {"x": 540, "width": 90}]


@pytest.mark.parametrize(
    ("channel", "value", "link"),
    [
        ("phone", "+995 32 212 34 56", "tel:+995322123456"),
        ("email", "a@b.org", "mailto:a@b.org"),
        ("telegram", "@most", "https://t.me/most"),
        ("whatsapp", "+7 701 234 5678", "https://wa.me/77012345678"),
        ("signal", "most.42", ""),
        ("form", "http://example.org/", "http://example.org/"),
    ],
)
def test_links_of_contacts(channel, value, link):
    assert href(channel, value) == link
