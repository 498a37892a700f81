"""A failure while the demonstration network is made leaves nothing behind."""

import pytest

from accounts.models import User
from demonstration import load
from organizations.models import Organization

pytestmark = pytest.mark.django_db


def test_a_failure_leaves_nothing(monkeypatch, tmp_path):
    class Stopped(Exception):
        pass

    def stop(done, total):
        if done == 40:
            raise Stopped

    with pytest.raises(Stopped):
        load.load_network(logins=tmp_path / "logins.json", progress=stop)
    assert not Organization.objects.exists()
    assert not User.objects.exists()
    assert not (tmp_path / "logins.json").exists()
