"""The week as fields: what is stored comes back, what is typed is understood, one line fills several days."""

import random

import pytest

from core import languages
from services.hours import OpeningHours
from services.tests.random_hours import hours_of
from services.tests.test_hours import ROUND_TRIPS
from verification import editing
from workspace.listings.forms.hours import FillForm, HoursForm, bound
from workspace.tests.world import form_data


@pytest.mark.parametrize("hours", ROUND_TRIPS)
def test_stored_hours_survive_the_form(hours):
    stored = OpeningHours.from_json(hours).to_json()
    form = HoursForm(bound(stored), hours=stored)
    assert form.is_valid(), form.errors
    assert form.json() == stored


FULL_DAY = [("07:00", "09:00"), ("10:00", "12:00"), ("13:00", "15:00"), ("18:00", "24:00"), ("16:00", "17:00")]
EVERYTHING = [
    {"slots": [{"days": [2], "opens": a, "closes": b} for a, b in FULL_DAY]}
    | {"exceptions": [{"from": "2026-12-31", "slots": [list(pair) for pair in FULL_DAY], "note": "Праздник"}]},
    {"always": True, "holidays": "closed", "exceptions": [{"from": "2026-12-31"}]},
    {"by_appointment": True, "holidays": "open"},
    {"holidays": "closed"},
    {"slots": [{"days": [4], "opens": "18:00", "closes": "24:00"}, {"days": [5], "opens": "18:00", "closes": "00:00"}]},
    {"exceptions": [{"from": f"2027-{month:02}-{day:02}"} for month in range(1, 13) for day in range(1, 21)]},
    {"slots": [{"days": [0], "opens": "09:00", "closes": "18:00"}], "note": {"ru": "Звоните", "kk": "Қоңырау шалыңыз"}},
]


@pytest.mark.parametrize("hours", EVERYTHING)
def test_whatever_is_stored_is_shown_and_kept(hours):
    stored = OpeningHours.from_json(hours).to_json()
    shown = HoursForm(hours=stored)
    form = HoursForm(sent_by_a_browser(shown), hours=stored)
    assert form.is_valid(), form.errors
    assert form.json() == stored


def sent_by_a_browser(form):
    """Every field of the page with what it shows."""
    return {bound_field.html_name: value for bound_field in form if (value := bound_field.value()) or value == ""}


def test_random_hours_survive_the_form():
    some = random.Random(4)
    for _number in range(250):
        stored = hours_of(some)
        form = HoursForm(sent_by_a_browser(HoursForm(hours=stored)), hours=stored)
        assert form.is_valid(), form.errors
        assert form.json() == stored


def test_hours_that_mean_what_they_meant_are_stored_as_they_were():
    stored = {"slots": [{"days": [day], "opens": "09:00", "closes": "18:00"} for day in (0, 1)], "holidays": ""}
    form = HoursForm(bound(stored), hours=stored)
    assert form.is_valid() and form.json() is stored


def test_a_note_in_a_language_that_is_not_offered_stays():
    stored = {"always": True, "note": {"ru": "Звоните", "kk": "Қоңырау шалыңыз"}}
    form = HoursForm(bound(stored) | {"hours-note": "Стучите"}, hours=stored)
    assert form.is_valid() and form.json()["note"] == {"ru": "Стучите", "kk": "Қоңырау шалыңыз"}


def test_there_is_a_note_for_every_language_that_is_on(monkeypatch):
    on = [*languages.columns("note"), ("note_kk", "kk")]
    monkeypatch.setattr("workspace.listings.forms.hours.columns", lambda name: on)
    monkeypatch.setattr("workspace.listings.forms.hours.labelled", lambda label, code: f"{label}, {code}")
    stored = {"always": True, "note": {"ru": "Звоните", "kk": "Қоңырау шалыңыз"}}
    assert HoursForm(hours=stored)["note_kk"].value() == "Қоңырау шалыңыз"
    form = HoursForm(bound(stored), hours=stored)
    assert form.is_valid() and form.json() == stored


def test_holidays_count_for_every_kind_of_hours():
    for kind in ("always", "appointment", "schedule"):
        form = HoursForm({"hours-kind": kind, "hours-holidays": "closed"})
        assert form.is_valid() and form.json()["holidays"] == "closed"


def test_an_empty_week_means_not_known():
    form = HoursForm({"hours-kind": "schedule"})
    assert form.is_valid()
    assert form.json() == {}


def test_equal_days_become_one_period():
    data = {"hours-kind": "schedule"}
    for day in range(5):
        data |= {f"hours-d{day}-0-opens": "9", f"hours-d{day}-0-closes": "1830"}
    form = HoursForm(data)
    assert form.is_valid()
    assert form.json() == {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "18:30"}]}


