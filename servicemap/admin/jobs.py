"""The worker's jobs: to look at, in words. What they do to the map has its own screens; a restart of the worker repeats
what is stuck."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from core.types import Words
from servicemap.admin.base import ReadOnlyAdmin

#: What each task does, for whoever looks whether the worker works.
TASKS: dict[str, Words] = {
    "accounts.tasks.send_letters": _("Letters about signing in: every minute"),
    "messaging.tasks.send_letters": _("Letters of the network: every two minutes"),
    "referrals.tasks.often": _("Deadlines of referrals, somebody in reserve: every five minutes"),
    "network.news.tasks.often": _("Dangers told, letters to subscribers: every two minutes"),
    "network.news.tasks.daily": _("Services that came back are named in digests again: every night"),
    "network.decisions.tasks.daily": _("Letters about votes that end and decisions that are late: every morning"),
    "network.evaluation.tasks.daily": _("Letters about the survey of members: every morning"),
    "network.learning.tasks.daily": _("Questions after trainings, the calendar of everybody: every morning"),
    "network.gaps.tasks.daily": _("Gaps that closed, the matrix of the quarter: every morning"),
    "network.joining.tasks.often": _("Applications and suspensions whose days are over: every quarter of an hour"),
    "network.joining.tasks.daily": _("Letters about applications and about taking part: every morning"),
    "network.grants.tasks.daily": _("Letters about small grants: every morning"),
    "network.reviews.tasks.daily": _("Letters about yearly reviews that wait: every morning"),
    "referrals.tasks.daily": _("What is kept of a person who was sent on goes: every night"),
    "personal.tasks.daily": _("Letters about followed searches, one a week: every morning"),
    "exchange.tasks.go_on": _("A long list that somebody sent is read and written, piece by piece"),
    "exchange.tasks.read_on": _("Another directory is read and taken over, page by page"),
    "exchange.tasks.daily": _("Other directories whose day has come are read again: every night"),
    "servicemap.tasks.put_back": _("Jobs of a worker that died go back into the queue: every minute"),
    "servicemap.tasks.clear_away": _("Jobs that ended long ago are cleared away: every night"),
    "servicemap.tasks.forget": _("What is kept for a number of days is forgotten: every night"),
    "servicemap.tasks.forget_copies": _("Files made of what is no longer on the map go: every five minutes"),
    "telegram.tasks.warn_of_countries": _("Warnings of countries into chats: every five minutes"),
    "translations.tasks.hourly": _("Texts that are on the map again get their translations: every hour"),
    "verification.tasks.often": _("Deadlines, reminders and places free: every five minutes"),
    "verification.tasks.daily": _("Figures of the month and the weekly letter: every night"),
    "verification.tasks.websites": _("Do the websites of organisations still answer: every night"),
}
STATES: dict[str, Words] = {
    "todo": _("waits"),
    "doing": _("running"),
    "succeeded": _("done"),
    "failed": _("failed"),
    "cancelled": _("called off"),
    "aborted": _("cut short"),
}
EVENTS: dict[str, Words] = {
    "deferred": _("put in the queue"),
    "started": _("begun"),
    "deferred_for_retry": _("to be tried again"),
    "failed": _("failed"),
    "succeeded": _("done"),
    "cancelled": _("called off"),
    "abort_requested": _("asked to stop"),
    "aborted": _("cut short"),
    "scheduled": _("put in for later"),
}


class JobStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: object) -> Iterable[tuple[str, Words]]:
        return STATES.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[ProcrastinateJob]) -> QuerySet[ProcrastinateJob]:
        return queryset.filter(status=self.value()) if self.value() in STATES else queryset


class JobTaskFilter(admin.SimpleListFilter):
    title = _("what it does")
    parameter_name = "task_name"

    def lookups(self, request: HttpRequest, model_admin: object) -> Iterable[tuple[str, Words]]:
        return TASKS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[ProcrastinateJob]) -> QuerySet[ProcrastinateJob]:
        return queryset.filter(task_name=self.value()) if self.value() in TASKS else queryset


@admin.register(ProcrastinateJob)
class JobAdmin(ReadOnlyAdmin):
    """Under names of ours: those of the package's model would have to be changed in its migrations."""

    list_display = ("what", "state", "scheduled_at_local", "attempts")
    list_display_links = ("what",)
    list_filter = (JobStateFilter, JobTaskFilter)
    fields = ("what", "state", "scheduled_at_local", "attempts_told", "story", "args_told")
    readonly_fields = fields
    ordering = ("-id",)
    change_list_template = "admin/jobs.html"

    def __init__(self, model: type[ProcrastinateJob], site: admin.AdminSite) -> None:
        super().__init__(model, site)
        self.opts = copy.copy(model._meta)
        self.opts.verbose_name, self.opts.verbose_name_plural = _("job of the worker"), _("jobs of the worker")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list under the names of this screen."""
        found = super().get_changelist_instance(request)
        found.opts, found.title = self.opts, capfirst(str(self.opts.verbose_name_plural))
        return found

    @admin.display(description=_("What it does"), ordering="task_name")
    def what(self, job: ProcrastinateJob) -> str:
        return str(TASKS.get(job.task_name, job.task_name))

    @admin.display(description=_("State"), ordering="status")
    def state(self, job: ProcrastinateJob) -> str:
        return str(STATES.get(job.status, job.status))

    @admin.display(description=_("When it is due"), ordering="scheduled_at")
    def scheduled_at_local(self, job: ProcrastinateJob) -> str:
        return _moment(job.scheduled_at)

    @admin.display(description=_("Attempts"))
    def attempts_told(self, job: ProcrastinateJob) -> int:
        return job.attempts

    @admin.display(description=_("What happened to it"))
    def story(self, job: ProcrastinateJob) -> SafeString | str:
        events = ProcrastinateEvent.objects.filter(job=job).order_by("at", "pk")
        lines = ((str(EVENTS.get(one.type, one.type)), _moment(one.at)) for one in events)
        return format_html_join("", "<p>{}, {}</p>", lines) or "—"

    @admin.display(description=_("What it was given"))
    def args_told(self, job: ProcrastinateJob) -> str:
        return ", ".join(f"{name}: {value}" for name, value in job.args.items()) or "—"


def _moment(at: dt.datetime | None) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT") if at else "—"
