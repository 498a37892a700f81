"""Opening hours: what is accepted, and how it is kept."""

import pytest

from services.hours import HoursError, OpeningHours


def week(days, opens, closes):
    return {"days": days, "opens": opens, "closes": closes}


ROUND_TRIPS = [
    {},
    {"always": True},
    {"by_appointment": True},
    {"slots": [week([0, 1, 2, 3, 4], "09:00", "18:00")]},
    {"slots": [week([0], "09:00", "13:00"), week([0], "14:00", "18:00")]},
    {"slots": [week([4, 5], "20:00", "04:00")], "holidays": "closed"},
    {"slots": [week([6], "00:00", "24:00")], "note": {"ru": "Звоните", "en": "Ring"}},
    {"slots": [week([2], "10:00", "12:00")], "by_appointment": True},
    {
        "slots": [week([0], "10:00", "12:00")],
        "exceptions": [
            {"from": "2026-12-31", "to": "2027-01-08", "slots": [], "note": ""},
            {"from": "2027-03-08", "to": "2027-03-08", "slots": [["10:00", "14:00"]], "note": "Праздник"},
        ],
    },
]


@pytest.mark.parametrize("data", ROUND_TRIPS)
def test_what_is_kept_reads_back_as_the_same(data):
    once = OpeningHours.from_json(data).to_json()
    assert OpeningHours.from_json(once).to_json() == once
    assert OpeningHours.from_json(once) == OpeningHours.from_json(data)


@pytest.mark.parametrize(
    "data",
    [
        "24/7",
        {"open": True},
        {"slots": "09:00-18:00"},
        {"slots": [week([], "09:00", "18:00")]},
        {"slots": [week([7], "09:00", "18:00")]},
        {"slots": [week([-1], "09:00", "18:00")]},
        {"slots": [week(["x"], "09:00", "18:00")]},
        {"slots": [week([0], "9:00", "18:00")]},
        {"slots": [week([0], "09:60", "18:00")]},
        {"slots": [week([0], "24:00", "18:00")]},
        {"slots": [week([0], "09:00", "09:00")]},
        {"slots": [week([0], "09:00", None)]},
        {"slots": [week([0], "09:00", "14:00"), week([0], "13:00", "18:00")]},
        {"slots": [week([6], "22:00", "06:00"), week([0], "05:00", "09:00")]},
        {"slots": [week([0], "22:00", "06:00"), week([1], "05:00", "09:00")]},
        {"always": True, "slots": [week([0], "09:00", "14:00")]},
        {"always": True, "by_appointment": True},
        {"holidays": "sometimes"},
        {"exceptions": [{"from": "2026-02-30"}]},
        {"exceptions": [{"from": "2026-02-02", "to": "2026-02-01"}]},
        {"exceptions": [{"from": "2026-02-02", "slots": [["10:00", "09:60"]]}]},
        {"exceptions": [{"from": "2026-02-02", "slots": [["10:00", "10:00"]]}]},
        {"exceptions": [{"from": "2026-02-02", "slots": [["10:00", "14:00"], ["13:00", "15:00"]]}]},
        {"exceptions": [{"from": "2026-02-02", "slots": [["20:00", "04:00"], ["22:00", "23:00"]]}]},
        {"exceptions": [{"from": "2026-02-02", "to": "2026-02-03", "slots": [["03:00", "09:00"], ["20:00", "04:00"]]}]},
        {"exceptions": [{"from": "2026-02-02", "note": {"ru": "Ремонт"}}]},
        {"exceptions": [{"from": "2026-02-01", "to": "2026-02-05"}, {"from": "2026-02-05", "to": "2026-02-06"}]},
        {"exceptions": "2026-02-02"},
        {"note": "text"},
    ],
)
def test_nonsense_is_refused_in_words(data):
    with pytest.raises(HoursError) as caught:
        OpeningHours.from_json(data)
    assert str(caught.value.message)


def test_past_midnight_touches_the_next_morning_without_overlap():
    data = {"slots": [week([0], "22:00", "06:00"), week([1], "06:00", "09:00")]}
    assert OpeningHours.from_json(data).to_json()["slots"]