@pytest.mark.parametrize(
    ("opens", "closes", "kept"),
    [
        ("9", "1830", ("09:00", "18:30")),
        ("9-00", "17,30", ("09:00", "17:30")),
        ("9.30", "24:00", ("09:30", "24:00")),
        ("9 ч", "24", ("09:00", "24:00")),
        ("9 am", "6:30 pm", ("09:00", "18:30")),
        ("00:00", "00:00", ("00:00", "24:00")),
        ("20:00", "4", ("20:00", "04:00")),
        ("18:00", "0", ("18:00", "00:00")),
    ],
)
def test_times_are_read_as_people_type_them(opens, closes, kept):
    form = HoursForm({"hours-kind": "schedule", "hours-d0-0-opens": opens, "hours-d0-0-closes": closes})
    assert form.is_valid(), form.errors
    assert form.json()["slots"] == [{"days": [0], "opens": kept[0], "closes": kept[1]}]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"d0-0-opens": "9"}, "d0-0-opens"),
        ({"d0-0-opens": "25", "d0-0-closes": "26"}, "d0-0-opens"),
        ({"d0-0-opens": "24:00", "d0-0-closes": "6"}, "d0-0-opens"),
        ({"d0-0-opens": "9-18", "d0-0-closes": "18"}, "d0-0-opens"),
        ({"d0-0-opens": "9", "d0-0-closes": "9"}, "d0-0-opens"),
        ({"d0-0-opens": "9", "d0-0-closes": "14", "d0-1-opens": "13", "d0-1-closes": "18"}, "d0-0-opens"),
        ({"specials": "1", "x0-from": "", "x0-note": "Ремонт", "d0-0-opens": "9", "d0-0-closes": "18"}, "x0-from"),
        ({"specials": "1", "x0-from": "2026-02-30"}, "x0-from"),
        ({"specials": "1", "x0-from": "2026-02-03", "x0-to": "2026-02-01"}, "x0-from"),
    ],
)
def test_a_fault_names_its_day(data, field):
    form = HoursForm({"hours-kind": "schedule"} | {f"hours-{name}": value for name, value in data.items()})
    assert not form.is_valid()
    assert field in form.errors


@pytest.mark.parametrize("count", ["-1", "99999999", "9" * 5000, "x"])
def test_a_strange_number_of_special_days_is_harmless(count):
    form = HoursForm({"hours-kind": "always", "hours-specials": count})
    assert form.is_valid()
    assert form.special_numbers == []


def test_one_line_fills_several_days_with_a_break():
    line = {
        "fill-days": ["0", "4"],
        "fill-opens": "9",
        "fill-closes": "18",
        "fill-break_from": "13",
        "fill-break_to": "14",
    }
    data = FillForm(line).fill({"hours-d1-0-opens": "11:00", "hours-d1-0-closes": "12:00"})
    form = HoursForm(data)
    assert form.is_valid()
    assert form.json()["slots"] == [
        {"days": [0, 4], "opens": "09:00", "closes": "13:00"},
        {"days": [0, 4], "opens": "14:00", "closes": "18:00"},
        {"days": [1], "opens": "11:00", "closes": "12:00"},
    ]


def test_filling_without_scripts_shows_the_week_and_saves_nothing(world):
    path = f"listings/{world.listing.public_id}/hours/"
    data = form_data(world.get(path)) | {"fill": "1", "fill-days": ["5"], "fill-opens": "10", "fill-closes": "15"}
    page = world.post(path, data)
    assert page.context["form"].hours_form["d5-0-opens"].value() == "10:00"
    world.listing.refresh_from_db()
    assert world.listing.version == 1


def test_the_same_hours_for_a_neighbour(world):
    neighbour = world.add_listing(title="Налоксон")
    path = f"listings/{world.listing.public_id}/hours/"
    data = form_data(world.get(path)) | {"hours-kind": "always", "also": [f"{neighbour.public_id}.1"]}
    assert f'value="{neighbour.public_id}.1"' in world.get(path).content.decode()
    assert world.post(path, data).status_code == 302
    for listing in (world.listing, neighbour):
        listing.refresh_from_db()
        assert listing.hours == {"always": True}


def test_hours_of_a_neighbour_that_a_colleague_changed_meanwhile_are_not_overwritten(world):
    neighbour = world.add_listing(title="Налоксон")
    path = f"listings/{world.listing.public_id}/hours/"
    data = form_data(world.get(path)) | {"hours-kind": "always", "also": [f"{neighbour.public_id}.1"]}
    theirs = {"slots": [{"days": [6], "opens": "11:00", "closes": "12:00"}]}
    editing.update_listing(actor=world.editor, listing=neighbour, expected_version=1, hours=theirs)

    page = world.post(path, data)
    assert page.status_code == 422
    text = page.content.decode()
    assert "Налоксон: часы тем временем изменили" in text and "11:00" in text
    assert (
        f'value="{neighbour.public_id}.2"' in text and "checked" not in text.split(f"{neighbour.public_id}.2")[1][:60]
    )
    neighbour.refresh_from_db()
    world.listing.refresh_from_db()
    assert neighbour.hours == theirs and world.listing.hours != {"always": True}

    assert world.post(path, data | {"also": [f"{neighbour.public_id}.2"]}).status_code == 302
    neighbour.refresh_from_db()
    assert neighbour.hours == {"always": True}


def test_another_change_of_a_neighbour_is_no_reason_to_ask_again(world):
    neighbour = world.add_listing(title="Налоксон")
    path = f"listings/{world.listing.public_id}/hours/"
    data = form_data(world.get(path)) | {"hours-kind": "always", "also": [f"{neighbour.public_id}.1"]}
    editing.update_listing(actor=world.editor, listing=neighbour, expected_version=1, note="Второй этаж")
    assert world.post(path, data).status_code == 302
    neighbour.refresh_from_db()
    assert neighbour.hours == {"always": True} and neighbour.note == "Второй этаж"


def test_a_fault_in_the_hours_keeps_everything_typed(world):
    path = f"listings/{world.listing.public_id}/hours/"
    page = world.post(path, form_data(world.get(path)) | {"hours-d0-0-opens": "99", "note": "Вход со двора"})
    assert page.status_code == 422
    text = page.content.decode()
    assert 'value="99"' in text and "Вход со двора" in text and 'href="#day-0"' in text
