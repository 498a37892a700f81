"""A difference as rows: which rows there are for each kind of field, and which words come and go."""

from __future__ import annotations

import pytest

from directory.crossing.content import PARTS, SILENT, Content
from facts.changes import names_of, rows_of, rows_of_new, signature, word_pieces
from facts.discretion import HIDDEN
from facts.tests.makers import WEEKDAYS, change, contact, content
from verification.snapshots import difference

pytestmark = pytest.mark.django_db  # names of languages come from the vocabulary


def said(row, kinds):
    """(old, new) of a row as texts, only pieces of these kinds."""
    sides = (row.old, row.new)
    return tuple([["".join(text for kind, text in line if kind in kinds) for line in side] for side in sides])


def marked(row):
    """What goes and what comes, without what stays."""
    gone = [text for line in row.old for kind, text in line if kind == "del"]
    come = [text for line in row.new for kind, text in line if kind == "ins"]
    return gone, come


@pytest.mark.parametrize(
    ("path", "old", "new", "label", "gone", "come"),
    [
        ("service.cost", "free", "paid", "Cost", ["Free"], ["Paid"]),
        ("service.gender", "any", "women", "Gender", ["Everybody"], ["Women"]),
        ("service.age_from", None, 16, "Age from", [], ["16"]),
        ("service.anonymous", True, False, "Anonymous", ["yes"], ["no"]),
        ("service.intake", ["walk_in"], ["walk_in", "call"], "How to get in", [], ["Call first"]),
        ("service.delivery", ["phone", "online"], ["online"], "How it is given", ["By phone"], []),
        ("service.visibility", "public", "members", "Who sees this service", ["Everybody"], ["Members of the network"]),
        ("location.country", "GE", "AM", "Country", ["Georgia"], ["Armenia"]),
        ("location.lift", None, True, "Lift", [], ["yes"]),
        ("location.postal_code", "0105", "", "Postal code", ["0105"], []),
        ("location.public_precision", "exact", "none", "What everybody sees", ["Exact address"], ["Not shown"]),
        ("location.point", None, [44.8, 41.7], "Point on the map", [], ["41.70000, 44.80000"]),
        ("listing.remote_country", "", "PL", "Country of a remote service", [], ["Poland"]),
        ("organization.countries", ["GE"], ["GE", "AM"], "Organisation: countries of work", [], ["Armenia"]),
        (
            "organization.links",
            [],
            [{"label": "Channel", "url": "https://t.me/x"}],
            "Organisation: other pages",
            [],
            ["Channel https://t.me/x"],
        ),
        (
            "organization.community_led",
            ["plhiv"],
            ["plhiv", "msm"],
            "Organisation: led by the community",
            [],
            ["Men who have sex with men"],
        ),
    ],
)
def test_a_field_says_in_words_what_goes_and_what_comes(path, old, new, label, gone, come):
    (row,) = rows_of([change(path, old, new)])
    assert (row.path, row.label) == (path, label)
    assert marked(row) == (gone, come)


RUSTAVI = {"kind": "city", "code": "612287"}
STATION = {"id": "st2t34n567", "name": {"en": "at the station"}, "lon": 44.8, "lat": 41.7, "hours": {"always": True}}


def test_every_field_of_a_listing_has_a_row_with_a_name_of_its_own():
    """A new field of the content must be named and shown to the verifier who answers for it."""
    implied = {"location.place_code", "location.district_point", "location.settlement_point"}  # by the city, the point
    new: Content = content(
        listing={"note": {"en": "second floor"}, "remote_country": "PL", "area": [RUSTAVI], "stops": [STATION]},
        service={
            **{name: {"en": name} for name in ("summary", "text", "confidentiality_note")},
            "statuses": ["undocumented"],
            "age_from": 16,
            "age_to": 99,
            "interpreter_languages": ["ka"],
            "attributes": ["dogs-yes"],
            "risk_visibility": "circle",
        },
        location={"country_precision": "district", "circle_precision": "exact"},
        organization={"short_name": {"en": "B"}, "community_led": ["msm"]},
    )
    shown = {row.path: row for row in rows_of(difference(None, new))}
    every = {f"{part}.{name}" for part, fields in PARTS.items() for name in fields.__annotations__}
    assert every - shown.keys() - SILENT == implied
    assert [path for path, row in shown.items() if row.label == path] == []
    assert [path for path, row in shown.items() if not any(row.new)] == []


def test_important_rows_come_first_and_each_half_in_reading_order():
    changes = [
        change("listing.note", {}, {"en": "x"}, critical=False),
        change("location.address", {"en": "a"}, {"en": "b"}),
        change("service.summary", {}, {"en": "y"}, critical=False),
        change("contacts.c1", None, contact()),
        change("service.title", {"en": "a"}, {"en": "b"}),
    ]
    paths = ["service.title", "location.address", "contacts.c1", "service.summary", "listing.note"]
    assert [row.path for row in rows_of(changes)] == paths


@pytest.mark.first_network("Russian is its source")
def test_each_language_of_a_text_is_a_row_and_one_field():
    changed = change("service.title", {"ru": "Тест", "en": "Test"}, {"ru": "Тест на ВИЧ", "en": "HIV test"})
    rows = rows_of([changed])
    assert [(row.language, row.label) for row in rows] == [("ru", "Title"), ("en", "Title, English")]
    assert [row.is_first for row in rows] == [True, False]
    untouched = change("service.title", {"ru": "Тест", "en": "Test"}, {"ru": "Тест", "en": "HIV test"})
    assert [row.language for row in rows_of([untouched])] == ["en"]


