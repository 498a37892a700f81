"""How far a long command is: a bar on a terminal, a line now and then where there is none."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping
from typing import TextIO

from tqdm import tqdm

#: Without a terminal a line is written at every so many hundredths of a stage.
STEP = 10


def processor_seconds() -> str:
    """What this process has cost so far, whoever else was at work: a machine that others use makes a run long only."""
    return f"{'processor_seconds':28} {time.process_time():>8.0f}"


class Progress:
    """Called with a stage and how much of it was done just now. `total` says how much each stage has."""

    def __init__(self, total: Mapping[str, int], out: TextIO | None = None) -> None:
        self._total, self._out = total, out or sys.stderr
        self._bars: dict[str, tqdm[object]] = {}
        self._done: Counter[str] = Counter()
        self._began = time.monotonic()

    def __call__(self, stage: str, number: int) -> None:
        before = self._hundredths(stage)
        self._done[stage] += number
        if self._out.isatty():
            self._bar(stage).update(number)
        elif self._hundredths(stage) // STEP > before // STEP:
            self._tell(stage)

    def close(self) -> None:
        """Leave the terminal as it was."""
        for bar in self._bars.values():
            bar.close()

    def _hundredths(self, stage: str) -> int:
        return 100 * self._done[stage] // max(self._total[stage], 1)

    def _bar(self, stage: str) -> tqdm[object]:
        if stage not in self._bars:
            self._bars[stage] = tqdm(total=self._total[stage], desc=stage, unit=stage, file=self._out)
        return self._bars[stage]

    def _tell(self, stage: str) -> None:
        seconds = round(time.monotonic() - self._began)
        self._out.write(f"{stage} {self._done[stage]}/{self._total[stage]}, {seconds} s\n")
        self._out.flush()
