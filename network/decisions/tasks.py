"""The worker's round of votes and decisions."""

from __future__ import annotations

from procrastinate.contrib.django import app

from network.decisions import rounds


@app.periodic(cron="20 7 * * *")
@app.task(queueing_lock="decisions.daily")
def daily(timestamp: int) -> dict[str, int]:
    return rounds.run()
