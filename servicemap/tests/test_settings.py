"""What the settings promise: strict headers, hashed modules, silent logs, tests that forgive nothing."""

import logging
import os
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.template import Context, Engine
from django.test import RequestFactory, override_settings

from conftest import LeftTheMachine
from servicemap.logs import WithoutRequest
from servicemap.settings.ground import env, streets
from servicemap.tests.strictness import RaiseOnUndefined, UndefinedTemplateVariable
from servicemap.web.headers import PermissionsPolicyMiddleware

HASHED = {"staticfiles": {"BACKEND": "servicemap.statics.storage.StaticStorage"}}


# -- browsers


def test_scripts_and_styles_come_from_here_alone() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    words = {str(word) for values in directives.values() for word in values}

    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"} & words
    assert not [word for word in words if "//" in word]
    assert directives["frame-ancestors"] == ["'none'"]


def test_position_is_the_only_device_feature() -> None:
    answer = PermissionsPolicyMiddleware(lambda request: HttpResponse())(RequestFactory().get("/"))

    features = dict(part.split("=") for part in answer["Permissions-Policy"].split(", "))

    assert {name for name, allowed in features.items() if allowed != "()"} == {"geolocation"}


def test_a_view_may_narrow_the_policy_itself() -> None:
    own = HttpResponse(headers={"Permissions-Policy": "geolocation=()"})

    assert PermissionsPolicyMiddleware(lambda request: own)(RequestFactory().get("/"))["Permissions-Policy"] == (
        "geolocation=()"
    )


def test_leaflet_asks_no_tile_server() -> None:
    assert settings.LEAFLET_CONFIG["TILES"] == []


# -- static files


def test_modules_import_each_other_by_hashed_names(tmp_path: Path) -> None:
    """A browser must never run a new module beside an old neighbour out of its cache."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.js").write_text('import { far } from "./near.js";\nimport("./late.js");\nfar();\n')
    (source / "near.js").write_text("export const far = () => 1;\n")
    (source / "late.js").write_text("export default 1;\n")
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]

    with override_settings(
        STORAGES=HASHED, STATIC_ROOT=tmp_path / "out", STATICFILES_DIRS=[source], STATICFILES_FINDERS=finders,
        BEGINNINGS=(), ON_DEMAND={}, SHEETS={},
    ):  # fmt: skip
        call_command("collectstatic", interactive=False, verbosity=0)
        page, near, late = (staticfiles_storage.stored_name(name) for name in ("page.js", "near.js", "late.js"))

    text = (tmp_path / "out" / page).read_text()
    assert f'"./{near}"' in text
    assert f'"./{late}"' in text
    assert near != "near.js"


def test_what_is_served_can_be_collected_and_holds_no_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As bin/serve and the container's build do it, over the real files; only packed less tightly."""
    monkeypatch.setattr("whitenoise.compress.brotli.compress", partial(brotli.compress, quality=1))
    with override_settings(STORAGES=HASHED, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    served = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert any(name.startswith("js/map/element.") for name in served)
    assert not [name for name in served if "/tests/" in name]


def test_what_the_environment_says_of_streets(monkeypatch: pytest.MonkeyPatch) -> None:
    assert streets(env, is_demo=False) == {"url": "", "attribution": "© OpenStreetMap", "file": ""}
    assert streets(env, is_demo=True)["url"] == settings.SAMPLE
    monkeypatch.setenv("STREETS_FILE", "/srv/streets/cities-1.pmtiles")
    assert streets(env, is_demo=True)["url"] == "/streets/cities-1.pmtiles"
    monkeypatch.setenv("STREETS_URL", "https://map.example.org/s.pmtiles")
    assert streets(env, is_demo=True)["url"] == "https://map.example.org/s.pmtiles"


def test_the_basemap_is_not_compressed() -> None:
    """It is read by ranges of bytes, and its tiles are compressed already."""
    assert "pmtiles" in settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS


# -- logs


@pytest.mark.parametrize(
    ("address", "written"),
    [("/ru/?q=hiv&lat=41.7", "/ru/"), ("GET /ru/?q=hiv HTTP/1.1", "GET /ru/ HTTP/1.1"), ("Really?", "Really?")],
)
def test_a_log_line_names_no_visitor_and_no_search(address: str, written: str) -> None:
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Bad Request", address)})
    record.__dict__["request"] = RequestFactory().get("/ru/?q=hiv", REMOTE_ADDR="203.0.113.9")

    WithoutRequest().filter(record)

    assert record.getMessage() == f"Bad Request: {written}"
    assert not hasattr(record, "request")


# -- strictness of the tests themselves


def render(folder: Path, text: str) -> str:
    (folder / "page.html").write_text(text)
    engine = Engine(dirs=[str(folder)], string_if_invalid=RaiseOnUndefined())
    return engine.get_template("page.html").render(Context({"known": "yes"}))


def test_an_undefined_variable_in_our_template_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servicemap.tests.strictness.OUR_TEMPLATES", str(tmp_path))

    assert render(tmp_path, "{{ known }}") == "yes"
    with pytest.raises(UndefinedTemplateVariable, match="unknown"):
        render(tmp_path, "{{ unknown }}")


def test_a_packages_template_may_print_what_it_likes(tmp_path: Path) -> None:
    assert render(tmp_path, "a{{ unknown }}b") == "ab"


def test_a_test_cannot_reach_the_network() -> None:
    with socket.socket() as client, pytest.raises(LeftTheMachine):
        client.connect(("192.0.2.1", 80))


def test_cookies_over_tls_belong_to_this_host_alone():
    """Browsers refuse a cookie of this name that is not secure, has a domain, or is for a part of the site."""
    given = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "map.example", "HTTPS": "on"}
    given["DJANGO_SETTINGS_MODULE"] = "servicemap.settings.hosted"
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    told = f"import servicemap.settings.hosted as s; print(*[getattr(s, n) for n in {names}])"
    run = subprocess.run(
        [sys.executable, "-c", told], env={**os.environ, **given}, capture_output=True, text=True, check=True,
        cwd=settings.BASE_DIR,
    )  # fmt: skip
    assert run.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True"]
    assert not getattr(settings, "SESSION_COOKIE_DOMAIN", None) and settings.SESSION_COOKIE_PATH == "/"
