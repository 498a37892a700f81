"""A long command says how far it is, on a terminal and in a log."""

from __future__ import annotations

import io

from simulation.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_without_a_terminal_a_line_is_written_at_every_tenth():
    out = io.StringIO()
    progress = Progress({"listing": 5, "day": 200}, out)
    for _day in range(200):
        progress("day", 1)
    progress("listing", 5)
    progress.close()
    lines = out.getvalue().splitlines()
    assert [line.split(",")[0] for line in lines] == [*(f"day {n}/200" for n in range(20, 201, 20)), "listing 5/5"]
    assert all(line.endswith(" s") for line in lines)


def test_on_a_terminal_a_bar_grows():
    out = Terminal()
    progress = Progress({"day": 4}, out)
    for _day in range(4):
        progress("day", 1)
    progress.close()
    assert "4/4" in out.getvalue()
    assert "\r" in out.getvalue()
