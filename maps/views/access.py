"""The accessibility statement: what was tried and when, what is known to be in the way, whom to tell."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maps.context import frame
from maps.views.doors import public_page

#: When people last went through all of it, and by when they do so again. Whoever changes the statement changes these.
LOOKED_ON, NEXT_ON = dt.date(2026, 11, 30), dt.date(2027, 5, 31)
#: What is promised on the page, as `verification.services` keeps it; a test compares the two.
ANSWER_DAYS = 14


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"looked_on": LOOKED_ON, "next_on": NEXT_ON, "days": ANSWER_DAYS}
    return render(request, "maps/accessibility.html", frame("public") | context)
