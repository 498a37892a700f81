"""Deployment checks: run by `manage.py check --deploy`, those of the database with `--database default`."""

import contextlib
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.core.checks import Error as CheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import NoReverseMatch, reverse

from core import languages
from core.geo.ground import file_of
from core.geo.pmtiles import NotTiles, vector_layers
from core.pages.addresses import Page
from directory.rights import rights_beyond
from servicemap.settings.faces import PUBLIC

Databases = Sequence[str] | None

#: Without these nothing is seen (static/js/map/basemap.js paints more).
WORLD_LAYERS, STREET_LAYERS = frozenset({"land", "borders"}), frozenset({"roads", "earth"})
NOWHERE = ("console", "dummy", "filebased", "locmem")


@register(Tags.urls)
def check_addresses_answer(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Every page that a lower room may name has a view; of the public's process only readers' pages are asked for."""
    if settings.FACE == PUBLIC:
        return []
    missing = [page for page in Page if not _has_view(settings.ADDRESSES.get(page, ""))]
    return [CheckError(f"No view answers at the page «{page}».", id="servicemap.E003") for page in missing]


def _has_view(name: str) -> bool:
    for arguments in ((), ("a",)):
        with contextlib.suppress(NoReverseMatch):
            return bool(reverse(name, args=arguments))
    return False


@register(Tags.security, deploy=True)
def check_demo_network_is_off(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """A fictional network beside real addresses would send people to places that do not exist."""
    if not settings.DEMO_NETWORK:
        return []
    return [Warning("DEMO_NETWORK is on: every page says that the organisations are fictional.", id="servicemap.W001")]


@register(Tags.files)
def check_the_ground_can_be_drawn(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """A file with other layers than those that are painted is a sheet of the colour of water, without a word."""
    if settings.BASEMAP["kind"] == "xyz":
        return []
    hint = "An extract of a Protomaps build is no BASEMAP but STREETS_FILE (docs/streets/README.md)."
    return [
        *_drawable("BASEMAP", settings.BASEMAP, WORLD_LAYERS, hint),
        *_drawable("STREETS", settings.STREETS, STREET_LAYERS, "Make it as docs/streets/README.md says."),
    ]


def _drawable(name: str, named: Mapping[str, str], layers: frozenset[str], hint: str) -> list[CheckMessage]:
    """A setting that names no file can only be believed."""
    path = file_of(named["url"], named["file"]) if named["url"] else None
    if path is None:
        return []
    try:
        missing = layers - vector_layers(path)
    except NotTiles as error:
        return [CheckError(f"{name}: {path}: {error}.", hint=hint, id="servicemap.E006")]
    if not missing:
        return []
    message = f"{name}: {path} has no layer {', '.join(sorted(missing))}."
    return [CheckError(message, hint=hint, id="servicemap.E006")]


@register(Tags.security, deploy=True)
def check_streets_are_no_sample(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Old and small: nobody is to be sent through it."""
    if settings.STREETS["url"] != settings.SAMPLE or settings.DEMO_NETWORK:
        return []
    return [CheckError("STREETS_URL is the sample: it is old, and for trying only.", id="servicemap.E007")]


@register(Tags.security, deploy=True)
def check_letters_leave(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Invitations, reminders and lost passwords come by letter."""
    backend = settings.POST_BACKEND.split(".")[-2]
    if settings.FACE == PUBLIC or backend not in NOWHERE:
        return []
    return [Warning(f"EMAIL_URL is not set: letters go to «{backend}», to nobody.", id="servicemap.W002")]


@register(Tags.security, deploy=True)
def check_links_lead_here(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Letters that the worker writes have no request to take the site's name from."""
    if settings.FACE == PUBLIC or settings.SITE_ADDRESS.startswith("https://"):
        return []
    message = f"SITE_ADDRESS is {settings.SITE_ADDRESS}: links in letters will not lead to the site."
    return [Warning(message, id="servicemap.W003")]


@register(Tags.security, deploy=True)
def check_second_step(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Whoever sees every organisation's contacts is not let in by a password that somebody guessed."""
    missing = {"coordinator", "administrator"} - set(settings.MFA_REQUIRED_ROLES)
    if not missing:
        return []
    message = f"MFA_REQUIRED_ROLES lacks {', '.join(sorted(missing))}: a password alone opens their desks."
    return [CheckError(message, id="servicemap.E004")]


@register(Tags.security, deploy=True)
def check_allowed_hosts(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [CheckError("ALLOWED_HOSTS accepts any host: links in letters could be forged.", id="servicemap.E001")]


@register(Tags.database, deploy=True)
def check_public_role_exists(app_configs: object, databases: Databases = None, **kwargs: object) -> list[CheckMessage]:
    """Public views read under a role of their own; without it they cannot answer."""
    if not databases or settings.FACE == PUBLIC:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.PUBLIC_DATABASE_ROLE])
        if cursor.fetchone():
            return []
    message = f"The database role {settings.PUBLIC_DATABASE_ROLE} is missing: run migrate."
    return [CheckError(message, id="servicemap.E002")]


@register(Tags.database, deploy=True)
def check_the_public_reads_its_tables_alone(
    app_configs: object, databases: Databases = None, **kwargs: object
) -> list[CheckMessage]:
    """Who serves the public may read its tables, and be told nothing of the others: no count, no extent of points."""
    if not databases:
        return []
    found = [f"{role} may {right}." for role, right in rights_beyond(connection, is_reader=settings.FACE == PUBLIC)]
    hint = "As a superuser: psql -d DATABASE -f docker/roles.sql, and take away what was granted by hand."
    return [CheckError(message, hint=hint, id="servicemap.E005") for message in found]


@register(Tags.database)
def check_history_is_whole(app_configs: object, databases: Databases = None, **kwargs: object) -> list[CheckMessage]:
    """Before every migrate: a database that stopped inside a history that was squashed would be taken for finished.

    Such a one has the first steps of that history without a gap; the present files, stopped half-way, leave gaps.
    """
    if not databases:
        return []
    loader = MigrationLoader(connection)
    steps: dict[str, list[bool]] = {}
    for app, name in sorted(key for each in loader.replacements.values() for key in each.replaces):
        if (app, name) not in loader.disk_migrations:
            steps.setdefault(app, []).append((app, name) in loader.applied_migrations)
    apps = [app for app, done in steps.items() if any(done) and not all(done) and done == sorted(done, reverse=True)]
    if not apps:
        return []
    message = f"This database is older than the oldest that can be brought up ({', '.join(apps)})."
    return [CheckError(message, hint="Migrate it with the code of e14d82e first.", id="servicemap.E003")]


@register(Tags.database, deploy=True)
def check_languages_were_read(app_configs: object, databases: Databases = None, **kwargs: object) -> list[CheckMessage]:
    """A language is on when people have checked every word that a reader meets (ADR 0151)."""
    if not databases or settings.FACE == PUBLIC:
        return []
    from translations.readiness import progress_of  # the public's own process has no such room
    from translations.texts.units import every

    on = [code for code in languages.codes() if code not in (languages.WHOLE, languages.MESSAGES)]
    units = every() if on else []
    unread = [code for code in on if not progress_of(code, units).is_ready]
    hint = "Let them be previews in core/languages.py until «Переводы» says that they are ready."
    return [
        Warning(f"{code} is on, and not all of its words were checked by people.", hint=hint, id="servicemap.W010")
        for code in unread
    ]
