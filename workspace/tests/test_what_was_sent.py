"""What a person reads after sending: what is on the map at once, what waits, and what is not there yet."""

from organizations import services as organizations
from services import services
from services.models import Service, ServiceAtLocation
from verification.models import Review
from workspace.listings.sending import words_of
from workspace.tests.world import World


def send_all(world: World) -> str:
    """The answer to the second button of the page of the place, in the words of the person who pressed."""
    path = f"/ru/workspace/places/{world.place.public_id}/changes/"
    answer = world.client(world.editor).post(path, follow=True)
    return " ".join(message.message for message in answer.context["messages"])


def rename(world: World, listing: ServiceAtLocation, title: str) -> None:
    service = Service.objects.get(pk=listing.service_id)
    services.update_service(actor=world.editor, service=service, expected_version=service.version, title=title)


def say_the_way(world: World) -> None:
    world.place.refresh_from_db()
    place = world.place
    given = {"location": place, "actor": world.editor, "expected_version": place.version}
    organizations.update_location(**given, directions="От метро налево, вторая дверь.")


class TestPlace:
    def test_how_many_are_shown_at_once_and_how_many_wait(self, world):
        others = [world.add_listing(title=title) for title in ("Налоксон", "Шприцы")]
        for listing in (world.listing, *others):
            world.publish(listing)
        say_the_way(world)
        rename(world, others[0], "Налоксон и обучение")
        said = send_all(world)
        assert "Уже на карте: 2 услуги." in said
        assert "Ждёт проверки: 1 услуга." in said
        assert Review.objects.open().count() == 1

    def test_who_waits_alone_reads_nothing_of_others(self, world):
        world.publish()
        rename(world, world.listing, "Иначе")
        said = send_all(world)
        assert "на карте" in said
        assert "Уже" not in said and "прежняя версия" in said

    def test_what_was_put_right_before_anybody_looked_waits_no_more(self, world):
        world.publish()
        title = world.listing.service.title
        rename(world, world.listing, "Ошибка")
        send_all(world)
        rename(world, world.listing, title)
        assert "проверки больше ничего не ждёт" in send_all(world)
        assert not Review.objects.open().exists()

    def test_what_never_was_on_the_map_has_no_former_version(self, world):
        said = send_all(world)
        assert "прежн" not in said
        assert "появится на карте" in said

    def test_all_three_are_told_apart(self, world):
        others = [world.add_listing(title=title) for title in ("Налоксон", "Шприцы")]
        for listing in (world.listing, others[0]):
            world.publish(listing)
        say_the_way(world)
        rename(world, others[0], "Налоксон и обучение")
        said = send_all(world)
        assert said.count("1 услуга") == 3

    def test_what_was_hidden_and_is_sent_again_is_not_said_to_be_shown(self, world):
        world.publish()
        rename(world, world.listing, "Иначе")
        world.post(f"listings/{world.listing.public_id}/hide/", {"reason": "closed"})
        review = world.submit()
        assert review.base is not None
        shown = review.listing.state.is_shown
        assert ("прежн" in words_of([review])) is shown


class TestNew:
    """A listing that never was on the map has nothing that "stays as it was"; its owner and who checks it read that."""

    def test_the_owner_reads_when_it_appears(self, world):
        world.submit()
        for path in ("", "changes/"):
            page = world.get(f"listings/{world.listing.public_id}/{path}").content.decode()
            assert "появится, когда её одобрят" in page, path
            assert "прежняя версия" not in page, path

    def test_who_checks_it_too(self, world):
        review = world.submit()
        page = world.get(f"reviews/{review.public_id}/", world.verifier).content.decode()
        assert "появится, когда её одобрят" in page

    def test_an_edit_says_that_the_map_stays(self, world):
        world.publish()
        rename(world, world.listing, "Иначе")
        world.submit()
        page = world.get(f"listings/{world.listing.public_id}/").content.decode()
        assert "на карте прежняя версия" in page
