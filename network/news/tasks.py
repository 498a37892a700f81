"""The worker's rounds of news."""

from __future__ import annotations

from procrastinate.contrib.django import app

from network.news import posting, rounds


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="news.often")
def often(timestamp: int) -> dict[str, int]:
    """Dangers are told, letters to subscribers leave."""
    return {"dangers told": rounds.warn(), **posting.post()}


@app.periodic(cron="50 2 * * *")
@app.task(queueing_lock="news.daily")
def daily(timestamp: int) -> int:
    """Services that came back are named in digests again."""
    return rounds.again()
