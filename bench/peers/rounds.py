"""Rounds that take turns: all questions of ours, all of the peer's; in every other round the peer goes first.

What counts is the ratio of a round's medians: other work of the machine hits both sides of a round alike.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypedDict

Ask = Callable[[], object]
#: A whole pass over the questions: milliseconds of each, and the answers.
Pass = Callable[[], tuple[list[float], list[object]]]
#: Whether our answers and the peer's say the same.
Same = Callable[[Sequence[object], Sequence[object]], bool]


class PeerFigures(TypedDict, total=False):
    """`ratio` is how many times as long as ours the peer takes; `not_run` says in words why there are no figures."""

    ours: str
    peer: str
    ours_p50_ms: float
    ours_p99_ms: float
    peer_p50_ms: float
    peer_p99_ms: float
    ratio: float
    spread: list[float]
    equal: bool
    checked: str
    more: dict[str, object]
    not_run: str


#: By peer, then by path.
Told = dict[str, dict[str, PeerFigures]]


def asked(asks: Sequence[Ask]) -> Pass:
    """A pass that asks in this process."""

    def run() -> tuple[list[float], list[object]]:
        times, answers = [], []
        for ask in asks:
            began = time.perf_counter()
            answers.append(ask())
            times.append(1000 * (time.perf_counter() - began))
        return times, answers

    return run


def compared(ours: Pass, peer: Pass, rounds: int, same: Same) -> PeerFigures:
    """The figures of both sides; the first round warms them and is compared, but not counted."""
    is_equal, all_ours, all_peers, ratios = True, list[float](), list[float](), list[float]()
    for number in range(rounds + 1):
        sides = [ours(), peer()] if number % 2 == 0 else [peer(), ours()][::-1]
        (our_times, our_answers), (peer_times, peer_answers) = sides
        is_equal = is_equal and same(our_answers, peer_answers)
        if number:
            all_ours += our_times
            all_peers += peer_times
            ratios.append(statistics.median(peer_times) / statistics.median(our_times))
    return {
        "ours_p50_ms": at(all_ours, 0.5),
        "ours_p99_ms": at(all_ours, 0.99),
        "peer_p50_ms": at(all_peers, 0.5),
        "peer_p99_ms": at(all_peers, 0.99),
        "ratio": significant(statistics.median(ratios)),
        "spread": [significant(min(ratios)), significant(max(ratios))],
        "equal": is_equal,
    }


def at(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3)


def significant(ratio: float) -> float:
    """Two digits say all that such a ratio knows, three where it is above one."""
    return float(f"{ratio:.3g}" if ratio >= 1 else f"{ratio:.2g}")
