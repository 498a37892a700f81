"""The worker's round: a text that came back to readers gets its translations again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from translations import publication


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="translations.hourly")
def hourly(timestamp: int) -> None:
    publication.publish_all()
