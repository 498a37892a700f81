"""The worker's round of evaluation."""

from __future__ import annotations

from procrastinate.contrib.django import app

from network.evaluation import rounds


@app.periodic(cron="50 7 * * *")
@app.task(queueing_lock="evaluation.daily")
def daily(timestamp: int) -> dict[str, int]:
    return rounds.run_daily()
