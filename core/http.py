"""What rooms with pages share about requests and answers."""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase

#: A function that answers a request, whatever else its address holds.
View = Callable[..., HttpResponseBase]
