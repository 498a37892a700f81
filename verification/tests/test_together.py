"""Two people at once, each with a connection of their own: nobody waits for ever, and each thing happens once."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections, transaction

from core.errors import HouseError
from directory.models import PublicListing
from directory.stores import store
from messaging.people import correspondents_for
from services.models import ServiceAtLocation
from verification import answering, editing
from verification import services as verification
from verification.errors import AlreadyDecided, NothingToSubmit
from verification.letters.links import issue_link
from verification.models import Check, ListingState, Review
from verification.services import decisions, submission
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db(transaction=True)

#: How long one of two waits for the other to come as far; with the locks in order the other never does.
PATIENCE = 1.5


def together(*steps: Callable[[], Any]) -> list[Any]:
    """Run the steps at once, each in a thread; what each returned, or the error that it raised."""
    results: list[Any] = [None] * len(steps)

    def run(number: int) -> None:
        try:
            results[number] = steps[number]()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return results


@pytest.fixture
def meet(monkeypatch):
    """Whoever comes through one of these functions the first time waits there a moment for the other: the worst case,
    always."""

    def at(*functions: tuple[Any, str]) -> None:
        barrier, seen = threading.Barrier(2), threading.local()

        def waiting(original: Callable[..., Any]) -> Callable[..., Any]:
            def run(*arguments: Any, **named: Any) -> Any:
                result = original(*arguments, **named)
                if not getattr(seen, "been", False):
                    seen.been = True
                    with contextlib.suppress(threading.BrokenBarrierError):
                        barrier.wait(timeout=PATIENCE)
                return result

            return run

        for module, name in functions:
            monkeypatch.setattr(module, name, waiting(getattr(module, name)))

    return at


@pytest.fixture
def at():
    """A place with two drafts whose titles stand in the order contrary to their keys."""
    place = scenarios.place(scenarios.organization())
    for title in ("Юрист", "Аптека"):
        scenarios.listing(place, title=title)
    return place


def refused(results: list[Any]) -> list[Exception]:
    """The errors among the results: each a word to a person, no deadlock and no broken constraint."""
    found = [result for result in results if isinstance(result, Exception)]
    for error in found:
        assert isinstance(error, HouseError), error
    return found


def test_two_verifiers_approve_one_batch_from_both_ends(at, meet):
    first, second = verification.submit_under(subject=at, actor=None, checked=True)
    one, two = scenarios.verifier(), scenarios.verifier()
    meet((decisions, "close"))
    results = together(
        lambda: verification.approve(review=first, actor=one, also=[second], method="call"),
        lambda: verification.approve(review=second, actor=two, also=[first], method="call"),
    )
    (late,) = refused(results)
    assert isinstance(late, AlreadyDecided)
    winner = two if results[0] is late else one
    assert {(r.state, r.decided_by) for r in Review.objects.select_related("decided_by")} == {("approved", winner)}
    assert sorted(Check.objects.values_list("checked_by", flat=True)) == [winner.pk] * 2
    assert PublicListing.objects.count() == 2


def test_two_colleagues_send_one_place_at_once_and_the_later_batch_replaces_the_earlier(at, meet):
    meet((submission, "settle"))
    assert not refused(together(*[lambda: verification.submit_under(subject=at, actor=None)] * 2))
    assert len({review.batch for review in Review.objects.open()}) == 1
    assert Review.objects.open().count() == Review.objects.filter(state="withdrawn").count() == 2


def test_a_harmless_edit_that_two_send_at_once_goes_out_once(meet):
    row = scenarios.published()
    scenarios.rename(row, text="Приходите без записи.")
    meet((submission, "settle"))
    (late,) = refused(together(*[lambda: verification.submit_under(subject=row.location, actor=None)] * 2))
    assert isinstance(late, NothingToSubmit)
    assert [review.state for review in Review.objects.all()] == ["approved", "approved"]  # the first, and this edit


def test_a_place_is_sent_anew_while_somebody_approves_what_was_sent(at, meet):
    first, second = verification.submit_under(subject=at, actor=None)
    verifier = scenarios.verifier()
    meet((decisions, "close"), (submission, "settle"))
    refused(
        together(
            lambda: verification.approve(review=first, actor=verifier, also=[second]),
            lambda: verification.submit_under(subject=at, actor=None),
        )
    )
    states = sorted(Review.objects.filter(batch=first.batch).values_list("state", flat=True))
    assert states in (["approved", "approved"], ["withdrawn", "withdrawn"])  # never half of it


# --- one step about two listings, and another one about the second of them ---------------------------------------


def by_link(place) -> Callable[[], Any]:
    person = correspondents_for(place.organization).get()
    _link, token = issue_link(to=person, states=ListingState.objects.all())
    items = [line.item.public_id for line in answering.lines_of(answering.find_link(token))]
    return lambda: answering.confirm(token=token, items=items)


def back_by_link(place) -> Callable[[], Any]:
    person = correspondents_for(place.organization).get()
    _link, token = issue_link(to=person, states=ListingState.objects.all())
    items = [line.item.public_id for line in answering.lines_of(answering.find_link(token))]
    answering.confirm(token=token, items=items)
    return lambda: answering.undo(token=token, items=items)


def edit_of_the_place(place) -> Callable[[], Any]:
    place.refresh_from_db()
    return lambda: editing.update_location(
        actor=None, location=place, expected_version=place.version, public_precision="settlement"
    )


def notice_on_the_place(place) -> Callable[[], Any]:
    return lambda: editing.set_notice(actor=None, location=place, kind="warning", text="Ремонт")


def sending_what_is_harmless(place) -> Callable[[], Any]:
    for row in ServiceAtLocation.objects.under(place):
        scenarios.rename(row, text="Приходите без записи.")
    return lambda: verification.submit_under(subject=place, actor=None)


def test_whoever_waits_for_a_state_sees_what_was_published_meanwhile(at):
    """The check comes second, always: the text that was published while it waited is what it has checked."""
    first, second = verification.submit_under(subject=at, actor=None, checked=True)
    verification.approve(review=first, actor=scenarios.verifier(), also=[second])
    send, caller = sending_what_is_harmless(at), scenarios.verifier()
    locked, read = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            send()
            locked.set()
            read.wait(timeout=PATIENCE)

    def check() -> Check:
        locked.wait(timeout=60)
        return verification.record_check(listing=second.listing, actor=caller, method="call")

    results = together(slowly, check)
    assert not refused(results)
    state = ListingState.objects.get(pk=second.listing_id)
    assert (state.level, results[1].snapshot_id) == (2, state.published_id)


def takedown_of_the_place(place) -> Callable[[], Any]:
    actor = scenarios.coordinator()
    return lambda: verification.take_down(actor=actor, location=place, reason="Рейды")


@pytest.mark.parametrize(
    "step",
    [by_link, back_by_link, edit_of_the_place, notice_on_the_place, sending_what_is_harmless, takedown_of_the_place],
)
def test_a_step_about_a_whole_place_and_a_check_of_one_listing_there(at, meet, step):
    scenarios.person(at.organization)
    first, second = verification.submit_under(subject=at, actor=None, checked=True)
    verification.approve(review=first, actor=scenarios.verifier(), also=[second])
    about_all, caller = step(at), scenarios.verifier()
    # The first to write holds the directory's revision, so the other waits for it while it holds its own state.
    meet((store, "bump_revision"))
    results = together(
        about_all, lambda: verification.record_check(listing=second.listing, actor=caller, method="call")
    )
    refused(results)
    assert ListingState.objects.get(pk=second.listing_id).level == 2
    assert not compare()
