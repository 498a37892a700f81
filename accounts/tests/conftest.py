import pytest

from accounts import post
from accounts.models import User
from accounts.services import create_person

PASSWORD = "сорок тысяч обезьян"


@pytest.fixture(autouse=True)
def quick_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put in is sent at once, as by a worker that has nothing else to do."""

    def put_and_send(what: post.AccountLetter | post.PasswordWish) -> None:
        put(what)
        post.send_waiting()

    put = post.put
    monkeypatch.setattr(post, "put", put_and_send)


@pytest.fixture
def person(db: None) -> User:
    return create_person(email="lena@example.org", name="Лена", password=PASSWORD)
