"""What a form proposes and nobody touches follows what the row turns out to be; a word that was said stays."""

import pytest

from organizations.models import Location, Organization
from services.models import Service
from workspace.tests.world import World, form_data


def told(answer) -> list[str]:
    return [str(message) for message in answer.wsgi_request._messages._queued_messages]


def new_service(world: World, **fields: object):
    path = f"organizations/{world.organization.slug}/services/new/"
    sent = form_data(world.get(path)) | {
        "title": "Обмен",
        "types": ["needle_syringe"],
        "places": [world.place.public_id],
    }
    return world.post(path, sent | fields)


@pytest.mark.parametrize(("countries", "seen"), [(["GE"], "public"), (["GE", "RU"], "members")])
def test_harm_reduction_of_whoever_works_where_the_risk_is_high(world, countries, seen):
    Organization.objects.filter(pk=world.organization.pk).update(countries=countries)
    answer = new_service(world)
    assert Service.objects.get(title="Обмен").visibility == seen
    assert any("риск" in line for line in told(answer)) == (seen == "members")


def test_a_place_that_turns_out_to_lie_there(world):
    path = f"organizations/{world.organization.slug}/places/new/"
    sent = form_data(world.get(path)) | {
        "name": "Кабинет",
        "country": "RU",
        "city": "",
        "place_code": "",
        "lat": "",
        "lon": "",
    }
    sent |= {"public_precision": "country", "member_precision": "country", "timezone": "Europe/Moscow"}
    answer = world.post(path, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Location.objects.get(name="Кабинет").visibility == "members"
    assert any("риск" in line for line in told(answer))


def test_the_form_of_an_organisation_there_proposes_the_network_and_takes_another_word(world):
    Organization.objects.filter(pk=world.organization.pk).update(registration_country="RU", countries=["RU"])
    path = f"organizations/{world.organization.slug}/services/new/"
    assert world.get(path).context["form"]["visibility"].value() == "members"
    answer = new_service(world, visibility="public")
    assert Service.objects.get(title="Обмен").visibility == "public"
    assert not any("риск" in line for line in told(answer))
