"""The worker's rounds of verification. None waits for another: a round whose worker was killed holds up nothing."""

from __future__ import annotations

from procrastinate.contrib.django import app

from verification.upkeep import rounds
from verification.websites import watching


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="verification.often")
def often(timestamp: int) -> dict[str, int]:
    return rounds.run_often()


@app.periodic(cron="40 1 * * *")
@app.task(queueing_lock="verification.daily")
def daily(timestamp: int) -> dict[str, int]:
    return rounds.run_daily()


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="verification.websites")
def websites(timestamp: int) -> int:
    return watching.check_websites()
