"""Other processes of the product on the test's database, killed when a test wishes it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection

#: Connections of other processes; a killed one stays for the moment in which its transaction is rolled back.
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

#: Loads the product once, so that each process starts at once: "start" answers with the number of a new process that
#: runs the command of manage.py, "wait N" with how that one ended.
STARTER = """
import os, sys, traceback
import django
django.setup()
from django.core.management import call_command
for line in sys.stdin:
    if line.startswith("wait"):
        print(os.waitpid(int(line.split()[1]), 0)[1], flush=True)
        continue
    number = os.fork()
    if number == 0:
        os.dup2(2, 1)
        try:
            call_command(sys.argv[1])
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    print(number, flush=True)
"""


class Processes:
    """Processes that run a command of manage.py on the test's database, each by its number."""

    def __init__(self, command: str, **more: str) -> None:
        name = connection.settings_dict["NAME"]
        variables = os.environ | {
            "DJANGO_SETTINGS_MODULE": "servicemap.settings.test",
            "SERVICEMAP_DB": name,
            **more,
        }
        if "DATABASE_URL" in variables:
            variables["DATABASE_URL"] = re.sub(r"(?<=/)[^/?]*(?=$|\?)", name, variables["DATABASE_URL"])
        self._starter = subprocess.Popen(
            [sys.executable, "-c", STARTER, command], cwd=settings.BASE_DIR, env=variables, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._living: set[int] = set()

    def start(self) -> int:
        number = self._say("start")
        self._living.add(number)
        return number

    def finish(self, number: int) -> None:
        assert self._wait(number) == 0

    def kill(self, number: int) -> None:
        """Without a warning."""
        os.kill(number, signal.SIGKILL)
        assert self._wait(number) == signal.SIGKILL

    def end(self) -> None:
        for number in [*self._living]:
            self.kill(number)
        self._starter.communicate("")

    def _wait(self, number: int) -> int:
        self._living.discard(number)
        return self._say(f"wait {number}")

    def _say(self, words: str) -> int:
        self._starter.stdin.write(words + "\n")
        return int(self._starter.stdout.readline())


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def ask(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])
