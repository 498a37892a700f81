"""What the worker does for itself: jobs of a worker that was killed go back into the queue."""

from __future__ import annotations

from django.conf import settings
from procrastinate import App, JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

from servicemap.upkeep import copies, retention

#: How long finished jobs are kept: those that failed tell why.
KEPT_HOURS = 7 * 24


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="servicemap.put_back", pass_context=True)
async def put_back(context: JobContext, timestamp: int) -> int:
    return await put_back_stalled(context.app)


async def put_back_stalled(app: App) -> int:
    """Jobs whose worker gave no sign of life wait again; where the same already waits, the stalled one is given up.

    Returns how many were found. Every job of ours may run twice.
    """
    jobs = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=3 * settings.WORKER_HEARTBEAT))
    for job in jobs:
        try:
            await app.job_manager.retry_job(job)
        except (AlreadyEnqueued, UniqueViolation):
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
    return len(jobs)


@app.periodic(cron="10 2 * * *")
@app.task(queueing_lock="servicemap.clear_away", pass_context=True)
async def clear_away(context: JobContext, timestamp: int) -> None:
    """Jobs that ended long ago are deleted."""
    await context.app.job_manager.delete_old_jobs(
        KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="25 2 * * *")
@app.task(queueing_lock="servicemap.forget")
def forget(timestamp: int) -> dict[str, int]:
    """What is kept for a number of days is forgotten."""
    return retention.run()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="servicemap.forget_copies")
def forget_copies(timestamp: int) -> int:
    """Files that were made of what is no longer on the map."""
    return copies.forget_earlier()
