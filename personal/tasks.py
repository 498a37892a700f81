"""The worker's round: once a day it looks whose letter of the week is not written yet."""

from __future__ import annotations

from procrastinate.contrib.django import app

from personal import letters


@app.periodic(cron="40 4 * * *")
@app.task(queueing_lock="personal.daily")
def daily(timestamp: int) -> int:
    return letters.write_weekly()
