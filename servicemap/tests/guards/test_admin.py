"""The operators' screens in the same crawl as everything else: every role × every page of the admin × methods.

The pages come from the resolver, so a further one is asked unasked. Rows are those that hide something where the world
has one: a page that shows a hidden address does it here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from organizations.models import Contact, Location
from servicemap.tests.guards.leaking import leaks
from servicemap.tests.guards.test_matrix import is_turned_away
from servicemap.tests.guards.test_methods import BODIES, METHODS
from servicemap.tests.guards.world import CANARIES, DOOR_CANARIES, MEMBER_CANARIES, OWNER_CANARIES, ROLES
from services.models import Notice, Service, ServiceAtLocation
from verification.guarding.disclosing import agree, ask
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
SECRETS = tuple({*CANARIES, *OWNER_CANARIES, *MEMBER_CANARIES})
#: Staff without a right by name get these and nothing of the network.
FOR_STAFF = {"index", "login", "logout", "password_change", "password_change_done", "jsi18n"}
#: Whose pages tell an administrator where a hidden place is, or how its owner alone is reached, while that is disclosed
#: to them. A further model here is a decision: whoever opens its page reads that.
TELLING = {"location", "contact", "service", "serviceatlocation", "listingstate", "review", "check"}


LONG = pytest.mark.long
#: Beside these two of each model, pages are asked by bin/check --long.
SHORT = ("changelist", "change")


def some(network, every: bool) -> list[tuple[str, str, str]]:
    return [page for page in pages(network) if every or not page[1] or page[0].endswith(SHORT)]


def pages(network) -> Iterator[tuple[str, str, str]]:
    """(name, model, address) of every page, with the row that hides most."""
    secret = network.extras["hidden"][2]
    rows: dict[type[Model], Model] = {
        Location: secret.location, ServiceAtLocation: secret, Service: secret.service,
        Contact: Contact.objects.get(location=secret.location), User: network.people["coordinator"],
        Notice: network.extras["notice"],
    }  # fmt: skip
    models = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    kind = ContentType.objects.get_for_model(Location).pk
    for name, pattern in _patterns(get_resolver(), ""):
        model = models.get(name.rpartition("_")[0])
        row = rows.get(model) or (model.objects.order_by("pk").first() if model else secret.location)
        known = {"object_id": row.pk if row else 0, "content_type_id": kind, "app_label": "organizations"}
        wanted = {key: value for key, value in known.items() if f":{key}>" in pattern or f"<{key}>" in pattern}
        yield name, model._meta.model_name if model else "", reverse(f"admin:{name}", kwargs=wanted)


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str]]:
    """(name, pattern); what only leads on, or stands for every other address, has no name or no page of its own."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver) and (prefix or path.startswith("admin/")):
            yield from _patterns(entry, path)
        elif isinstance(entry, URLPattern) and entry.name and prefix and entry.name != "app_list":
            yield entry.name, path


def signed_in_as(network, role: str, *, is_staff: bool) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        person = network.people[role]
        if is_staff:
            User.objects.filter(pk=person.pk).update(is_staff=True)
            person.refresh_from_db()
        client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("role", "every"),
    [("anonymous", False), ("coordinator", False), *(pytest.param(role, True, marks=LONG) for role in ROLES)],
)
def test_whoever_is_not_staff_finds_nothing(role, every, network):
    client, wrong = signed_in_as(network, role, is_staff=False), []
    asked = some(network, every)
    for name, _model, address in asked:
        answer = client.get(address)
        is_door = name in FOR_STAFF and answer.status_code == 302
        if not (is_door or is_turned_away(role, answer)) or leaks(answer, SECRETS):
            wrong.append(f"{address}: {answer.status_code}")
    assert len(asked) > 50 and not wrong


@pytest.mark.parametrize(
    ("role", "every"),
    [("coordinator", False), *(pytest.param(role, True, marks=LONG) for role in ("reader", "verifier"))],
)
def test_staff_without_a_right_find_no_row(role, every, network):
    """A coordinator with the mark of staff reads hidden addresses here no more than anywhere else."""
    client, wrong = signed_in_as(network, role, is_staff=True), []
    for name, _model, address in some(network, every):
        answer = client.get(address)
        away = answer.status_code in (403, 404) or (answer.status_code == 302 and answer["Location"] == "/admin/")
        if not (away or name in FOR_STAFF) or leaks(answer, SECRETS) or answer.status_code >= 500:
            wrong.append(f"{address}: {answer.status_code}")
    assert not wrong


def telling(network, client: Client, every: bool) -> set[str]:
    """The models whose pages tell a door or a number that nobody beside the organisation knows."""
    found, broken = set(), []
    for _name, model, address in some(network, every):
        if not every and model not in TELLING:  # the others are read row by row in test_audiences
            continue
        answer = client.get(address)
        broken += [address] if answer.status_code >= 500 else []
        found |= {model} if leaks(answer, DOOR_CANARIES) else set()
    assert not broken
    return found


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=LONG)])
def test_an_administrator_reads_what_is_hidden_only_while_it_is_disclosed(every, network):
    """The control of the crawl: what is found nowhere else is found here, once a second one has agreed."""
    administrator = network.people["administrator"]
    client = signed_in_as(network, "administrator", is_staff=True)
    assert telling(network, client, every) == set()
    row = ask(actor=administrator, organization=network.own, reason="Пожар")
    agree(disclosure=row, actor=scenarios.person(None, "", "administrator"))
    assert {"location", "contact"} <= telling(network, client, every) <= TELLING


@pytest.mark.parametrize(
    ("role", "methods", "every"),
    [
        ("anonymous", ("POST",), False),
        *(pytest.param(role, METHODS, True, marks=LONG) for role in ("anonymous", "outsider", "administrator")),
    ],
)
def test_no_method_breaks_a_page(role, methods, every, network):
    client, broken = signed_in_as(network, role, is_staff=role == "administrator"), []
    for _name, _model, address in some(network, every):
        for method in methods:
            body, kind = BODIES.get(method, (b"", "application/octet-stream"))
            with transaction.atomic():
                answer = client.generic(method, address, body, content_type=kind)
                transaction.set_rollback(True)
            if answer.status_code >= 500 or (leaks(answer, SECRETS) and role != "administrator"):
                broken.append(f"{role} {method} {address}: {answer.status_code}")
    assert not broken
