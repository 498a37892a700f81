"""The worker's round of the outbox."""

from __future__ import annotations

from procrastinate.contrib.django import app

from messaging.dispatch import dispatch


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="messaging.dispatch")
def send_letters(timestamp: int) -> dict[str, int]:
    """Send what is due. Any number of these may run at once; the lock of the queue only keeps it short."""
    return dict(dispatch())
