"""The button of the account's page: all that is kept about oneself."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import signed_in
from servicemap.rights.exporting import Encoder, of_person


@require_safe
@login_required
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    told = json.dumps(of_person(signed_in(request)), cls=Encoder, ensure_ascii=False, indent=1)
    return HttpResponse(
        told,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
    )
