"""The worker's round of small grants."""

from __future__ import annotations

from procrastinate.contrib.django import app

from network.grants import rounds


@app.periodic(cron="50 7 * * *")
@app.task(queueing_lock="grants.daily")
def daily(timestamp: int) -> dict[str, int]:
    return rounds.run_daily()
