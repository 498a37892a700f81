"""The worker's rounds of applications and standings."""

from __future__ import annotations

from procrastinate.contrib.django import app

from network.joining import rounds


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="joining.often")
def often(timestamp: int) -> dict[str, int]:
    return rounds.run_often()


@app.periodic(cron="30 7 * * *")
@app.task(queueing_lock="joining.daily")
def daily(timestamp: int) -> dict[str, int]:
    return rounds.run_daily()
