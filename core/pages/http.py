"""What rooms with pages share about requests and answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: A function that answers a request, whatever else its address holds.
View = Callable[..., HttpResponseBase]


#: How long what the public reads may be kept, in seconds: fresh in any cache, while a newer one is fetched, while the
#: product does not answer. A browser that asks a proxy adds both: 2 * (FRESH + max(MEANWHILE, BROKEN)) stays within the
#: minute after which what was hidden is gone everywhere (docs/privacy.md; a test adds it up and tries it).
FRESH, MEANWHILE, BROKEN = 10, 5, 15
PUBLIC_CACHING = (
    f"public, max-age={FRESH}, s-maxage={FRESH}, stale-while-revalidate={MEANWHILE}, stale-if-error={BROKEN}"
)


def kept_as_public(view: View) -> View:
    """For an answer that says itself to no cache how long it holds: without a word caches keep it as they like."""

    @wraps(view)
    def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            response.headers.setdefault("Cache-Control", PUBLIC_CACHING)
        return response

    return run
