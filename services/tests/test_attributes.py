"""What else services of some kinds are asked: which answers go together, of whom, and what was answered before."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core.languages import SOURCE, columns
from services.attributes import AnswerCodes, asked, still_asked
from services.models.vocabulary import Attribute, AttributeAnswer, ServiceType

pytestmark = pytest.mark.django_db


@pytest.fixture
def kinds():
    """A kind, another one of its group, one of another group."""
    leaves = list(ServiceType.objects.filter(parent__isnull=False).order_by("parent_id", "code"))
    first = leaves[0]
    beside = next(one for one in leaves[1:] if one.parent_id == first.parent_id)
    apart = next(one for one in leaves if one.parent_id != first.parent_id)
    return first, beside, apart


def named(russian, english):
    """A name in both, whichever of them the network's texts are written in."""
    told = {"ru": russian, "en": english}
    return {column: told[language] for column, language in columns("name") if language in told}


@pytest.fixture
def attributes(kinds):
    """Asked of the kinds of one group: dogs, by yes and no; the queue, live, booked or (no more) by lot."""
    group = kinds[0].parent_id
    Attribute.objects.create(
        code="dogs",
        **named("Можно с собакой", "Dogs may come"),
        types=[group],
        position=1,
        synonyms={"ru": ["пёс"]},
    )
    queue = Attribute.objects.create(
        code="queue", **named("Очередь", "Queue"), types=[group], answers="choice", position=2
    )
    for place, (code, is_retired) in enumerate({"live": False, "booked": False, "lot": True}.items()):
        AttributeAnswer.objects.create(
            code=f"queue-{code}", name=f"по-{code}", attribute=queue, position=place, is_retired=is_retired
        )


def refused(chosen, types, kept=()):
    with pytest.raises(ValidationError) as error, override("en"):
        AnswerCodes().check(chosen, types, kept=kept)
    (message,) = error.value.message_dict["attributes"]
    return message


def test_what_may_be_chosen_anew_leaves_out_what_is_retired(attributes):
    assert list(AnswerCodes()) == ["dogs-yes", "dogs-no", "queue-live", "queue-booked"]
    Attribute.objects.filter(code="queue").update(is_retired=True)
    assert list(AnswerCodes()) == ["dogs-yes", "dogs-no"], "with the attribute goes every answer"


def test_yes_and_no_are_not_said_at_once_and_answers_to_choose_are(attributes, kinds):
    own = {kinds[0].code}
    assert refused({"dogs-yes", "dogs-no"}, own) == "Dogs may come: yes and no at once."
    AnswerCodes().check({"dogs-no", "queue-live", "queue-booked"}, own, kept=())


def test_another_kind_is_not_asked_unless_it_has_said_so_already(attributes, kinds):
    _own, beside, apart = kinds
    AnswerCodes().check({"dogs-yes"}, {beside.code}, kept=())
    assert refused({"dogs-yes"}, {apart.code}) == "Dogs may come: this kind of service is not asked."
    assert refused({"dogs-yes"}, {apart.code}, kept={"dogs-no"}), "the other answer is a new one"
    AnswerCodes().check({"dogs-yes"}, {apart.code}, kept={"dogs-yes"})
    AnswerCodes().check({"dogs-yes"}, {apart.code, beside.code}, kept=())
    AnswerCodes().check(set(), {apart.code}, kept=())


def test_what_is_asked_of_no_kind_by_name_is_asked_of_every_one(attributes, kinds):
    Attribute.objects.filter(code="dogs").update(types=[])
    AnswerCodes().check({"dogs-no"}, {kinds[2].code}, kept=())


def test_answers_of_a_service_that_changes_its_kind(attributes, kinds):
    own, _beside, apart = ({one.code} for one in kinds)
    told = ["queue-lot", "dogs-yes", "unheard-yes", "queue-live"]
    assert still_asked(told, own, kept=()) == ["dogs-yes", "queue-live"], "in the order of the vocabulary"
    assert still_asked(told, own, kept=["queue-lot"]) == ["dogs-yes", "queue-live", "queue-lot"]
    assert still_asked(told, apart, kept=["queue-live"]) == ["queue-live"]
    assert still_asked([], own, kept=told) == []


def test_how_an_answer_is_said_beside_its_attribute_and_alone(attributes):
    dogs, queue = (one for one in asked() if one.attribute.code in ("dogs", "queue"))
    with override("en"):
        assert [dogs.answer("dogs-yes"), dogs.answer("dogs-no"), queue.answer("queue-live")] == ["yes", "no", "по-live"]
    attribute, yes, no = dogs.worded()
    assert (attribute.code, attribute.parent, yes.parent, no.parent) == ("dogs", "", "dogs", "dogs")
    assert yes.names == attribute.names and yes.synonyms == {"ru": ["пёс"]}, "what is so bears the attribute's name"
    assert (no.names["en"], no.names["ru"]) == ("Dogs may come: no", "Можно с собакой: нет") and not no.synonyms
    live = queue.worded()[1]
    assert live.names["ru"] == "Очередь: по-live" and live.short[SOURCE] == "по-live"
    assert live.names["en"] == "Queue: по-live", "where a language has no word of the answer, another's stands"
    assert [one.is_retired for one in queue.worded()] == [False, False, False, True]
