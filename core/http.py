"""What rooms with pages share about requests and answers."""

from __future__ import annotations

from collections.abc import Callable

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