def test_a_text_that_is_taken_away_goes_in_that_language_only():
    (row,) = rows_of([change("service.summary", {"ru": "Быстро", "en": "Quick"}, {"ru": "Быстро"})])
    assert (row.language, marked(row)) == ("en", (["Quick"], []))
    assert row.new == []


def test_only_changed_days_have_rows():
    longer = {"slots": [*WEEKDAYS["slots"], {"days": [5], "opens": "11:00", "closes": "15:00"}]}
    (row,) = rows_of([change("listing.hours", WEEKDAYS, longer)])
    assert row.label == "Hours, Sat"
    assert marked(row) == (["closed"], ["11:00–15:00"])


def test_notes_and_holidays_are_told_apart_from_the_days():
    new = WEEKDAYS | {"holidays": "closed", "note": {"en": "Ring twice"}}
    (row,) = rows_of([change("listing.hours", WEEKDAYS, new)])
    assert row.label == "Hours: special days and notes"
    assert marked(row) == ([], ["Closed on public holidays. Ring twice"])


def test_hours_that_were_not_known_are_shown_whole():
    (row,) = rows_of([change("listing.hours", {}, WEEKDAYS)])
    assert (row.label, row.critical) == ("Hours", True)
    assert marked(row) == ([], ["Mon–Fri 09:00–18:00", "Sat–Sun closed"])


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        (None, contact(), "New contact"),
        (contact(), None, "Contact removed"),
        (contact(), contact(value="+995 32 277 77 77"), "Contact"),
    ],
)
def test_a_contact_is_new_or_gone_or_another(old, new, label):
    (row,) = rows_of([change("contacts.c1", old, new)])
    assert row.label == label
    assert [value for _url, value in row.links] == ([new["value"]] if new else [])


def test_only_the_new_number_can_be_called():
    (row,) = rows_of([change("contacts.c1", contact(value="+995 32 211 11 11"), contact(value="+995 32 222 22 22"))])
    assert row.links == [("tel:+995322222222", "+995 32 222 22 22")]
    (signal,) = rows_of([change("contacts.c1", None, contact(channel="signal", value="most.42"))])
    assert signal.links == []


@pytest.mark.parametrize(
    ("new", "note"),
    [([44.8, 41.701], "moved by 111 m"), ([44.8, 42.7], "moved by 111 km"), ([44.8, 41.7089], "moved by 990 m")],
)
def test_a_moved_point_says_how_far(new, note):
    (row,) = rows_of([change("location.point", [44.8, 41.7], new)])
    assert row.note == note


def test_a_first_point_has_not_moved():
    (row,) = rows_of([change("location.point", None, [44.8, 41.7])])
    assert row.note == ""


def test_a_hidden_value_says_that_it_changed_and_nothing_else():
    (row,) = rows_of([change("location.address", HIDDEN, HIDDEN)])
    assert said(row, {"", "del", "ins"}) == (["not shown to other organisations"], ["not shown to other organisations"])
    (half,) = rows_of([change("location.address", {"en": "3 Mill Street"}, HIDDEN)])
    assert said(half, {"", "del", "ins"}) == (["3 Mill Street"], ["not shown to other organisations"])


def test_the_code_of_the_city_has_no_row_of_its_own():
    assert rows_of([change("location.place_code", "1", "2")]) == []
    assert names_of(["location.place_code", "location.city"]) == ["City or village"]


def test_contacts_count_as_one_name_between_the_place_and_the_organisation():
    paths = ["organization.name", "contacts.b", "contacts.a", "listing.hours"]
    assert names_of(paths) == ["Hours", "Contacts", "Organisation: name"]


@pytest.mark.first_network("its listings are of kinds of the first vocabulary")
def test_a_new_listing_says_what_was_filled_in_and_no_defaults():
    rows = rows_of_new(
        [
            change("service.cost", None, "unknown"),
            change("service.gender", None, "any"),
            change("organization.member_status", None, "member"),
            change("service.title", None, {"ru": "Тест", "en": "Test"}),
            change("location.timezone", None, "Asia/Tbilisi"),
            change("service.age_from", None, 18),
        ]
    )
    assert [row.path for row in rows] == ["service.title", "service.age_from"]
    assert marked(rows[0]) == ([], ["Тест", "Test"])  # both languages share the row


def test_the_same_change_elsewhere_has_the_same_signature():
    one, same = change("service.cost", "free", "paid"), change("service.cost", "free", "paid", critical=False)
    assert signature([one]) == signature([same])
    assert signature([one]) != signature([change("service.cost", "paid", "free")])
    assert signature([one]) < signature([one, change("service.gender", "any", "men")])


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("from 16 on", "from 18 on", ["16"], ["18"]),
        ("everybody", "everybody, from 16 on", [], [", from 16 on"]),
        ("", "new words", [], ["new words"]),
        ("old words", "", ["old words"], []),
        ("quite one thing", "Другое совсем", ["quite one thing"], ["Другое совсем"]),
        ("a b c d e", "a x y d e", ["b c"], ["x y"]),
    ],
)
def test_words_that_go_and_come_are_marked_and_neighbours_share_a_mark(old, new, gone, come):
    before, after = word_pieces(old, new)
    assert [text for kind, text in before if kind == "del"] == gone
    assert [text for kind, text in after if kind == "ins"] == come
    assert "".join(text for _kind, text in before) == old
    assert "".join(text for _kind, text in after) == new
