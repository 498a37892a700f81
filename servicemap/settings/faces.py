"""One process for everybody, or two: a face for the public and one for members, of the same code (docs/operations.md).

The public's has a database login that may read the public's tables, a secret key of its own, no private app and no
private address. What does not fit together is refused at the start, with words.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from tools.local.paths import MEMBERS_ONLY, READER, private_database

ALL, PUBLIC, MEMBERS = "all", "public", "members"
ADDRESSES_OF = {ALL: "servicemap.urls", PUBLIC: "servicemap.faces.public", MEMBERS: "servicemap.faces.members"}

#: No sessions, no forms with tokens, no back office; `auth` stands here for its name of nobody and has no table.
PUBLIC_APPS = [
    "core",
    "directory",
    "maps",
    "servicemap",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "servicemap.statics.static_config.ServedFilesConfig",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.gis",
    "rest_framework",
    "drf_spectacular",
    "csp",
]
PUBLIC_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servicemap.web.headers.PermissionsPolicyMiddleware",
    "servicemap.web.headers.CrossOriginMiddleware",
    "servicemap.web.headers.SearchEnginesMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "servicemap.web.standby.StandbyMiddleware",
    "servicemap.web.headers.KeptByNobodyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "servicemap.tongues.previews.PreviewsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PUBLIC_CONTEXT = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "servicemap.web.context.site",
]


def face_of(env: environ.Env) -> str:
    face: str = env.str("SERVICEMAP_FACE", ALL)
    if face not in ADDRESSES_OF:
        raise ImproperlyConfigured(f"SERVICEMAP_FACE is {face!r}; it may be one of {', '.join(ADDRESSES_OF)}.")
    return face


def key_of(face: str) -> str:
    """The variable that holds the secret key of this face."""
    return "PUBLIC_SECRET_KEY" if face == PUBLIC else "SECRET_KEY"


def database(env: environ.Env, face: str, root: Path) -> dict[str, object]:
    """Where and as whom this face logs in."""
    name = "PUBLIC_DATABASE_URL" if face == PUBLIC else "DATABASE_URL"
    if name in env:
        return dict(env.db_url(name))
    if face == PUBLIC and "DATABASE_URL" in env:
        raise ImproperlyConfigured(
            "The public face logs in by PUBLIC_DATABASE_URL, as servicemap_reader, and not by DATABASE_URL."
        )
    return {**private_database(root, READER)} if face == PUBLIC else {**private_database(root)}


def put_on(face: str, values: MutableMapping[str, object]) -> None:
    """What differs from the settings of everybody's process."""
    values["ROOT_URLCONF"] = ADDRESSES_OF[face]
    if face != PUBLIC:
        return
    values.update(INSTALLED_APPS=PUBLIC_APPS, MIDDLEWARE=PUBLIC_MIDDLEWARE, AUTH_USER_MODEL="auth.User")
    # The login itself may no more than that role: there is nothing to take on. And no form has a token.
    values.update(PUBLIC_DATABASE_ROLE="", CSRF_FAILURE_VIEW="django.views.csrf.csrf_failure")
    options, rest = values["TEMPLATE_OPTIONS"], values["REST_FRAMEWORK"]
    assert isinstance(options, dict) and isinstance(rest, dict)  # noqa: S101  (both are ours)
    options["context_processors"] = PUBLIC_CONTEXT
    rest["DEFAULT_AUTHENTICATION_CLASSES"] = []


def faults(face: str, given: Mapping[str, str], values: Mapping[str, object]) -> list[str]:
    """One sentence for each variable that this face of a real deployment lacks, or must not have."""
    if face == MEMBERS:
        found = _address(values, "PUBLIC_ADDRESS", "its links to public pages lead there")
        same = given.get("PUBLIC_SECRET_KEY") and given.get("PUBLIC_SECRET_KEY") == given.get("SECRET_KEY")
        return found + (["PUBLIC_SECRET_KEY and SECRET_KEY are the same. Make two."] if same else [])
    if face != PUBLIC:
        return []
    found = [
        f"{name} belongs to the members' face. Take it out of the environment of the public one."
        for name in MEMBERS_ONLY
        if given.get(name)
    ]
    if not given.get("PUBLIC_DATABASE_URL"):
        found.append("PUBLIC_DATABASE_URL is missing: postgis://servicemap_reader:password@host/name")
    elif _login(values) != READER:
        found.append(f"PUBLIC_DATABASE_URL logs in as {_login(values)}. {READER} reads public tables only.")
    return found + _address(values, "MEMBERS_ADDRESS", "reports of mistakes and members go there")


def _login(values: Mapping[str, object]) -> str:
    databases = values["DATABASES"]
    return str(databases["default"].get("USER", "")) if isinstance(databases, dict) else ""


def _address(values: Mapping[str, object], name: str, why: str) -> list[str]:
    address = str(values[name])
    if address.startswith("https://") and not address.endswith("/"):
        return []
    return [f"{name} is {address or 'missing'}: {why}. Set it to https://… without a slash at the end."]
