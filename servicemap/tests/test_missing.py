"""Whoever asks for what is not there is told so in the form that they read."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["v1/places/%C2%87%5E/", "v1/members/places/%C2%87%5E/", "v1/nowhere/", "nothing"])
def test_a_program_is_told_by_a_named_error(client, address):
    answer = client.get(f"/api/{address}")
    assert answer.status_code == 404 and answer["Content-Type"] == "application/json"
    assert answer.json() == {"error": {"param": None, "message": "По этому адресу ничего нет.", "unread": []}}


def test_a_person_is_told_by_a_page(client):
    answer = client.get("/ru/nowhere/")
    assert answer.status_code == 404 and "<h1" in answer.content.decode()
