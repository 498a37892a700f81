"""Nobody reads more of a listing than their audience may, in whatever role they work for the network.

Asked of every route of the house, with the ids of listings that hide something, in every role that is not the owner's.
"""

import pytest
from django.db import transaction
from django.urls import reverse

from servicemap.tests.guards.routes import ROUTES, every_route
from servicemap.tests.guards.test_canaries import leaks
from servicemap.tests.guards.test_matrix import arguments, ask
from servicemap.tests.guards.world import LAST_USE, MEMBER_CANARIES, OWNER_CANARIES

pytestmark = pytest.mark.django_db
#: Role → what it may not read. The editor is the owner's; administrators read everything until they need two people.
FORBIDDEN = {
    "anonymous": OWNER_CANARIES + MEMBER_CANARIES,
    "outsider": OWNER_CANARIES + MEMBER_CANARIES,
    "reader": OWNER_CANARIES,
    "verifier": OWNER_CANARIES,
    "coordinator": OWNER_CANARIES,
}


def answers(network, client):
    """Every route, asked about the usual rows and about each listing that hides something; nothing of it stays."""
    for name, pattern in every_route():
        about = [None]
        if any(f":{key}>" in pattern for key in network.extras["cared"][0]) or "{listing}" in str(ROUTES[name].data):
            about += network.extras["cared"]
        for instead in about:
            known = arguments(network, pattern, instead)
            if len(known) < pattern.count("<"):  # a token of a letter, a code: nobody guesses them
                continue
            url = reverse(name, kwargs=known)
            listing = instead["listing"] if instead else network.listing.public_id
            methods = {ROUTES[name].method, "get"}
            for method in sorted(methods):
                with transaction.atomic():
                    response = _asked(client, name, method, url, listing)
                    transaction.set_rollback(True)
                yield f"{method} {url}", response


def _asked(client, name, method, url, listing):
    route = ROUTES[name]
    if method == route.method:
        return ask(client, route, url, listing=listing)
    return client.get(url)


@pytest.mark.parametrize("role", FORBIDDEN)
def test_no_role_reads_more_than_its_audience_may(role, network, client_of):
    found = [
        f"{address}: {canary}"
        for address, response in answers(network, client_of(role))
        for canary in leaks(response, FORBIDDEN[role] + LAST_USE)
    ]
    assert not found


def test_the_desk_s_piles_tell_no_more(network, client_of):
    """The crawl asks for pages as they open; the piles and the queues of checks stand behind a word in the address."""
    client = client_of("coordinator")
    found = []
    for pile in ("edits", "reports", "rechecks", "due", "overdue", "profiles", "unchecked", "duplicates"):
        response = client.get("/ru/workspace/coordination/", {"pile": pile})
        found += [f"{pile}: {canary}" for canary in leaks(response, OWNER_CANARIES)]
    assert not found


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_owner_and_administrator_do_read_it(role, network, client_of):
    """The scan that finds nothing elsewhere finds it here."""
    shelter = network.extras["cared"][0]
    answer = client_of(role).get(reverse("workspace:place", args=[shelter["place"]]))
    assert leaks(answer, OWNER_CANARIES)
