"""The worker's rounds of referrals. None waits for a round of another room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from referrals import emptying, rounds


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="referrals.often")
def often(timestamp: int) -> dict[str, int]:
    return rounds.run_often()


@app.periodic(cron="10 2 * * *")
@app.task(queueing_lock="referrals.daily")
def daily(timestamp: int) -> dict[str, int]:
    return rounds.run_daily() | emptying.run()
