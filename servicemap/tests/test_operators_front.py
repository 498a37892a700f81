"""What operators see first: how much waits, and what the worker does, in words."""

import re

from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app

from servicemap.admin.jobs import TASKS
from verification.services import receive_report
from verification.tests import scenarios


def test_the_front_page_counts_what_waits_and_what_there_is(desk: Client) -> None:
    receive_report(listing=scenarios.published(), kind="phone")
    page = desk.get("/admin/")
    assert [one.count for one in page.context["waiting"]] == [1, 0, 0, 1, 0, 0]
    assert not any(one.is_bad for one in page.context["waiting"])
    html = page.content.decode()
    assert "Места: 1" in html and "Задания исполнителя: 0" in html and "rocrastinate</" not in html
    assert all(desk.get(one.url).status_code == 200 for one in page.context["waiting"] if one.url.startswith("/admin/"))


def test_the_jobs_of_the_worker_are_told_in_words_and_changed_by_nobody(desk: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args) "
            "VALUES ('default', 'verification.tasks.often', 'failed', '{\"timestamp\": 1}') RETURNING id"
        )
        (job,) = cursor.fetchone()
    jobs = "/admin/procrastinate/procrastinatejob/"
    listed, shown = desk.get(jobs), desk.get(f"{jobs}{job}/change/")
    for page in (listed, shown):
        words = re.sub(r"<script.*?</script>|<[^>]*>", " ", page.content.decode(), flags=re.DOTALL)
        assert "Сроки, напоминания" in words and "не вышло" in words
        assert not re.search(r"\b(procrastinate jobs?|todo|succeeded|queueing|task name)\b", words, re.IGNORECASE)
    assert "Исполнитель делает это" in listed.content.decode()
    assert desk.post(f"{jobs}{job}/change/", {}).status_code == 403
    assert desk.get(f"{jobs}?status=todo").context["cl"].result_count == 0


def test_every_task_of_the_worker_has_its_words() -> None:
    ours = {name for name in app.tasks if not name.startswith("procrastinate.") and not name.startswith("builtin")}
    assert ours == set(TASKS)
