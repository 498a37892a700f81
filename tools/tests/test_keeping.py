"""What bin/serve keeps running is started again after it ended, later each time; real processes are killed."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tools.local.keeping import LONGEST_PAUSE_SECONDS, Keeper, KeptProgram
from tools.local.shell import Failure


@pytest.fixture
def keeper():
    keeper = Keeper()
    yield keeper
    keeper.stop()


def killed(program: KeptProgram) -> int:
    number = program.process.pid
    os.kill(number, signal.SIGKILL)
    program.process.wait()
    return number


def test_a_killed_program_is_started_again_after_its_pause(keeper, capfd):
    program = keeper.start(KeptProgram("The sleeper", ["sleep", "60"], os.environ))
    first, now = killed(program), time.monotonic()
    keeper.round(now)
    assert "The sleeper ended (-9); it is started again in 1 s." in capfd.readouterr().err
    keeper.round(now + 0.5)
    assert program.process.pid == first
    keeper.round(now + 1.1)
    assert program.process.pid != first and program.process.poll() is None


def test_each_pause_is_longer_up_to_a_limit_and_short_again_after_a_good_start(keeper, capfd):
    program, now = keeper.start(KeptProgram("It", ["sleep", "60"], os.environ)), time.monotonic()
    for _number in range(7):
        killed(program)
        keeper.round(now)
        now += LONGEST_PAUSE_SECONDS + 1
        keeper.round(now)
        program._born = now
    said = [line.split(" in ")[1] for line in capfd.readouterr().err.splitlines()]
    assert said == [f"{seconds} s." for seconds in (1, 2, 4, 8, 16, 30, 30)]
    program._born = now - 61
    killed(program)
    keeper.round(now)
    assert "in 1 s." in capfd.readouterr().err


def test_a_database_that_cannot_be_started_is_told_and_the_rest_goes_on(capfd):
    def refuse() -> None:
        raise Failure("The disk is full.")

    keeper = Keeper(refuse)
    program = keeper.start(KeptProgram("It", ["sleep", "60"], os.environ))
    killed(program)
    keeper.round(time.monotonic())
    err = capfd.readouterr().err
    assert "The disk is full." in err and "It ended" in err
    keeper.stop()


def test_the_end_of_the_keeper_is_the_end_of_its_programs(keeper):
    program = keeper.start(KeptProgram("It", ["sleep", "60"], os.environ))
    keeper.stop()
    assert program.process.poll() is not None
