"""Role × route: every route of the resolver is declared, answers exactly its circle, and tells nobody too much."""

import re
from functools import cache

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language, get_language_from_path, override

from reading.hsds.ids import derived, uuid_of
from servicemap.tests.guards.leaking import leaks
from servicemap.tests.guards.routes import EVERYBODY, OWN_CHECK, ROUTES, every_route
from servicemap.tests.guards.world import FORBIDDEN, LAST_USE, ROLES

pytestmark = pytest.mark.django_db
#: Rows of the world that routes ask for by their public id.
OTHERS = (
    "report",
    "campaign",
    "source",
    "takedown",
    "check",
    "snapshot",
    "message",
    "correspondent",
    "absence",
    "person",
    "disclosure",
    "circle_member",
    "suggestion",
    "paper",
    "version",
    "decision",
    "vote",
    "meeting",
    "proposal",
    "referral",
    "offer",
    "fact",
    "application",
    "call",
    "country_notice",
    "document",
    "digest",
    "draft",
    "gap",
    "yearly",
    "grant_call",
    "bid",
    "grant",
    "grant_report",
    "material",
    "training",
    "enrolment",
    "cycle",
    "brought",
    "volunteering",
)


# long: one name a line
def arguments(network, pattern, instead=None):
    """What a route's pattern asks for, from the world; ids in `instead` take the place of the usual ones."""
    known = {
        "place_id": network.place.public_id,
        "slug": network.own.slug,
        "contact": network.extras["contact"].public_id,
        "place": network.place.public_id,
        "service": network.listing.service.public_id,
        "listing": network.listing.public_id,
        "notice": network.extras["notice"].public_id,
        "book": network.extras["book"].public_id,
        "review": network.review.public_id,
        "invitation": network.extras["invitation"].public_id,
        "token": network.extras.get("token"),
        # These pages have a check of their own: what is asked for need not be there.
        "pair": network.listing.public_id,
        "merge": network.listing.public_id,
        "door": network.listing.public_id,
        "selection": network.listing.public_id,
        "follow": network.listing.public_id,
        "kind": "doors",
        "step": "agree",
        "code": "none",
        "number": "2026-NONE",
        "sheet": 1,
        "desk": network.place.public_id,
        "grant_file": network.listing.public_id,
        "schema": "service",
        "tongue": "uz",
        "unit": network.extras["unit"],
        "country": "ge",
        "need": "test",
        "other": "am",
        "month": f"{network.extras['digest'].month:%Y-%m}",
        "hsds_service": uuid_of("service", network.listing.service.public_id),
        "hsds_listing": uuid_of("service_at_location", network.listing.public_id),
        "hsds_location": uuid_of("location", network.place.public_id),
        "hsds_organization": uuid_of("organization", network.own.public_id),
        "hsds_taxonomy": derived("taxonomy", "service"),
        "hsds_term": derived("term", "service", network.listing.service.types[0]),
        **{name: network.extras[name].public_id for name in OTHERS},
    }
    if ":membership>" in pattern:
        known["membership"] = network.people["editor"].memberships.get(organization=network.own).pk
    known |= instead or {}
    return {name: value for name, value in known.items() if f":{name}>" in pattern}


def ask(client, route, url, **ids):
    data = {name: value.format(**ids) if ids else value for name, value in (route.data or {}).items()}
    if route.method == "json":
        return client.post(url, data, content_type="application/json")
    return getattr(client, route.method)(url, data)


def is_turned_away(role, response):
    """Sent to the login, told to log in, or told that there is nothing here."""
    if role == "anonymous":
        to_login = response.status_code == 302 and "/login/" in response["Location"]
        return to_login or response.status_code in (401, 403, 404)
    return response.status_code == 404


def test_every_route_is_declared():
    names = {name for name, _pattern in every_route()}
    assert names - ROUTES.keys() == set(), "say in servicemap/tests/guards/routes.py who may open these"
    assert ROUTES.keys() - names == set(), "these routes are gone"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_routes_and_no_others(role, network, client_of):
    wrong = []
    client = client_of(role)
    is_there = cache(lambda path: client.get(path).status_code != 404)
    for name, pattern in every_route():
        route = ROUTES[name]
        if route.circle == OWN_CHECK:
            continue
        with transaction.atomic():
            url = reverse(name, kwargs=arguments(network, pattern))
            response = ask(client, route, url, listing=network.listing.public_id)
            transaction.set_rollback(True)
        if role in route.circle:
            fine = response.status_code < 500 and not (route.circle != EVERYBODY and is_turned_away(role, response))
            fine = fine and response.status_code not in (403, 404, 405)
        else:
            fine = is_turned_away(role, response)
        if not fine:
            wrong.append(f"{role} {route.method} {name}: {response.status_code}")
        if role in FORBIDDEN:
            wrong += [f"{role} {name}: {canary}" for canary in leaks(response, FORBIDDEN[role] + LAST_USE)]
        if role in route.circle:
            wrong += [f"{role} {name} offers {path}" for path in dead_ends(role, response, is_there)]
    assert not wrong


def dead_ends(role, response, is_there):
    """Links of a page to what its reader may not open; who is not logged in is asked to, and then sees."""
    if role == "anonymous" or response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    links = {
        path.split("?")[0].split("#")[0]
        for path in re.findall(r'<a\b[^>]*\shref="(/[^"/][^"]*)"', response.content.decode())
    }
    # The matrix speaks of the world's own rows; of others the page itself is asked.
    return sorted(path for path in links if not may_open(role, path) and not is_there(path))


def may_open(role, path):
    """Whether the matrix says so, for a page in any language."""
    with override(get_language_from_path(path) or get_language()):
        try:
            route = ROUTES.get(resolve(path).view_name)
        except Resolver404:
            return path.startswith(("/static/", "/media/"))
    return route is None or route.circle == OWN_CHECK or role in route.circle


def test_a_row_of_others_and_a_missing_row_look_the_same(network, client_of):
    client = client_of("verifier")
    theirs = client.get(reverse("workspace:listing", args=[network.listing.public_id]))
    missing = client.get(reverse("workspace:listing", args=["zzzzzzzzzz"]))
    assert theirs.status_code == missing.status_code == 404
    assert same_words(theirs.content, network.listing.public_id) == same_words(missing.content, "zzzzzzzzzz")


def same_words(content, public_id):
    """The page without what differs in every answer: the id that was asked for, nonces and form tokens."""
    text = content.decode().replace(public_id, "ID")
    return re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", text)


@pytest.mark.parametrize("role", [r for r in ROLES if r != "administrator"])
def test_the_admin_is_for_staff(role, client_of):
    response = client_of(role).get("/admin/")
    assert response.status_code in (302, 403, 404)
