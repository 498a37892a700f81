"""What a question of words costs beside the question for everything, over the demonstration network.

    bin/manage shell -c "from bench.search import main; main()"

The answer is measured as the API gives it: words read, list, map and counts. A ratio says how many times as long the
question takes as one without words; it should stay near that whatever the words say.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

from core import clock
from directory.asking.filters import Filters
from directory.asking.queries import current_listings
from directory.searching.search import search
from directory.vocabulary import vocabulary
from reading.answers import search_answer
from reading.asked import Asked

ROUNDS = 25
QUESTIONS = {
    "no words": "",
    "one word that is there": "юрист",
    "words and a place": "тест на вич рядом с Тбилиси",
    "one slip": "псехолог",
    "the other keyboard": "e,t;bot",
    "twelve unknown words": "йцфыв щшхжд зжхлщ фывпр олдкж ячсмт цукшг нгшлщ здлжф эждлз хзщгш ъхзщш",
    "twelve slips": "псехолог гипатит департация тестированее консультацея помощъ врачъ юристъ шелтир лечене едаа вада",
    "twelve short words": "бб вв гг дд жж зз кк лл мм пп рр сс",
    "twelve words that all have": "тест помощь вич работа консультация центр врач юрист город поддержка здоровье люди",
    "two hundred letters": "щ" * 200,
    "signs": "!!!" * 60,
    "prepositions": "в на в на в на рядом с около возле вблизи недалеко",
}


def main() -> None:
    asked = Asked("public", vocabulary(), clock.now())
    sys.stdout.write(f"{current_listings('public').count()} listings, best of {ROUNDS} rounds, milliseconds\n")
    sys.stdout.write(f"{'question':30}{'words':>9}{'answer':>9}{'ratio':>8}\n")
    base = 0.0
    for name, query in QUESTIONS.items():
        words = _milliseconds(partial(search, "public", query, Filters(), asked.at))
        answer = _milliseconds(partial(search_answer, asked, query, Filters(), 4))
        base = base or answer
        sys.stdout.write(f"{name:30}{words:9.1f}{answer:9.1f}{answer / base:8.2f}\n")


def _milliseconds(ask: Callable[[], object]) -> float:
    def once() -> float:
        began = time.perf_counter()
        ask()
        return (time.perf_counter() - began) * 1000

    return min(once() for _round in range(ROUNDS))
