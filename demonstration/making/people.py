"""People of the demonstration network: one login for each role, and a manager in every organisation."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Mapping
from pathlib import Path

from allauth.mfa.totp.internal.auth import generate_totp_secret

from accounts.models import NetworkRole, User
from accounts.services import create_person, enable_totp
from core.ids import ALPHABET
from demonstration.making.content import Script
from organizations.models import MembershipRole, Organization
from organizations.people import add_member
from tools.local.paths import write_private

#: role of the login: (organisation, role in it, role in the network, name)
LOGINS = {
    "member": ("bereg-i-veter", MembershipRole.READER, NetworkRole.NONE, "Лия (участница)"),
    "editor": ("dom-s-balkonom", MembershipRole.EDITOR, NetworkRole.NONE, "Давид (редактор)"),
    "manager": ("dom-s-balkonom", MembershipRole.MANAGER, NetworkRole.NONE, ""),
    "verifier": ("abrikosovaya-vetv", MembershipRole.EDITOR, NetworkRole.VERIFIER, "Сона (проверяющая)"),
    "coordinator": ("topoliny-aryk", MembershipRole.READER, NetworkRole.COORDINATOR, "Тимур (координатор)"),
}
COORDINATOR_COUNTRIES = ("GE", "AM", "KZ")
#: Organisations whose managers check the listings of others.
VERIFYING = ("abrikosovaya-vetv", "lindenlicht", "orekhovaya-tropa", "zholty-tramvay", "mozhzhevelovaya-doroga")
Logins = dict[str, dict[str, str]]


class Cast:
    """Who acts for which organisation, and the passwords of the demonstration logins."""

    def __init__(self, content: Script) -> None:
        self.names: Mapping[str, str] = content.words["people"]
        self.managers: dict[str, User] = {}
        self.editors: dict[str, User] = {}
        self.verifiers: dict[str, User] = {}
        self.logins: Logins = {}

    def join(self, organization: Organization) -> None:
        """Make the people of this organisation: its manager, and those who have a login of the demonstration."""
        slug = organization.slug
        verifies = slug in VERIFYING
        manager = self._person(
            email="manager@example.org" if self._manager_has_login(slug) else f"manager.{slug}@example.org",
            name=self.names[slug],
            network_role=NetworkRole.VERIFIER if verifies else NetworkRole.NONE,
            login="manager" if self._manager_has_login(slug) else "",
        )
        add_member(actor=None, organization=organization, user=manager, role=MembershipRole.MANAGER)
        self.managers[slug] = manager
        if verifies:
            self.verifiers[slug] = manager
        for login, (home, role, network_role, name) in LOGINS.items():
            if home == slug and login != "manager":
                user = self._person(email=f"{login}@example.org", name=name, network_role=network_role, login=login)
                add_member(actor=None, organization=organization, user=user, role=role)
                if network_role == NetworkRole.COORDINATOR:
                    self.coordinator = user
                if role == MembershipRole.EDITOR and network_role == NetworkRole.NONE:
                    self.editors[slug] = user

    def make_administrator(self) -> None:
        password = new_password()
        user = User.objects.create_superuser(
            "administrator@example.org", password, name="Администратор", network_role=NetworkRole.ADMINISTRATOR
        )
        user.confirm_address()
        self.logins["administrator"] = {"email": user.email, "password": password}
        self._add_second_step("administrator", user)

    def make_evaluator(self) -> User:
        """Of no organisation: whoever is asked from outside to look at the network."""
        name = "Вера (оценщица)"
        return self._person(
            email="evaluator@example.org", name=name, network_role=NetworkRole.EVALUATOR, login="evaluator"
        )

    def make_volunteer(self) -> User:
        """Of no organisation: beside a colleague of one (demonstration.house.volunteering)."""
        return self._person(
            email="volunteer@example.org", name="Аня (волонтёр)", network_role=NetworkRole.NONE, login="volunteer"
        )

    def _add_second_step(self, login: str, user: User) -> None:
        """Their desks open with a second step only; the file holds the secret for an authenticator app."""
        secret = generate_totp_secret()
        enable_totp(user=user, secret=secret)
        self.logins[login]["totp_secret"] = secret

    def owner(self, slug: str) -> User:
        """Whoever edits the listings of the organisation."""
        return self.editors.get(slug) or self.managers[slug]

    def verifier(self, slug: str, dice: random.Random) -> User:
        """Somebody of another organisation who may decide on listings of this one."""
        return dice.choice([user for home, user in sorted(self.verifiers.items()) if home != slug])

    def write_logins(self, path: Path) -> None:
        """The file that bin/serve shows: `{role: {email, password}}`, with totp_secret where a second step is asked."""
        order = [*LOGINS, "volunteer", "evaluator", "administrator"]
        write_logins({role: self.logins[role] for role in order}, path)

    def _person(self, *, email: str, name: str, network_role: str, login: str) -> User:
        """A person; without a login of the demonstration the account has no password until they ask for one."""
        password = new_password() if login else None
        countries = COORDINATOR_COUNTRIES if network_role == NetworkRole.COORDINATOR else ()
        user = create_person(email=email, name=name, password=password, network_role=network_role, countries=countries)
        if password:
            self.logins[login] = {"email": email, "password": password}
            if network_role == NetworkRole.COORDINATOR:
                self._add_second_step(login, user)
        return user

    def _manager_has_login(self, slug: str) -> bool:
        return LOGINS["manager"][0] == slug


def write_logins(logins: Logins, path: Path) -> None:
    write_private(path, json.dumps(logins, indent=2, ensure_ascii=False))


def new_password() -> str:
    """Twenty characters in groups, easy to type and impossible to guess."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
