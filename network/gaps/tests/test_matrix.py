"""How cells stand: unknown is never none, the law makes impossible, a word makes none; small numbers hide."""

import datetime as dt

import pytest
from django.db import connection

from core import clock
from core.errors import NotAllowed
from directory.tests.factories import publish
from directory.vocabulary import vocabulary
from network.countries.tests.makers import published as fact
from network.gaps import services as gaps
from network.gaps.cells import matrix
from network.gaps.counts import LEAST, CellNumbers
from network.gaps.figures import gaps_unknown_as_none, small_cells_shown
from network.gaps.matrix import GROUP, LANGUAGE
from network.gaps.models import AbsenceCheck, CellState, GapSnapshot
from network.gaps.models.absences import LookedQuerySet
from network.gaps.quarters import changes
from network.gaps.rounds import run
from organizations.models import MembershipRole
from usage import files
from usage.words import NOTHING, Used
from verification.models import Suggestion
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 9, tzinfo=dt.UTC)


@pytest.fixture
def at_noon():
    with clock.travel(NOW):
        yield


def cut(axis=GROUP):
    return matrix(vocabulary("members"), axis)


def state(kind, country, one="", axis=GROUP):
    return cut(axis).cell(kind, country, one).state


def listing(**fields):
    publish(**({"level": 2} | fields))


def say(country="GE", kind="naloxone", group=""):
    house = scenarios.organization()
    who = scenarios.person(house, MembershipRole.EDITOR)
    return gaps.say_absent(
        actor=who, organization=house, service_type=kind, country=country, group=group, how="Обзвонили центры"
    )


def test_each_state_has_its_ground_and_unknown_is_never_none(at_noon):
    assert {cut().cell(kind, country).state for kind in cut().kinds for country in cut().countries} == {"unknown"}
    listing(types=["art"], groups={"msm": "all"}, languages=["ru"])
    assert state("art", "GE") == CellState.THIN, "one alone"
    listing(types=["art"], languages=["ka"], level=1)
    assert state("art", "GE") == CellState.YES
    # The second one is for everybody, so it counts for a group beside the first; alone it is unchecked.
    assert (state("art", "GE", "msm"), state("art", "GE", "plhiv")) == (CellState.YES, CellState.THIN)
    assert state("art", "GE", "ka", LANGUAGE) == CellState.THIN
    assert state("art", "GE", "ru", LANGUAGE) == CellState.THIN
    assert state("art", "KZ") == CellState.UNKNOWN
    word = say(kind="naloxone")
    assert (state("naloxone", "GE"), state("naloxone", "GE", "msm")) == (CellState.NONE, CellState.NONE)
    say(kind="shelter", group="msm")
    assert (state("shelter", "GE"), state("shelter", "GE", "msm")) == (CellState.UNKNOWN, CellState.NONE)
    assert (gaps_unknown_as_none(), small_cells_shown()) == (0, 0)
    with clock.travel(dt.datetime.combine(word.valid_until, dt.time(9), tzinfo=dt.UTC)):
        assert state("naloxone", "GE") == CellState.UNKNOWN, "a word of a year ago is none"
    gaps.take_back(actor=word.person, word=word)
    assert state("naloxone", "GE") == CellState.UNKNOWN
    with pytest.MonkeyPatch.context() as patch:  # what would be wrong is seen: a word that nobody has said
        patch.setattr(LookedQuerySet, "standing", lambda rows, on=None: rows)
        assert gaps_unknown_as_none() > 0
    with pytest.raises(NotAllowed):
        gaps.say_absent(
            actor=scenarios.person(), organization=word.organization, service_type="naloxone", country="GE", how="так"
        )


