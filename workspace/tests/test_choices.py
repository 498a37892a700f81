"""What the forms offer: in the order of the vocabulary, retired terms only to whoever holds them."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from core.geo.countries import countries
from core.spelling.collation import reading_key
from services.models import DeliveryLanguage, ServiceType
from services.tests.makers import make_vocabulary
from workspace.listings.forms.service import ServiceForm, WhereForm
from workspace.shared.choices import country_choices, country_ticks, term_choices, type_choices, type_tree
from workspace.shared.forms import ReasonForm, chooser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vocabulary():
    make_vocabulary()


def leaves(tree):
    return {group["code"]: [leaf["code"] for leaf in group["leaves"]] for group in tree}


def retire(model, code):
    row = model.objects.get(code=code)
    row.is_retired = True
    row.save()


def test_types_stand_under_their_heads_and_heads_without_any_are_left_out():
    ServiceType.objects.get_or_create(code="empty_head", defaults={"name": "Пусто", "family": "health", "position": 99})
    tree = leaves(type_tree())
    assert {"hiv_rapid_test", "prep"} <= set(tree["hiv_prevention"])
    assert "needle_syringe" in tree["harm_reduction"]
    assert "empty_head" not in tree


def test_a_retired_type_is_offered_to_whoever_holds_it_only():
    retire(ServiceType, "prep")
    assert "prep" not in leaves(type_tree())["hiv_prevention"]
    assert "prep" in leaves(type_tree(kept=["prep"]))["hiv_prevention"]


def test_chosen_types_are_ticked_and_counted_by_head():
    tree = {group["code"]: group for group in type_tree(chosen={"prep", "hiv_rapid_test"})}
    assert tree["hiv_prevention"]["chosen"] == 2
    assert tree["harm_reduction"]["chosen"] == 0
    assert {leaf["code"] for leaf in tree["hiv_prevention"]["leaves"] if leaf["chosen"]} == {"prep", "hiv_rapid_test"}


def test_a_type_is_found_by_its_names_hint_and_synonyms_in_small_letters():
    row = ServiceType.objects.get(code="prep")
    row.name, row.synonyms = "ДКП", {"ru": ["Доконтактная"], "en": ["PrEP pills"]}
    row.save()
    (words,) = (leaf["words"] for group in type_tree() for leaf in group["leaves"] if leaf["code"] == "prep")
    assert all(word in words for word in ("дкп", "доконтактная", "prep pills"))


def test_grouped_choices_hold_every_leaf_of_the_tree():
    offered = [code for _head, pairs in type_choices() if isinstance(pairs, list) for code, _name in pairs]
    assert offered == [code for codes in leaves(type_tree()).values() for code in codes]


def test_terms_keep_the_order_of_the_vocabulary_and_lose_the_retired():
    codes = [code for code, _name in term_choices(DeliveryLanguage)]
    retire(DeliveryLanguage, "ka")
    assert [code for code, _name in term_choices(DeliveryLanguage)] == [code for code in codes if code != "ka"]
    assert [code for code, _name in term_choices(DeliveryLanguage, kept=["ka"])] == codes


def test_countries_of_the_network_come_first_and_none_twice():
    (_head, network), (_others, rest) = country_choices()
    assert isinstance(network, list) and isinstance(rest, list)
    assert [code for code, _name in network] == list(countries())
    assert not dict(network).keys() & dict(rest).keys()
    assert [name for _code, name in rest] == sorted((name for _code, name in rest), key=reading_key)
    assert country_choices(empty="Any")[0] == ("", "Any")
    assert [code for code, _name in country_ticks()] == list(countries())


def test_the_form_of_a_service_shows_what_was_sent_ticked(world):
    form = ServiceForm(QueryDict("types=prep&types=nonsense"), organization=world.organization)
    ticked = [leaf["code"] for group in form.type_groups() for leaf in group["leaves"] if leaf["chosen"]]
    assert ticked == ["prep"]
    assert not form.is_valid() and "types" in form.errors


def test_a_service_is_given_somewhere(world):
    nowhere = WhereForm(QueryDict(""), organization=world.organization)
    assert not nowhere.is_valid() and list(nowhere.errors) == ["places"]
    assert WhereForm(QueryDict("remote=on"), organization=world.organization).is_valid()
    here = WhereForm(QueryDict(f"places={world.place.public_id}"), organization=world.organization)
    assert here.is_valid() and list(here.cleaned_data["places"]) == [world.place]


def test_places_of_others_cannot_be_chosen(world):
    theirs = WhereForm(QueryDict(f"places={world.place.public_id}"), organization=world.other)
    assert not theirs.is_valid()


def test_one_is_told_who_reads_the_reason_where_others_do():
    with translation.override("en"):
        assert "stays in the history" in str(ReasonForm().fields["reason"].help_text)
        assert ReasonForm(is_own=True).fields["reason"].help_text == ""
        assert "stays in the history" in str(ReasonForm().fields["reason"].help_text)  # no form changes another


@pytest.mark.parametrize("sent", ["", "reason=", "reason=+++"])
def test_a_reason_is_a_word_at_least(sent):
    assert not ReasonForm(QueryDict(sent)).is_valid()


def test_the_chooser_is_the_field_itself():
    class Form(forms.Form):
        kind = forms.ChoiceField()

    form = Form({"kind": "b"})
    chooser(form, "kind").choices = [("a", "A"), ("b", "B")]
    assert form.is_valid()
    assert not Form({"kind": "b"}).is_valid()
