"""What every answer carries: no script of strangers, no frame but the embed, no cookie for the public."""

import pytest
from django.test import Client
from django.urls import reverse

from servicemap.tests.guards.routes import EVERYBODY, ROUTES, every_route
from servicemap.tests.guards.test_matrix import arguments, ask
from servicemap.web.headers import INDEXED

pytestmark = pytest.mark.django_db
COOKIE_ALLOWED = {"account_login", "account_signup", "account_reset_password", "account_reset_password_done",
                  "account_reset_password_from_key_done", "account_inactive",
                  "account_email_verification_sent"}  # fmt: skip


_answers = []


def answers(network):
    """Of every public route; asked once, for all that is read of them here."""
    if not _answers:
        found = []  # kept when it is whole: what breaks off in the middle is asked anew
        for name, pattern in every_route():
            if ROUTES[name].circle == EVERYBODY:
                address = reverse(name, kwargs=arguments(network, pattern))
                found.append((name, ask(Client(), ROUTES[name], address)))
        _answers[:] = found
    return _answers


def test_answers_that_break_off_in_the_middle_are_asked_anew(monkeypatch):
    public = [name for name, route in ROUTES.items() if route.circle == EVERYBODY][:2]
    told = iter(["first", ValueError("broken off"), "first", "second"])

    def answer(*_given):
        if isinstance(said := next(told), Exception):
            raise said
        return said

    here = "servicemap.tests.guards.test_headers"
    monkeypatch.setattr(f"{here}._answers", [])
    monkeypatch.setattr(f"{here}.every_route", lambda: [(name, None) for name in public])
    monkeypatch.setattr(f"{here}.arguments", lambda *_given: {})
    monkeypatch.setattr(f"{here}.reverse", lambda name, **_given: name)
    monkeypatch.setattr(f"{here}.ask", answer)
    with pytest.raises(ValueError, match="broken off"):
        answers(None)
    assert answers(None) == [(public[0], "first"), (public[1], "second")]


def test_the_policy_of_every_public_answer(network):
    for name, response in answers(network):
        policy = response.get("Content-Security-Policy", "")
        assert "unsafe-inline" not in policy and "unsafe-eval" not in policy, name
        assert "default-src 'none'" in policy and "base-uri 'none'" in policy, name
        assert "report-uri /violations" in policy, name
        # In a sandbox an embed is of no origin, so its house is named (ADR 0072).
        policy = policy.replace(" http://testserver", "") if name == "maps:embed" else policy
        assert "http:" not in policy and "https:" not in policy.replace("frame-ancestors https:", ""), name
        framed = name == "maps:embed"
        assert ("frame-ancestors 'none'" in policy) != framed, name
        assert ("X-Frame-Options" in response) != framed, name
        assert response["X-Content-Type-Options"] == "nosniff", name


def test_public_pages_set_no_cookie(network):
    for name, response in answers(network):
        assert name in COOKIE_ALLOWED or not response.cookies, name


def test_private_pages_are_kept_by_nobody(network, client_of):
    client = client_of("editor")
    for name in ("workspace:home", "maps:members", "api:members_listings"):
        assert "no-store" in client.get(reverse(name))["Cache-Control"], name


#: Beside what programs ask: frames, their script, feeds, and the empty answer to a frame that has no origin of its own.
FOR_ALL = {"maps:embed", "oembed", "embed_script", "maps:changes_atom", "maps:changes_json", "maps:seen",
           "maps:news_atom", "maps:learning_calendar"}  # fmt: skip


def test_no_stranger_loads_our_answers_but_the_api_and_the_embed(network):
    for name, response in answers(network):
        of_programs = name.startswith(("api:", "hsds:")) and name != "api:schema"
        for_all = of_programs or name in FOR_ALL
        wanted = "cross-origin" if for_all else "same-origin"
        assert response["Cross-Origin-Resource-Policy"] == wanted, name


def test_search_engines_keep_the_pages_for_everybody_and_nothing_else(network, client_of):
    for name, response in answers(network):
        assert ("noindex" in response.get("X-Robots-Tag", "")) == (
            name not in INDEXED or response.status_code != 200
        ), name
    for name in ("workspace:home", "maps:members", "api:members_listings", "account_profile"):
        assert "noindex" in client_of("editor").get(reverse(name))["X-Robots-Tag"], name
    assert "noindex" in Client().get("/ru/places/nothing/")["X-Robots-Tag"]
