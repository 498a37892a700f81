"""What pages and answers cost beside each other and beside plain work of this machine, over the demonstration network.

    bin/manage shell -c "from bench.pages import main; main()"

Processor time, best of the rounds, each beside a loop of the same process: the ratio is what can be compared.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Protocol

from django.test import Client

ROUNDS = 15
WORDS = "тест на вич рядом с Тбилиси"
JSON = "application/json"


class TimedAnswer(Protocol):
    status_code: int
    content: bytes


def main() -> None:
    client = Client(headers={"host": "localhost"})
    sys.stdout.write(f"processor time in milliseconds, best of {ROUNDS} rounds; ratio to 300,000 steps of a loop\n")
    for name, ask in _questions(client).items():
        answer = ask()
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}")
        spent, loop = _best(ask)
        sys.stdout.write(f"{name:44}{1000 * spent:8.1f}{spent / loop:8.2f}{len(answer.content):9} bytes\n")


def _questions(client: Client) -> dict[str, Callable[[], TimedAnswer]]:
    return {
        "the first page": lambda: client.get("/ru/"),
        "words, without scripts": lambda: client.post("/ru/search/", {"q": WORDS}),
        "no words, without scripts (100 cards)": lambda: client.post("/ru/search/", {"q": ""}),
        "words, by the API": lambda: client.post("/api/v1/search/", {"q": WORDS, "zoom": 4}, content_type=JSON),
        "no words, by the API": lambda: client.post("/api/v1/search/", {"q": "", "zoom": 4}, content_type=JSON),
        "the list, by the API": lambda: client.get("/api/v1/listings/"),
        "the map, by the API": lambda: client.get("/api/v1/map/?zoom=4"),
    }


def _best(ask: Callable[[], object]) -> tuple[float, float]:
    """(seconds of the question, seconds of the loop), the best of each."""
    pairs = [(_seconds(ask), _seconds(_loop)) for _round in range(ROUNDS)]
    return min(spent for spent, _loop_spent in pairs), min(loop for _spent, loop in pairs)


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _loop() -> int:
    return sum(number * number for number in range(300_000))
