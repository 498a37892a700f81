"""Many write the same listing at once, each through a connection of their own: what was accepted is never lost.

The short forms are `services/tests/test_rules.py` and `verification/tests/test_together.py`.
"""

from __future__ import annotations

import threading

import pytest
from django.apps import apps
from django.db import connections

from core.errors import StaleWrite
from services.models import Service
from verification.editing import update_service
from verification.tests import scenarios

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
WRITERS, EDITS = 8, 150


# long: what a writer does stands beside what is counted
def test_every_accepted_edit_is_in_the_history_and_moves_the_version_by_one(record_testsuite_property):
    listing = scenarios.published(scenarios.place(scenarios.organization()))
    before, accepted, refused = Service.objects.get(pk=listing.service_id).version, [], []
    lock = threading.Lock()

    def write(writer: int) -> None:
        try:
            for number in range(EDITS):
                said = f"{writer}/{number}"
                while not one_edit(said):
                    with lock:
                        refused.append(said)
                with lock:
                    accepted.append(said)
        finally:
            connections.close_all()

    def one_edit(said: str) -> bool:
        service = Service.objects.get(pk=listing.service_id)
        try:
            update_service(actor=None, service=service, expected_version=service.version, summary=said)
        except StaleWrite:
            return False
        return True

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row = Service.objects.get(pk=listing.service_id)
    history = apps.get_model("services", "ServiceEvent").objects.filter(pgh_obj_id=row.pk)
    kept = set(history.values_list("summary", flat=True)) | {row.summary}
    lost = [said for said in accepted if said not in kept]
    record_testsuite_property(
        "writers",
        f"{WRITERS} writers × {EDITS} edits: {len(accepted)} accepted, {len(refused)} told that they were"
        f" late, {len(lost)} lost",
    )
    assert len(accepted) == WRITERS * EDITS == row.version - before and not lost
