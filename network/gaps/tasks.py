"""The worker's round of gaps."""

from __future__ import annotations

from procrastinate.contrib.django import app

from network.gaps import rounds


@app.periodic(cron="40 5 * * *")
@app.task(queueing_lock="gaps.daily")
def daily(timestamp: int) -> dict[str, int]:
    return rounds.run()