def test_thin_is_what_is_late_full_limited_or_for_members(at_noon):
    day = clock.today()
    full = {"capacity_level": "full", "capacity_reported_on": day, "capacity_expires_on": day + dt.timedelta(days=5)}
    late = {"notice_on": day - dt.timedelta(days=9), "due_on": day, "checked_on": day - dt.timedelta(days=99)}
    for kind, fields in {"art": full, "pep": late, "shelter": {"operation": "paused"}, "drop_in": {"level": 1}}.items():
        listing(types=[kind], **fields)
        listing(types=[kind], **fields)
        assert state(kind, "GE") == CellState.THIN, kind
    with clock.travel(NOW + dt.timedelta(days=6)):
        assert state("art", "GE") == CellState.YES, "a word about places has lapsed by itself"
    publish(audiences=("members",), types=["prep"], level=2)
    publish(audiences=("members",), types=["prep"], level=2)
    assert state("prep", "GE") == CellState.THIN
    listing(types=["psychologist"], country="", area_codes=["GE", "KZ-75"], point=None, precision="none")
    assert (state("psychologist", "GE"), state("psychologist", "KZ")) == (CellState.THIN, CellState.THIN)


def test_a_fact_in_force_makes_impossible_and_a_stale_one_nothing(at_noon):
    fact(topic="ost", days=100)
    found = cut().cell("opioid_substitution", "GE", "msm")
    assert (found.state, found.fact) == (CellState.IMPOSSIBLE, "ost")
    # A way is as good as its weaker end.
    assert cut().way("opioid_substitution", "KZ", "GE").state == CellState.IMPOSSIBLE
    assert cut().way("naloxone", "KZ", "GE").state == CellState.UNKNOWN
    with clock.travel(NOW + dt.timedelta(days=101)):
        assert state("opioid_substitution", "GE") == CellState.UNKNOWN


def suggest(number, kind="harm_reduction"):
    for n in range(number):
        Suggestion.objects.create(
            code_hash=f"{kind}{n}", what="Центр", kind=kind, country="GE", reach="так", known_from="been",
            received_at=NOW - dt.timedelta(days=20), due_at=NOW,
        )  # fmt: skip


def test_small_numbers_hide_and_no_sum_gives_them_away(at_noon, settings, tmp_path):
    settings.USAGE_DIR = str(tmp_path)
    suggest(4)
    with clock.travel(NOW - dt.timedelta(days=10)):
        files.write(
            f"{clock.today()}.a.json", {Used(NOTHING, "GE", "service:naloxone"): 7, Used(NOTHING, "GE", "q"): 9}
        )
    told = {one.code: one for one in CellNumbers().of("naloxone", "GE", "harm_reduction")}
    assert (told["searches"].total, told["searches"].parts[0].count) == (7, 7)
    assert (told["suggestions"].total, told["suggestions"].parts[0].count) == (None, None)
    assert told["suggestions"].is_of_section
    assert small_cells_shown() == 0
    # What would be wrong is seen: the numbers are reckoned apart from what hides them.
    from network.gaps import counts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "LEAST", 1)
        assert LEAST == 5
        assert small_cells_shown() == 2
    assert not CellNumbers(NOW.date() + dt.timedelta(days=120)).every()


def test_a_part_that_hides_takes_the_sum_along(at_noon):
    from network.gaps.counts import Evidence, NumberPart, _told

    class Source:
        code, name = "x", "X"

        def words(self, what):
            return what

    told = _told(Source(), {"no_places": 12, "unsafe": 2, "no_stock": 3})
    assert told == Evidence(
        "x", "X", None, [NumberPart("no_places", 12), NumberPart("no_stock", None), NumberPart("unsafe", None)]
    )


def test_a_quarter_is_kept_once_as_it_was_and_compared(at_noon):
    say(kind="naloxone")
    assert run()["matrices kept"] == 1
    assert run()["matrices kept"] == 0
    kept = GapSnapshot.objects.get()
    assert (kept.quarter, kept.states["naloxone|GE|"]) == (dt.date(2026, 10, 1), "none")
    assert "unknown" not in kept.states.values()
    assert changes(kept, cut()) == []
    listing(types=["naloxone"])
    AbsenceCheck.objects.update(ended_at=NOW)
    (change,) = changes(kept, cut())
    assert (change.kind, change.country, change.before, change.now) == ("naloxone", "GE", "none", "thin")
    with pytest.raises(Exception, match="Cannot"), connection.cursor() as cursor:
        cursor.execute("UPDATE gaps_gapsnapshot SET states = '{}'")
