"""The worker's round of letters about accounts: at once when one is put in, and every minute for what had to wait."""

from __future__ import annotations

from procrastinate.contrib.django import app

from accounts.post import send_waiting


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="accounts.post")
def send_letters(timestamp: int) -> int:
    return send_waiting()
