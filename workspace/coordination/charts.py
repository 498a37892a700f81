"""Charts as numbers: where a line bends, where a bar ends. Templates draw them as SVG; nothing here is markup."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 24, 30, 30
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
        """Where the value is written: above its point."""
        return round(self.y - 12, 1)


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


@dataclass(frozen=True)
class Scale:
    """From where to where a chart goes."""

    lowest: float
    highest: float

    def y(self, value: float) -> float:
        part = (value - self.lowest) / (self.highest - self.lowest)
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part, 1)

    @property
    def ticks(self) -> tuple[float, float, float]:
        return self.lowest, (self.lowest + self.highest) / 2, self.highest


def scale_of(values: Sequence[float]) -> Scale:
    """The scale that these values fill: up to the next round number, from nothing, or from the half of it when all
    lie above that. A line may begin above nothing, since its scale says so; a bar may not.
    """
    highest = _nice(max(values, default=0) or 1)
    lowest = highest / 2 if values and highest > 1 and min(values) >= highest / 2 else 0
    return Scale(lowest, highest)


def line_chart(
    title: str, series: Sequence[tuple[str, float | None]], *, unit: str = "", goal: float | None = None
) -> LineChart:
    """`series` are (label, value or None), the oldest first. The line begins where the values begin."""
    first = next((index for index, (_label, value) in enumerate(series) if value is not None), len(series))
    series = series[first:]
    values = [value for _label, value in series if value is not None]
    scale = scale_of([*values, *([goal] if goal is not None else [])])
    step = (WIDTH - LEFT - RIGHT) / max(len(series) - 1, 1)
    places = [LEFT + index * step if len(series) > 1 else (LEFT + WIDTH - RIGHT) / 2 for index in range(len(series))]
    points = [
        Point(round(x, 1), scale.y(value), label, _text(value, unit))
        for x, (label, value) in zip(places, series, strict=True)
        if value is not None
    ]
    return LineChart(
        title,
        points,
        _pieces(places, series, scale),
        [Point(LEFT, scale.y(value), _text(value, unit), "") for value in scale.ticks],
        _labels(places, [label for label, _value in series]),
        Point(LEFT, scale.y(goal), _text(goal, unit), "") if goal is not None else None,
    )


def _labels(places: Sequence[float], names: Sequence[str]) -> list[Point]:
    """As many names below the line as a phone has room for, four at most; the last one always."""
    every = max(1, math.ceil(len(names) / 4))
    return [
        Point(round(x, 1), HEIGHT - BOTTOM + 20, name, "")
        for index, (x, name) in enumerate(zip(places, names, strict=True))
        if (len(names) - 1 - index) % every == 0
    ]


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


def _pieces(places: Sequence[float], series: Sequence[tuple[str, float | None]], scale: Scale) -> list[str]:
    runs: list[list[str]] = [[]]
    for x, (_label, value) in zip(places, series, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{round(x, 1)},{scale.y(value)}")
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
