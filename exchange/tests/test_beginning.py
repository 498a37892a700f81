"""A network begins with the clocks and countries of its file, and keeps what administrators made of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from exchange.beginning import BeginningError, begin
from organizations.tests.makers import make_organization
from tools.local.network_file import FIRST, read
from verification.models import Clock, HighRiskCountry

SECOND = read(FIRST.with_name("lantern.toml"))
pytestmark = pytest.mark.django_db


def test_the_rows_are_as_the_file_says():
    assert begin(SECOND) is True
    clock = Clock.objects.get(pk="A")
    assert (clock.recheck_months, clock.notice_days, clock.hide_days) == (2, [21, 7], 14)
    assert set(HighRiskCountry.objects.values_list("code", flat=True)) == {"TR"}
    assert begin(SECOND) is True, "again, with the same outcome"


def test_the_first_network_begins_as_its_migrations_left_it():
    before = list(Clock.objects.order_by("pk").values()), set(HighRiskCountry.objects.values_list("code", flat=True))
    assert begin(read(FIRST)) is True
    after = list(Clock.objects.order_by("pk").values()), set(HighRiskCountry.objects.values_list("code", flat=True))
    assert after == before


def test_where_somebody_works_already_nothing_is_written():
    make_organization()
    Clock.objects.filter(pk="A").update(recheck_months=1)
    assert begin(SECOND) is False
    assert Clock.objects.get(pk="A").recheck_months == 1


def test_clocks_that_the_database_refuses_are_told_by_their_key_and_nothing_is_written():
    clocks = {"A": dict(SECOND.clocks["A"], hide_days=90)}
    with pytest.raises(BeginningError) as refused:
        begin(replace(SECOND, clocks=clocks))
    (problem,) = refused.value.problems
    assert problem.startswith("clocks.A: ")
    assert Clock.objects.get(pk="A").recheck_months == 3


def test_a_country_without_words_and_outline_is_told():
    with pytest.raises(BeginningError) as refused:
        begin(replace(SECOND, countries=("IT", "JP")))
    assert refused.value.problems[0].startswith("countries: ") and "JP" in refused.value.problems[0]


def test_the_command_says_which_file_it_was(settings, capsys):
    call_command("begin_network")
    assert capsys.readouterr().out.strip() == "partner"
    settings.NETWORK = replace(SECOND, countries=("JP",))
    with pytest.raises(CommandError, match=r"lantern\.toml cannot begin a network:\ncountries: "):
        call_command("begin_network")
