"""What the watching process tells: figures without a person, on loopback alone, and a letter past the outbox."""

from __future__ import annotations

import datetime as dt
import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import get_resolver
from prometheus_client import generate_latest, start_http_server

from core import clock
from directory.tests.factories import publish
from messaging.models import Message
from messaging.silence import note_round
from messaging.tests.makers import make_correspondent, make_message
from organizations.tests.makers import make_user
from servicemap.management.commands.watch import loopback
from servicemap.tests.guards.routes import every_route
from workspace.health import alarm as alarms
from workspace.health.alarm import Alarm
from workspace.health.exposition import registry
from workspace.health.figures import FRESHNESS, JOBS, Vitals

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "deploy" / "prometheus" / "servicemap.rules.yml"
#: Every label there is, with every value that it may have.
LABELS = {"freshness": set(FRESHNESS), "status": {job.replace(" ", "_") for job in JOBS}}
NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
ALL = Vitals(
    at=NOW, round_at=NOW, beat_at=NOW, changed_at=NOW, backup_at=NOW, restore_at=NOW, copy_at=NOW, slot_bytes=1
)


def away() -> Vitals:
    raise OperationalError("the server closed the connection")


@pytest.mark.django_db
def test_no_metric_has_a_label_or_a_word_about_anybody() -> None:
    """Every figure, with rows in the database whose names would be seen."""
    publish()
    note_round()
    make_message(make_correspondent(email="kanareika@example.org", name="Канарейка"))
    for asked in (registry(), registry(lambda: ALL)):
        families = list(asked.collect())
        samples = [sample for family in families for sample in family.samples]
        assert len(families) >= 9 and len(samples) >= 14
        for sample in samples:
            assert set(sample.labels) <= set(LABELS), sample
            assert all(value in LABELS[label] for label, value in sample.labels.items()), sample
        told = generate_latest(asked).decode()
        assert not re.search(r"(?i)kanareika|@|/|канарейка|python_|process_", told)


def test_every_figure_is_told_and_what_nobody_knows_is_left_out() -> None:
    def names(found: Vitals) -> set[str]:
        return {family.name.removeprefix("servicemap_") for family in registry(lambda: found).collect()}

    assert len(names(ALL)) == 14
    assert names(ALL) - names(Vitals(at=NOW)) == {
        "worker_last_round_timestamp_seconds", "worker_heartbeat_timestamp_seconds",
        "revision_changed_timestamp_seconds", "backup_last_success_timestamp_seconds",
        "restore_drill_last_success_timestamp_seconds", "replication_slot_retained_bytes",
        "emergency_copy_timestamp_seconds",
    }  # fmt: skip


def test_a_database_that_is_away_is_a_figure_too() -> None:
    told = generate_latest(registry(away)).decode()
    assert "servicemap_database_up 0.0" in told and "servicemap_listings" not in told


def test_it_is_served_on_loopback_and_by_no_page_of_the_house() -> None:
    server, thread = start_http_server(0, addr=loopback("127.0.0.1"), registry=registry(lambda: ALL))
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/metrics") as answer:
            assert b"servicemap_database_up 1.0" in answer.read()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    for address in ("0.0.0.0", "192.168.1.5", "::", "map.example.org"):
        with pytest.raises(CommandError, match="loopback"):
            call_command("watch", address=address)
    for face in ("servicemap.urls", "servicemap.faces.public", "servicemap.faces.members"):
        assert "metrics" not in get_resolver(face).reverse_dict
    assert not [name for name, pattern in every_route() if "metrics" in f"{name} {pattern}"]


def test_rules_speak_of_figures_that_there_are() -> None:
    there = {family.name for family in registry(lambda: ALL).collect()}
    rules = [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]
    named = {name for rule in rules for name in re.findall(r"servicemap_\w+", rule["expr"])}
    assert named and named <= there and len(rules) >= 10
    assert all(rule["annotations"]["summary"] and rule["labels"]["severity"] in ("page", "ticket") for rule in rules)


@pytest.mark.django_db
class TestAlarm:
    @pytest.fixture(autouse=True)
    def _people(self) -> None:
        make_user(network_role="administrator", email="tamara@example.org", language="ru")
        make_user(network_role="administrator", email="eve@example.org", language="en")
        make_user(network_role="administrator", email="gone@example.org", is_active=False)
        make_user(network_role="coordinator", email="other@example.org")

    def look(self, alarm: Alarm, minutes: float) -> int:
        with clock.travel(NOW + dt.timedelta(minutes=minutes)):
            alarm.look()
        return len(mail.outbox)

    def test_letters_that_stand_are_told_once_a_day_past_the_outbox(self) -> None:
        alarm = Alarm()
        assert [self.look(alarm, at) for at in (0, 4, 5, 6, 60)] == [0, 0, 2, 2, 2]
        assert self.look(alarm, 24 * 60 + 5) == 4
        assert not Message.objects.exists()
        russian, english = mail.outbox[:2]
        assert (russian.to, english.to) == (["tamara@example.org"], ["eve@example.org"])
        assert "systemctl restart servicemap-worker" in russian.body and "Исполнителя" in russian.body
        assert "No worker has ever been seen." in english.body
        assert not re.search(r"https?://|@", russian.body)

    def test_a_server_that_is_well_again_is_told_of_anew_when_it_breaks(self) -> None:
        alarm = Alarm()
        self.look(alarm, 0)
        assert self.look(alarm, 6) == 2
        with clock.travel(NOW + dt.timedelta(minutes=7)):
            note_round()
        assert [self.look(alarm, at) for at in (8, 30, 34, 35)] == [2, 2, 2, 4]

    def test_a_database_that_is_away_is_written_about_to_those_known_before(self, monkeypatch: Any) -> None:
        alarm = Alarm()
        with clock.travel(NOW):
            note_round()
        assert self.look(alarm, 1) == 0
        monkeypatch.setattr(alarms, "ask", away)
        assert [self.look(alarm, at) for at in (2, 7)] == [0, 2]
        assert "База данных не отвечает, и читатели" in mail.outbox[0].body

    def test_a_mail_server_that_is_away_is_tried_again(self, settings: Any, caplog: Any) -> None:
        alarm, well = Alarm(), settings.POST_BACKEND
        settings.POST_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        assert [self.look(alarm, at) for at in (0, 6)] == [0, 0]
        assert "could not be sent" in caplog.text and "@" not in caplog.text
        settings.POST_BACKEND = well
        assert self.look(alarm, 7) == 2


@pytest.mark.django_db
def test_once_says_how_it_stands_and_ends_with_a_fault(capsys: Any) -> None:
    with pytest.raises(CommandError, match="broken"):
        call_command("watch", once=True)
    assert capsys.readouterr().out.startswith("broken: ")
