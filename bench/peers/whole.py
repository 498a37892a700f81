"""Whole requests in process, through Django's test client: our map beside a bare view, our list beside drf-gis'.

Ours go through all of the product's middleware and the public's role; the others through none, which favours them.
Nothing that is kept in front of the framework answers here: every answer is made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import override_settings
from django.urls import path

from bench.peers.alone import TEXT, TYPE
from bench.peers.installing import bring_folder
from bench.peers.rounds import Ask, PeerFigures, asked, compared
from bench.questions import LANGUAGE, around, questions
from directory.geometry import Box

#: Rows of a list.
ROWS = 100
_ZOOMS = (10, 11, 12)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEXT, content_type=TYPE)


urlpatterns = [path("hello", hello)]


class _BareHandler(ClientHandler):
    """Django with these addresses and no middleware. They are named by the request: settings that change would make
    the product find all of its own anew."""

    def __init__(self, addresses: str) -> None:
        super().__init__(enforce_csrf_checks=False)
        self._addresses = addresses
        with override_settings(MIDDLEWARE=[]):
            self.load_middleware()

    def get_response(self, request: HttpRequest) -> Any:
        request.urlconf = self._addresses
        return super().get_response(request)


def bare(addresses: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.handler = _BareHandler(addresses)
    return client


def got(client: Client, address: str) -> bytes:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code} {response.content[:300]!r}")
    return response.content


def map_addresses() -> list[str]:
    return [f"/api/v1/map/?{one.seen.to_query()}&zoom={one.zoom}&lang={LANGUAGE}" for one in questions()]


def boxes() -> list[Box]:
    """Views of a town, without filters: no peer has those of ours."""
    spots = [(one.near.lon, one.near.lat) for one in questions()]
    return [around(lon, lat, _ZOOMS[number % len(_ZOOMS)]) for number, (lon, lat) in enumerate(spots)]


def list_addresses() -> list[str]:
    return [f"/api/v1/listings/?bbox={box}&page_size={ROWS}&lang={LANGUAGE}" for box in boxes()]


def beside_hello(rounds: int) -> PeerFigures:
    """A hello says nothing of ours: what is looked at is that ours told as many as there are in its views."""
    ours, other = Client(SERVER_NAME="localhost"), bare(__name__)
    addresses = map_addresses()
    figures = compared(
        asked([partial(got, ours, one) for one in addresses]),
        asked([partial(got, other, "/hello") for _one in addresses]),
        rounds,
        lambda our, said: all(map(_is_map, our)) and set(said) == {TEXT},
    )
    return {"ours": "/api/v1/map/", "peer": "a bare Django view", **figures, "checked": "each answer is a map"}


def _is_map(answer: object) -> bool:
    told = read(answer)
    return "clusters" in told and "counts" in told


def beside_drf_gis(rounds: int) -> PeerFigures:
    sys.path.append(str(bring_folder("drf-gis")))
    ours, other = Client(SERVER_NAME="localhost"), bare("bench.peers.gis")
    peers = [f"/listings/?in_bbox={box.west},{box.south},{box.east},{box.north}&page_size={ROWS}" for box in boxes()]
    figures = compared(
        asked(_asks(ours, list_addresses())), asked(_asks(other, peers)), rounds, partial(same_lists, count="count")
    )
    return {"ours": "/api/v1/listings/", "peer": "drf-gis viewset", **figures, "checked": CHECKED}


CHECKED = "listings in each view, rows told, ids where all fit on a page"


def _asks(client: Client, addresses: Iterable[str]) -> list[Ask]:
    return [partial(got, client, one) for one in addresses]


def same_lists(ours: Sequence[object], peers: Sequence[object], *, count: str) -> bool:
    """Pages are in other orders, so ids are compared where everything fits on one."""
    return all(_same_list(read(our), read(peer), count) for our, peer in zip(ours, peers, strict=True))


def _same_list(our: dict[str, Any], peer: dict[str, Any], count: str) -> bool:
    rows, features = our["results"], peer["features"]
    if (our["count"], len(rows)) != (peer[count], len(features)):
        return False
    return our["count"] > ROWS or {row["id"] for row in rows} == {str(one["id"]) for one in features}


def read(answer: object) -> dict[str, Any]:
    assert isinstance(answer, bytes)  # noqa: S101
    return dict(json.loads(answer))
