"""What monitoring says of small networks whose answers are known by counting on one's fingers."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification import services as verification
from verification.coordination import monitoring
from verification.coordination.coverage import coverage
from verification.coordination.listings import COUNTED, Which, counted, listings_known, standing
from verification.coordination.waits import WAITS, Ended, days_of, ended
from verification.models import Check, ListingState, MonthlyFigure, MonthlyPart
from verification.services.weighing import weigh_all
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
TEST, GROUP, OTHER = "hiv_rapid_test", "hiv_prevention", "legal"
GONE, LATE = dt.timedelta(days=225), dt.timedelta(days=190)


def at(country: str, *, of: Organization | None = None, city: str = "", ago: dt.timedelta | None = None, **fields):
    """A listing in the country, confirmed so long ago by its own organisation (level 1), or checked by `method`."""
    of = of or scenarios.organization(registration_country=country, countries=[country])
    more = {"city": city} if city else {}
    place = scenarios.place(of, country=country, **more)
    return scenarios.published(place, on=clock.today() - ago if ago else None, **fields)


def cells(country: str = "", group: str = "") -> dict[tuple[str, str], str]:
    _places, table = coverage(listings_known(), country, group)
    return {(cell.kind, cell.place): str(cell.coverage) for row in table.values() for cell in row}


def test_a_country_is_covered_unchecked_without_or_unknown_and_nothing_else():
    at("GE", method="call")
    at("AM")
    scenarios.organization(registration_country="KZ", countries=["KZ"])  # somebody is there, and says nothing
    at("MD", ago=GONE, method="call")  # somebody has spoken, and nobody's word is fresh
    assert {place: cells()[GROUP, place] for place in ("GE", "AM", "KZ", "MD")} == {
        "GE": "checked", "AM": "unchecked", "KZ": "unknown", "MD": "unknown",
    }  # fmt: skip
    assert {place: cells()[OTHER, place] for place in ("GE", "AM", "KZ", "MD")} == {
        "GE": "none", "AM": "none", "KZ": "unknown", "MD": "unknown",
    }  # fmt: skip


def test_what_is_past_its_date_is_unchecked_whoever_checked_it():
    at("GE", ago=LATE, method="call")
    assert cells()[GROUP, "GE"] == "unchecked"
    assert cells()[OTHER, "GE"] == "unknown"


def test_one_country_is_told_by_its_cities_and_one_group_by_its_kinds():
    of = scenarios.organization()
    at("GE", of=of, city="Тбилиси", method="call")
    at("GE", of=of, city="Батуми", types=["stay_permits"])
    found = cells("GE", GROUP)
    assert (found[TEST, "Тбилиси"], found[TEST, "Батуми"]) == ("checked", "none")
    assert {kind for kind, _place in found} >= {TEST} and GROUP not in {kind for kind, _place in found}


def test_every_figure_is_the_number_of_its_rows():
    of = scenarios.organization()
    fresh = at("GE", of=of, method="visit")
    own, late, gone = at("GE"), at("GE", ago=LATE, method="call"), at("AM", ago=GONE)
    known = listings_known()
    rows = {name: {row.pk for row in counted(known, name, Which())} for name in COUNTED}
    assert rows["listings"] == {row.pk for row in (fresh, own, late, gone)}
    assert rows["fresh"] == {fresh.pk, own.pk} and rows["late"] == {late.pk, gone.pk}
    assert (
        rows["level1"] == {own.pk, gone.pk} and rows["level2"] == {fresh.pk, late.pk} and rows["level3"] == {fresh.pk}
    )
    assert rows["checked"] == {fresh.pk} and rows["unchecked"] == {own.pk, late.pk} and rows["gone"] == {gone.pk}
    assert counted(known, "listings", Which(organization=of.pk, kind=TEST, country="GE", city="Тбилиси")) == [
        row for row in known if row.pk == fresh.pk
    ]


def test_silence_counts_in_the_month_in_which_it_took_something():
    row = at("GE", ago=GONE)
    state = ListingState.objects.get(pk=row.pk)
    days = {state.hides_on: 1, state.hides_on - dt.timedelta(days=1): 0}
    for day, lost in days.items():
        with clock.travel(dt.datetime.combine(day, dt.time(12), dt.UTC)):
            assert monitoring.figures_now(day.replace(day=1))[0].lost == lost
    with clock.travel(
        dt.datetime.combine((state.hides_on + dt.timedelta(days=32)).replace(day=1), dt.time(12), dt.UTC)
    ):
        assert monitoring.figures_now(clock.today().replace(day=1))[0].lost == 0
        assert [known.pk for known in listings_known() if known.is_gone] == [row.pk]


def test_half_and_nine_of_ten_are_days_that_somebody_waited():
    waits = [Ended(number, "GE", float(days)) for number, days in enumerate([1, 2, 3, 4, 5, 6, 7, 8, 9, 40])]
    assert (days_of(waits).median, days_of(waits).p90) == (5.5, 9.0)
    assert days_of([*waits, Ended(99, "GE", None)]).count == 11
    assert days_of([]).median is None and days_of(waits[:1]).p90 == 1.0


def test_waits_end_in_their_month_and_are_counted_from_their_beginning():
    row = at("GE", ago=LATE)
    with clock.travel(dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)):
        fixed, _code = verification.receive_report(listing=row, kind="phone")
        wrong, _code = verification.receive_report(listing=row, kind="hours")
        asked, _code = verification.receive_suggestion(
            what="Горячая еда", country="GE", city="Рустави", reach="+995 32 200 00 01", known_from="been"
        )
    with clock.travel(dt.datetime(2026, 10, 5, 8, tzinfo=dt.UTC)):
        verifier = scenarios.verifier()
        verification.close_report(report=fixed, actor=verifier, state="fixed", answer="Исправили")
        verification.close_report(report=wrong, actor=verifier, state="unfounded", answer="Верно")
        coordinator = scenarios.coordinator()
        verification.close_suggestion(suggestion=asked, actor=coordinator, state="declined", answer="Платно")
    october, november = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
    assert [(one.pk, one.country, one.days) for one in ended(WAITS["repaired"], october)] == [(fixed.pk, "GE", 4.0)]
    assert [(one.pk, one.days) for one in ended(WAITS["answered"], october)] == [(asked.pk, 4.0)]
    assert not ended(WAITS["repaired"], november)
    figures = next(one for one in monitoring.figures_now(october) if one.country == "GE")
    assert (figures.repaired, figures.median_days_to_repair, figures.p90_days_to_repair) == (1, 4.0, 4.0)


def test_a_decision_is_counted_from_the_day_of_sending():
    with clock.travel(dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)):
        row = scenarios.listing(scenarios.place(scenarios.organization()))
        review = verification.submit(listing=row, actor=None, checked=True)
    with clock.travel(dt.datetime(2026, 10, 3, 20, tzinfo=dt.UTC)):
        verification.approve(review=review, actor=scenarios.verifier())
    assert [one.days for one in ended(WAITS["decided"], dt.date(2026, 10, 1))] == [2.5]


def test_a_coordinators_waits_are_those_that_they_may_open():
    coordinator = scenarios.coordinator()
    mine = coordinator.memberships.get().organization
    for row in (at("GE", of=mine), at("GE"), at("AM")):
        verification.confirm_unchanged(listing=row, actor=None)
    month = clock.today().replace(day=1)
    assert len(ended(WAITS["confirmed"], month)) == 6
    assert len(ended(WAITS["confirmed"], month, WAITS["confirmed"].seen_by(coordinator))) == 4
    coordinator.countries = ["AM"]
    assert len(ended(WAITS["confirmed"], month, WAITS["confirmed"].seen_by(coordinator))) == 2


def test_what_only_its_organisation_may_know_is_counted_nowhere():
    row = at("GE")
    verification.confirm_unchanged(listing=row, actor=None)
    ServiceAtLocation.objects.get(pk=row.pk).service.__class__.objects.filter(pk=row.service_id).update(
        visibility="organization"
    )
    assert listings_known() == [] and cells()[GROUP, "GE"] == "unknown"
    assert Check.objects.exists() and not ended(WAITS["confirmed"], clock.today().replace(day=1))


def test_what_a_listing_says_is_weighed_when_it_is_published_and_every_night():
    full = at(
        "GE",
        title_en="HIV test",
        summary_en="Come without booking, the answer takes twenty minutes",
        intake=["walk_in"],
    )
    little = at("GE", languages=["ru"], documents=[], intake=[])
    said = {pk: ListingState.objects.get(pk=pk).completeness for pk in (full.pk, little.pk)}
    assert said[little.pk] < said[full.pk] <= 100
    assert weigh_all() == 0
    ListingState.objects.filter(pk=little.pk).update(completeness=None)
    assert weigh_all() == 1 and ListingState.objects.get(pk=little.pk).completeness == said[little.pk]
    assert standing(listings_known()).said == round((said[full.pk] + said[little.pk]) / 2, 1)


def test_months_that_have_passed_stay_as_they_were():
    with clock.travel(dt.datetime(2026, 10, 30, 12, tzinfo=dt.UTC)):
        row = at("GE", method="call")
        monitoring.record_month()
    october = dt.date(2026, 10, 1)
    kept = [list(model.objects.filter(month=october).order_by("pk").values()) for model in (MonthlyFigure, MonthlyPart)]
    assert all(kept) and {part["coverage"] for part in kept[1]} >= {"checked", "none"}
    with clock.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)):
        at("GE")
        verification.hide(listing=row, actor=None, reason="Переезд")
        monitoring.record_month()
        monitoring.record_month(october)
    after = [
        list(model.objects.filter(month=october).order_by("pk").values()) for model in (MonthlyFigure, MonthlyPart)
    ]
    assert after == kept
    assert (
        MonthlyPart.objects.filter(month=dt.date(2026, 11, 1), organization=None, country="", kind=GROUP).get().level2
        == 0
    )


def test_a_month_is_written_again_until_it_is_over():
    at("GE")
    monitoring.record_month()
    at("GE")
    monitoring.record_month()
    assert MonthlyPart.objects.get(kind=GROUP, country="", organization=None).listings == 2
