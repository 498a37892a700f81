"""The worker's round of learning."""

from __future__ import annotations

from procrastinate.contrib.django import app

from network.learning import rounds


@app.periodic(cron="20 7 * * *")
@app.task(queueing_lock="learning.daily")
def daily(timestamp: int) -> dict[str, int]:
    return rounds.run_daily()
