import pytest
from django.test import override_settings

from servicemap import checks

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("check", "bad", "good", "code"),
    [
        (checks.check_demo_network_is_off, {"DEMO_NETWORK": True}, {"DEMO_NETWORK": False}, "servicemap.W001"),
        (checks.check_letters_leave, {"EMAIL_BACKEND": CONSOLE}, {"EMAIL_BACKEND": SMTP}, "servicemap.W002"),
        (
            checks.check_links_lead_here,
            {"SITE_ADDRESS": "http://localhost:8000"},
            {"SITE_ADDRESS": "https://map.example.org"},
            "servicemap.W003",
        ),
        (checks.check_allowed_hosts, {"ALLOWED_HOSTS": ["*"]}, {"ALLOWED_HOSTS": ["a.example"]}, "servicemap.E001"),
    ],
)
def test_a_deployment_is_told_what_is_wrong(check, bad: dict, good: dict, code: str) -> None:
    with override_settings(**bad):
        assert [message.id for message in check(None)] == [code]
    with override_settings(**good):
        assert check(None) == []


@pytest.mark.django_db
def test_the_public_role_is_looked_for_in_the_database() -> None:
    assert checks.check_public_role_exists(None, databases=["default"]) == []

    with override_settings(PUBLIC_DATABASE_ROLE="nobody_made_this"):
        assert [each.id for each in checks.check_public_role_exists(None, databases=["default"])] == ["servicemap.E002"]
