"""Ten tasks with a stopwatch: taps and seconds until the right number stands on a phone's screen.

    python -m bench.stopwatch http://127.0.0.1:8000 [--language ru] [--slowdown 4]

Needs a served demonstration and Chromium. The phone is 375 px wide, four times slower than this machine, on slow 4G
(1.6 Mbit/s, 150 ms); a key takes 200 ms. Where other work takes the machine's cores, a phone that is slowed down too is
slower than that: `--slowdown 1` then, and the load is said. A tap is a press, a field that is entered, or "search" on
the keyboard. The clock runs from the opening of the map until a number to call is seen; how long each part took is
said: until the field can be entered, typing, until the answer's cards stand there, until the number of the first does.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Error, Page, sync_playwright

#: The language of the words that are typed.
LANGUAGE = "ru"
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
CPU = 4
KEY_MS = 200
PATIENCE_MS = 45_000
MOST_TAPS, MOST_SECONDS = 4, 20.0
#: The answer stands in the place of the rows that wait.
ANSWERED = "() => !document.querySelector('[data-cards] .skeleton') && document.querySelector('.guide, .card h3 a')"
CALL = "a[href^='tel:']:visible"


@dataclass(frozen=True)
class Task:
    """What somebody needs, what they type or which tile they press, and what the page that they reach must say."""

    need: str
    words: str
    says: str


TASKS = (
    Task("an HIV test in Almaty, no papers, in Uzbek", "тест на вич алматы без документов узбекский", "Алматы"),
    Task("a bed tonight in Tbilisi", "ночлег тбилиси", "Тбилиси|Грузия"),
    Task("ART near Warsaw, four days left", "арв терапия варшава", "АРТ"),
    Task("a hepatitis test on Sunday", "тест на гепатит в воскресенье", "[Гг]епатит"),
    Task("a lawyer by phone, in Uzbek", "юрист по телефону узбекский", "[Юю]рист|[Пп]рав|[Сс]уд|юридическ"),
    Task("substitution therapy in Hamburg", "метадон гамбург", "Гамбург"),
    Task("against a deportation, in Saint Petersburg", "депортация петербург", "Петербург|[Дд]епорт|[Вв]ысыл"),
    Task("a psychologist online, in Ukrainian", "психолог онлайн украинский", "[Пп]сихолог"),
    Task("syringes in Berlin", "шприцы берлин", "Берлин"),
    Task("a TB test in Moldova", "тубик молдова", "Молд|туберк"),
)


@dataclass
class Run:
    task: Task
    taps: int
    seconds: float
    outcome: str
    parts: tuple[float, ...] = ()

    @property
    def is_good(self) -> bool:
        return self.outcome == "found" and self.taps <= MOST_TAPS and self.seconds <= MOST_SECONDS


class Phone:
    """A page that counts what a thumb does, and looks at the clock after each part."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self._looks = [time.monotonic()]

    @property
    def parts(self) -> tuple[float, ...]:
        """Seconds of each part that is done."""
        return tuple(later - sooner for sooner, later in pairwise(self._looks))

    def look(self) -> None:
        self._looks.append(time.monotonic())

    def search(self, words: str) -> None:
        field = self.page.locator("#q")
        field.tap()
        self.look()
        field.press_sequentially(words, delay=KEY_MS)
        self.look()
        with self.page.expect_response("**/search/"):
            field.press("Enter")
        self.taps += 2

    def open_first(self) -> None:
        """The first card of the answer; nothing where the answer is a number to call already."""
        self.page.wait_for_function(ANSWERED)
        self.look()
        if self.page.locator(f".guide {CALL}").count():
            return
        self.page.locator("[data-cards] .card h3 a").first.tap()
        self.taps += 1
        self.page.wait_for_url("**/places/**", wait_until="commit")

    def number(self) -> str:
        self.page.locator(CALL).first.wait_for()
        self.look()
        return self.page.locator("main").inner_text()


@contextmanager
def phones(address: str, language: str, slowdown: int) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 375, "height": 720}, has_touch=True, is_mobile=True, locale=language, base_url=address
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        yield page
        browser.close()


def run(address: str, language: str, slowdown: int, task: Task) -> Run:
    """With a browser that has seen nothing yet."""
    with phones(address, language, slowdown) as page:
        phone, began = Phone(page), time.monotonic()
        try:
            page.goto(f"/{language}/", wait_until="commit")
            phone.search(task.words)
            phone.open_first()
            text = phone.number()
        except Error as error:
            return Run(task, phone.taps, time.monotonic() - began, str(error).splitlines()[0][:60])
        outcome = "found" if re.search(task.says, text) else "another place"
        return Run(task, phone.taps, sum(phone.parts), outcome, phone.parts)


HEAD = ("| Task | Typed | Taps | Seconds | field + typing + answer + number | |", "|---|---|---|---|---|---|")


def row(one: Run) -> str:
    parts = " + ".join(f"{seconds:.1f}" for seconds in one.parts)
    told = (one.task.need, one.task.words, one.taps, f"{one.seconds:.1f}", parts, one.outcome)
    return f"| {' | '.join(map(str, told))} |"


def summary(runs: list[Run]) -> str:
    middle = statistics.median(one.seconds for one in runs)
    good, load = sum(one.is_good for one in runs), os.getloadavg()[1]
    within = f"{good} of {len(runs)} within {MOST_TAPS} taps and {MOST_SECONDS:.0f} s"
    return f"{within}; median {middle:.1f} s; load of the last five minutes {load:.1f} on {os.cpu_count()} cores."


def main() -> int:
    parser = argparse.ArgumentParser("bench.stopwatch", description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--language", default=LANGUAGE)
    parser.add_argument("--slowdown", type=int, default=CPU, help="how many times slower than this machine")
    asked = parser.parse_args()
    runs = []
    for line in HEAD:
        say(line)
    for task in TASKS:
        runs.append(run(asked.address, asked.language, asked.slowdown, task))
        say(row(runs[-1]))
    say(f"\n{summary(runs)}")
    return 0 if all(one.is_good for one in runs) else 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
