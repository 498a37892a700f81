"""The worker's round of yearly reviews."""

from __future__ import annotations

from procrastinate.contrib.django import app

from network.reviews import rounds


@app.periodic(cron="40 7 * * *")
@app.task(queueing_lock="reviews.daily")
def daily(timestamp: int) -> dict[str, int]:
    return rounds.run_daily()
