"""Nobody reads more of a listing than their audience may, in whatever role they work for the network.

Asked of every route of the house, with the ids of listings that hide something, in every role that is not the owner's.
"""

import pytest
from django.contrib.admin import site
from django.db import transaction
from django.urls import reverse

from servicemap.tests.guards.leaking import leaks
from servicemap.tests.guards.routes import OWN_CHECK, ROUTES, every_route
from servicemap.tests.guards.test_matrix import arguments
from servicemap.tests.guards.test_matrix import ask as send
from servicemap.tests.guards.world import DOOR_CANARIES, FORBIDDEN, LAST_USE, OWNER_CANARIES
from verification.guarding.disclosing import agree, ask, end
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


def answers(network, client):
    """Every route, asked about the usual rows and about each listing that hides something; nothing of it stays.

    What `test_matrix` asks already, and reads for the same canaries, is not asked again.
    """
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
            if instead is None and ROUTES[name].circle != OWN_CHECK:
                methods.discard(ROUTES[name].method)
            for method in sorted(methods):
                with transaction.atomic():
                    response = _asked(client, name, method, url, listing)
                    transaction.set_rollback(True)
                yield f"{method} {url}", response


def _asked(client, name, method, url, listing):
    route = ROUTES[name]
    if method == route.method:
        return send(client, route, url, listing=listing)
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


def test_the_owner_does_read_it_and_an_administrator_while_it_is_disclosed(network, client_of):
    """The scan that finds nothing elsewhere finds it here."""
    shelter, administrator = network.extras["cared"][0], network.people["administrator"]
    page = reverse("workspace:place", args=[shelter["place"]])
    assert leaks(client_of("editor").get(page), DOOR_CANARIES)
    client = client_of("administrator")
    assert client.get(page).status_code == 404
    row = ask(actor=administrator, organization=network.own, reason="Пожар")
    assert client.get(page).status_code == 404
    agree(disclosure=row, actor=scenarios.person(None, "", "administrator"))
    assert leaks(client.get(page), DOOR_CANARIES)
    end(disclosure=row, actor=network.people["editor"])
    assert client.get(page).status_code == 404


def back_office(client):
    """Every list of the back office, searched too, and the page of every row."""
    for model, screen in site._registry.items():
        listed = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        yield listed, client.get(listed)
        if screen.search_fields:
            yield f"{listed}?q", client.get(listed, {"q": "тайник"})
        for row in model._default_manager.order_by("pk")[:12]:
            url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
            yield url, client.get(url)
            yield f"{url}history/", client.get(url.replace("/change/", "/history/"))


def test_the_back_office_shows_no_door(network, client_of):
    administrator = network.people["administrator"]
    administrator.is_staff = True
    administrator.save()
    client, found, pages = client_of("administrator"), [], 0
    for address, response in back_office(client):
        pages += response.status_code == 200
        found += [f"{address}: {canary}" for canary in leaks(response, DOOR_CANARIES)]
    assert pages > 40 and not found
