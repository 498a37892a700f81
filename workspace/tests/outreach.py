"""A house with a phone that works without a connection, and what is pressed on it."""

from __future__ import annotations

import datetime as dt
import secrets

from django.test import Client

from core import clock
from organizations.models import Visibility
from verification.models import ListingState
from verification.tests import scenarios

FOLDER = "/ru/workspace/outreach/"


class Network:
    """A house with one listing for everybody and one for members; a neighbour in the same country, one abroad."""

    def __init__(self):
        self.bridge, self.other = scenarios.organization("Мост", slug="most"), scenarios.organization("Сосед")
        self.at = scenarios.place(self.bridge)
        on = clock.today() - dt.timedelta(days=190)
        self.row = scenarios.published(self.at, on=on, title="Тест на ВИЧ")
        self.quiet = scenarios.published(self.at, on=on, title="Приют", visibility=Visibility.MEMBERS)
        self.near = scenarios.published(scenarios.place(self.other, name="Дом"), title="Юрист")
        abroad = scenarios.place(self.other, country="AM", city="Ереван", name="Порт", timezone="Asia/Yerevan")
        self.far = scenarios.published(abroad, title="Врач")
        self.worker = scenarios.person(self.bridge)


class Phone:
    """A browser of somebody, as the page's script uses it."""

    def __init__(self, person, *, begun=True):
        self.client, self.secret = Client(), ""
        self.client.force_login(person)
        if begun:
            self.secret = self.post("begin", {}).json()["secret"]

    def headers(self):
        return {"X-Outreach-Copy": self.secret} if self.secret else {}

    def post(self, name, body):
        return self.client.post(f"{FOLDER}{name}/", body, content_type="application/json", headers=self.headers())

    def get(self, name):
        return self.client.get(f"{FOLDER}{name}/", headers=self.headers())

    def send(self, *presses):
        return [told["state"] for told in self.post("send", {"presses": list(presses)}).json()["told"]]


def press(listing, kind="confirm", value="", age=0, **more):
    seen = ListingState.objects.get(listing=listing).published.public_id if kind == "confirm" else ""
    return {"key": secrets.token_hex(16), "kind": kind, "listing": listing.public_id, "value": value, "seen": seen,
            "age": age} | more  # fmt: skip
