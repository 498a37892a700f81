"""Charts as numbers: where a line bends, where a bar ends. Templates draw them as SVG; nothing here is markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 24, 14, 30
#: The longest bar, as the template draws its track.
BAR = 200


@dataclass(frozen=True)
class Point:
    """A value at its place; `label` belongs to the axis, `text` is the value in words."""

    x: float
    y: float
    label: str
    text: str

    @property
    def text_y(self) -> float:
        """Where the value is written: above its point, below it at the top of the chart."""
        return round(self.y - 10 if self.y > TOP + 16 else self.y + 20, 1)


@dataclass(frozen=True)
class LineChart:
    """`pieces` are runs of neighbouring values: a month without a figure is a gap, not a slope."""

    title: str
    points: list[Point]
    pieces: list[str]
    ticks: list[Point]
    labels: list[Point]
    goal: Point | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    middle: int = (LEFT + WIDTH - RIGHT) // 2


def line_chart(
    title: str, series: Sequence[tuple[str, float | None]], *, unit: str = "", top: float = 0, goal: float | None = None
) -> LineChart:
    """`series` are (label, value or None), the oldest first. `top` is the least height of the scale."""
    highest = _nice(max([top, *(value for _label, value in series if value is not None)]) or 1)
    step = (WIDTH - LEFT - RIGHT) / max(len(series) - 1, 1)
    places = [LEFT + index * step if len(series) > 1 else (LEFT + WIDTH - RIGHT) / 2 for index in range(len(series))]
    points = [
        Point(round(x, 1), _y(value, highest), label, _text(value, unit))
        for x, (label, value) in zip(places, series, strict=True)
        if value is not None
    ]
    every = max(1, round(len(series) / 6))
    labels = [
        Point(round(x, 1), HEIGHT - BOTTOM + 20, label, "")
        for index, (x, (label, _v)) in enumerate(zip(places, series, strict=True))
        if (len(series) - 1 - index) % every == 0
    ]
    return LineChart(
        title,
        points,
        _pieces(places, series, highest),
        [Point(LEFT, _y(value, highest), _text(value, unit), "") for value in (0, highest / 2, highest)],
        labels,
        Point(LEFT, _y(goal, highest), _text(goal, unit), "") if goal is not None else None,
    )


@dataclass(frozen=True)
class Bar:
    """One bar of a chart, at most `BAR` wide."""

    label: str
    text: str
    width: float
    y: int

    @property
    def text_y(self) -> int:
        return self.y + 13


def bar_chart(
    title: str, rows: Sequence[tuple[str, float | None]], *, unit: str = "", top: float = 0
) -> dict[str, object]:
    """Lying bars, one below the other; a row without a value has no bar."""
    highest = _nice(max([top, *(value for _label, value in rows if value is not None)]) or 1)
    bars = [
        Bar(label, _text(value, unit), round(BAR * (value or 0) / highest, 1), 26 * index)
        for index, (label, value) in enumerate(rows)
    ]
    return {"title": title, "bars": bars, "height": 26 * len(bars)}


def _y(value: float, highest: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest, 1)


def _pieces(places: Sequence[float], series: Sequence[tuple[str, float | None]], highest: float) -> list[str]:
    runs: list[list[str]] = [[]]
    for x, (_label, value) in zip(places, series, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{round(x, 1)},{_y(value, highest)}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _nice(value: float) -> float:
    """The next round number at or above the value."""
    for scale in (1, 10, 100, 1000, 10000):
        for factor in (1, 2, 4, 5, 6, 8, 10):
            if value <= factor * scale:
                return factor * scale
    return value


def _text(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    number = round(value, 1)
    return number_format(int(number) if number == int(number) else number) + unit
