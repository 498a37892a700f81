import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from servicemap import checks

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("check", "bad", "good", "code"),
    [
        (checks.check_demo_network_is_off, {"DEMO_NETWORK": True}, {"DEMO_NETWORK": False}, "servicemap.W001"),
        (checks.check_letters_leave, {"POST_BACKEND": CONSOLE}, {"POST_BACKEND": SMTP}, "servicemap.W002"),
        (
            checks.check_links_lead_here,
            {"SITE_ADDRESS": "http://localhost:8000"},
            {"SITE_ADDRESS": "https://map.example.org"},
            "servicemap.W003",
        ),
        (
            checks.check_second_step,
            {"MFA_REQUIRED_ROLES": ("administrator",)},
            {"MFA_REQUIRED_ROLES": ("administrator", "coordinator")},
            "servicemap.E004",
        ),
        (checks.check_allowed_hosts, {"ALLOWED_HOSTS": ["*"]}, {"ALLOWED_HOSTS": ["a.example"]}, "servicemap.E001"),
    ],
)
def test_a_deployment_is_told_what_is_wrong(check, bad: dict, good: dict, code: str) -> None:
    with override_settings(**bad):
        assert [message.id for message in check(None)] == [code]
    with override_settings(**good):
        assert check(None) == []


WORLD = {"kind": "pmtiles", "url": "basemap/world.pmtiles", "attribution": "", "file": ""}
NO_STREETS = {"url": "", "attribution": "", "file": ""}
SAMPLE = {**NO_STREETS, "url": "basemap/streets-sample.pmtiles"}


@pytest.mark.parametrize(
    ("basemap", "streets", "said"),
    [
        ({}, {}, None),
        ({}, SAMPLE, None),
        ({"kind": "xyz", "url": "/tiles/{z}/{x}/{y}.png"}, {}, None),
        ({"url": "/elsewhere.pmtiles"}, {"url": "/streets/a.pmtiles"}, None),
        ({"url": "basemap/streets-sample.pmtiles"}, {}, "no layer borders, land"),
        ({}, {"url": "basemap/world.pmtiles"}, "no layer earth, roads"),
        ({}, {"url": "/streets/a.pmtiles", "file": "/nowhere/a.pmtiles"}, "cannot be read"),
        ({}, {"url": "basemap/gone.pmtiles"}, "cannot be read"),
        ({}, {"url": "basemap/labels.json"}, "not a PMTiles 3 file"),
    ],
)
def test_a_file_that_would_be_drawn_as_water_is_refused_before_anything_runs(basemap, streets, said) -> None:
    with override_settings(BASEMAP=WORLD | basemap, STREETS=NO_STREETS | streets):
        found = checks.check_the_ground_can_be_drawn(None)
    assert [each.id for each in found] == ["servicemap.E006"] * bool(said)
    assert not said or said in found[0].msg


def test_the_sample_of_streets_is_for_a_demonstration_alone() -> None:
    with override_settings(STREETS=SAMPLE, DEMO_NETWORK=True):
        assert checks.check_streets_are_no_sample(None) == []
    with override_settings(STREETS=SAMPLE, DEMO_NETWORK=False):
        assert [each.id for each in checks.check_streets_are_no_sample(None)] == ["servicemap.E007"]


@pytest.mark.django_db
def test_the_public_role_is_looked_for_in_the_database() -> None:
    assert checks.check_public_role_exists(None, databases=["default"]) == []

    with override_settings(PUBLIC_DATABASE_ROLE="nobody_made_this"):
        assert [each.id for each in checks.check_public_role_exists(None, databases=["default"])] == ["servicemap.E002"]


def forget(app: str) -> list[str]:
    """Nothing of the app is applied any more; the names of its squashed history in their order."""
    loader = MigrationLoader(connection)
    for name in [name for label, name in loader.applied_migrations if label == app]:
        MigrationRecorder(connection).record_unapplied(app, name)
    replaced = {name for each in loader.replacements.values() for label, name in each.replaces if label == app}
    return sorted(replaced)


@pytest.mark.django_db
def test_a_database_from_the_middle_of_a_squashed_history_is_refused() -> None:
    assert checks.check_history_is_whole(None, databases=["default"]) == []

    names = forget("verification")
    assert checks.check_history_is_whole(None, databases=["default"]) == []
    for name in names[:-1]:
        MigrationRecorder(connection).record_applied("verification", name)
        found = checks.check_history_is_whole(None, databases=["default"])
        assert [each.id for each in found] == ["servicemap.E003"]
    with pytest.raises(SystemCheckError, match=r"servicemap\.E003"):
        call_command("migrate", verbosity=0, skip_checks=False)


@pytest.mark.django_db
@pytest.mark.parametrize("app", ["directory", "messaging", "verification"])
def test_a_first_migration_that_was_stopped_half_way_goes_on(app: str) -> None:
    forget(app)
    loader = MigrationLoader(connection)
    for (label, _name), each in sorted(loader.replacements.items()):
        if label == app:
            assert checks.check_history_is_whole(None, databases=["default"]) == []
            for key in each.replaces:
                MigrationRecorder(connection).record_applied(*key)
    assert checks.check_history_is_whole(None, databases=["default"]) == []


@pytest.mark.django_db
def test_a_language_that_is_on_and_was_not_read_is_named(monkeypatch):
    assert checks.check_languages_were_read(None, databases=["default"]) == []
    monkeypatch.setattr("core.languages._CODES", ("ru", "en", "uk"))
    assert [found.id for found in checks.check_languages_were_read(None, databases=["default"])] == ["servicemap.W010"]
