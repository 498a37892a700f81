"""The long form of a service: what stands open, what is folded, and one press that saves and sends."""

import re

import pytest

from organizations.tests.makers import make_contact, make_location
from services import services
from services.models import Service
from verification.models import Review
from workspace.listings.forms.service import FOLDS, ServiceForm
from workspace.tests.world import WEEK, form_data

#: What a person is asked at first sight: the fields that decide whether somebody is helped.
OPEN = {"title", "types", "summary", "groups", "statuses", "delivery", "intake", "documents", "cost", "languages",
        "anonymous", "visibility"}  # fmt: skip


@pytest.fixture
def path(world):
    return f"services/{world.service.public_id}/"


def fold(page, words):
    """The first tag of the fold with these words, as it is sent."""
    html = page.content.decode()
    head = html.index(words)
    return html[html.rindex("<details", 0, head) : head]


def send(world, path, **fields):
    return world.post(path, form_data(world.get(path)) | {"send": "on"} | fields)


def test_every_field_stands_open_or_in_one_fold():
    folded = [name for _title, names in FOLDS.values() for name in names]
    russian = {name for name in ServiceForm.columns if not name.endswith("_en")}
    assert len(folded) == len(set(folded))
    assert (russian - set(folded)) | {"groups"} == OPEN


def test_a_fold_says_what_stands_in_it_and_opens_on_a_fault(world, path):
    page = world.get(path)
    assert (page.context["form"].folds()["limits"].filled, "open" in fold(page, "Возраст, пол, страховка")) == (
        0,
        False,
    )
    answer = world.post(
        path, form_data(page) | {"age_from": "x", "eligibility_note": "Всем", "eligibility_note_en": "All"}
    )
    folds = answer.context["form"].folds()
    assert (folds["limits"].filled, folds["limits"].is_open, folds["terms"].is_open) == (2, True, False)
    assert "open" in fold(answer, "Возраст, пол, страховка") and "open" not in fold(answer, "Срок ожидания")
    assert "заполнено: 2" in answer.content.decode()


def test_what_another_wrote_into_a_fold_or_into_english_opens_it(world, path):
    mine = form_data(world.get(path)) | {"waiting": "days", "title_en": "Mine"}
    row = Service.objects.get(pk=world.service.pk)
    services.update_service(actor=None, service=row, expected_version=row.version, waiting="weeks", title_en="Theirs")
    answer = world.post(path, mine)
    assert set(answer.context["form"].conflicts) == {"waiting", "title_en"}
    assert answer.context["form"].folds()["terms"].is_open
    assert re.search(r"<details class=\"english\"[^>]*\sopen", answer.content.decode())
    assert not re.search(r"<details class=\"english\"[^>]*\sopen", world.get(path).content.decode())


def test_one_press_saves_and_sends_all_that_changed(world, path):
    make_contact(world.organization)
    second = services.add_listing(actor=None, service=world.service, location=None, hours=WEEK)
    for listing in (world.listing, second):
        world.publish(listing)
    assert send(world, path, title="Иначе")["Location"].endswith("/workspace/")
    reviews = Review.objects.open()
    assert {review.listing_id for review in reviews} == {world.listing.pk, second.pk}
    assert {review.snapshot.content["service"]["title"]["ru"] for review in reviews} == {"Иначе"}
    assert len({review.batch for review in reviews}) == 1


def test_a_press_on_enter_saves_and_sends_nothing(world, path):
    world.publish()
    html = world.get(path).content.decode()
    form = html[html.index('<form class="form wide-form"') :]
    assert "send" not in form[form.index("<button") : form.index("</button>")]
    world.post(path, form_data(world.get(path)) | {"title": "Иначе"})
    assert not Review.objects.open().exists()


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [("hours", "note", "Вход со двора"), ("place", "address", "ул. Иная"), ("contact", "value", "+995 32 211 00 00")],
)
def test_the_other_forms_send_as_well(world, name, field, value):
    world.publish()
    path = {"hours": f"listings/{world.listing.public_id}/hours/", "place": f"places/{world.place.public_id}/",
            "contact": f"contacts/{world.contact.public_id}/"}[name]  # fmt: skip
    assert send(world, path, **{field: value}).status_code == 302
    assert Review.objects.get(base__isnull=False).listing == world.listing


def test_what_says_the_same_as_the_map_is_saved_and_the_page_says_why_it_was_not_sent(world, path):
    world.publish()
    page = world.client(world.editor).get(send(world, path)["Location"])
    assert not Review.objects.open().exists()
    client = world.client(world.editor)
    answer = client.post(
        f"/ru/workspace/{path}", form_data(client.get(f"/ru/workspace/{path}")) | {"send": "on"}, follow=True
    )
    assert "Сохранено, но не отправлено. " in answer.content.decode(), page


def test_a_contact_of_a_place_without_services_has_nothing_to_send(world):
    fresh = make_contact(world.organization, location=make_location(world.organization))
    assert b'name="send"' not in world.get(f"contacts/{fresh.public_id}/").content
    assert b'name="send"' in world.get(f"contacts/{world.contact.public_id}/").content


def test_a_listing_has_one_way_in_to_what_can_be_changed(world):
    html = world.get(f"listings/{world.listing.public_id}/").content.decode()
    menu = html[html.index('class="edit-menu"') :]
    menu = menu[: menu.index("</details>")]
    targets = re.findall(r'href="/ru/workspace/([^"#]+)#([a-z-]+)"', menu)
    outside = html.replace(menu, "")
    assert not any(f'workspace/{path}"' in outside for path, _part in targets)
    for path in {path for path, _part in targets}:
        page = world.get(path).content.decode()
        assert not [part for where, part in targets if where == path and f'id="{part}"' not in page]
