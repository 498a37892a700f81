"""manage.py watch: figures for Prometheus on this machine's own address, and the alarm about letters that stand."""

from __future__ import annotations

import ipaddress
import threading

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from prometheus_client import start_http_server

from workspace.health.alarm import Alarm
from workspace.health.exposition import registry
from workspace.health.figures import Vitals, ask
from workspace.health.states import no_database, states

#: Seconds between two looks of the alarm.
PAUSE = 60


class Command(BaseCommand):
    help = "Watch the house: serve /metrics on a loopback address, write to administrators when letters do not leave."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="127.0.0.1", help="of this machine alone; another one is refused")
        parser.add_argument("--port", type=int, default=9109)
        parser.add_argument("--once", action="store_true", help="say how it stands and end, with 1 when it is broken")

    def handle(self, *args: object, **options: object) -> None:
        if options["once"]:
            self._say()
            return
        address, port = loopback(str(options["address"])), options["port"]
        assert isinstance(port, int)  # noqa: S101  (the parser made it one)
        try:
            start_http_server(port, addr=address, registry=registry(ask_and_let_go))
        except OSError as error:
            raise CommandError(f"{address}:{port} cannot be had: {error.strerror}.") from error
        alarm, never = Alarm(), threading.Event()
        while True:
            alarm.look()
            connection.close()
            never.wait(PAUSE)

    def _say(self) -> None:
        try:
            told = states(ask())
        except DatabaseError:
            told = [no_database()]
        for state in told:
            self.stdout.write(f"{state.verdict}: {state.name}. {state.means} {state.remedy}".rstrip())
        if told[0].verdict == "broken":
            raise CommandError("Something is broken.")


def loopback(address: str) -> str:
    """Figures are for the machine itself: no other address, whatever somebody sets."""
    try:
        if ipaddress.ip_address(address).is_loopback:
            return address
    except ValueError:
        pass
    raise CommandError(f"{address} is not a loopback address: figures are for this machine alone.")


def ask_and_let_go() -> Vitals:
    """Each scrape has a thread of its own, whose connection ends with it."""
    try:
        return ask()
    finally:
        connection.close()
