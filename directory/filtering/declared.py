"""Every filter, once: its name, the values that it understands, what a row holds of it, and who may use it where.

Rule: a listing that names no groups is for everybody, and one that names no statuses asks for none, so both fit any
choice. What is not known (languages, documents, anonymity) never fits: nobody should travel on a guess.

Whoever needs to know of filters reads this: `directory.asking.filters` (questions), `queries` (conditions), `facets`
(counts), `reading` (choices of a form, words on chips, the description of the API), and the browser (by
`write_filter_names`). A new filter is a new attribute of `Chosen`; its words are in `directory.shown.labels` or in the
vocabulary, its place is in a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from directory.filtering.conditions import CHECKED_BY_OTHERS, OPEN_OPERATIONS, open_at_night, open_now, open_on
from directory.filtering.declaration import Filter, Values, declarations, declare
from directory.filtering.held import Answered, Code, CodeAmong, Codes, CodesOrAll, While, YesOrNo
from directory.filtering.known import Cities, Countries, Fixed, OfAttributes, Slugs, Terms, Tree
from directory.freshness import has_room
from directory.hours import SATURDAY, SUNDAY
from directory.shown import labels

#: Value of `country` for services that are given to any country.
ANY_COUNTRY = "any"


@dataclass(frozen=True)
class Chosen:
    """The chosen values of every filter; the filters themselves, in the order in which addresses name them."""

    service: Values = declare(
        Filter(
            Tree("service"),
            Codes("types", "tops", are_apart=True),
            "Codes of service types, leaves or groups.",
        )
    )
    group: Values = declare(
        Filter(
            Terms("group", is_short=True),
            CodesOrAll("group_codes"),
            "Codes of target groups. A listing for everybody fits every group.",
        )
    )
    status: Values = declare(
        Filter(
            Terms("status", is_short=True),
            CodesOrAll("statuses"),
            "Codes of migration statuses. A listing that asks for none fits every status.",
        )
    )
    language: Values = declare(
        Filter(
            Terms("language"),
            Codes("languages", "interpreter_languages"),
            "Languages, with an interpreter or without.",
        )
    )
    country: Values = declare(
        Filter(
            Countries(ANY_COUNTRY),
            Code("country", empty=ANY_COUNTRY),
            "ISO 3166-1 alpha-2 codes; `any` for services that are given to any country.",
            is_place=True,
        )
    )
    city: Values = declare(Filter(Cities(), Code("city_code"), "Codes of cities, as in `counts`.", is_place=True))
    cost: Values = declare(Filter(Fixed(labels.COST), Code("cost")))
    documents: Values = declare(
        Filter(
            Terms("document"),
            Codes("documents"),
            "Codes of documents; `none` for services that need none.",
            ticked="none",
        )
    )
    anonymous: Values = declare(
        Filter(Fixed(labels.ANONYMITY), YesOrNo("anonymous"), ticked="yes", unticked="no", offered=("yes",))
    )
    insurance: Values = declare(Filter(Fixed(labels.INSURANCE), Code("insurance")))
    intake: Values = declare(Filter(Fixed(labels.INTAKE), Codes("intake")))
    delivery: Values = declare(Filter(Fixed(labels.DELIVERY), Codes("delivery")))
    attribute: Values = declare(
        Filter(
            OfAttributes("attribute"),
            Answered("attributes"),
            "Answers of attributes that the network adds, as in `attributes` of a listing: `dogs-yes`. Answers of one "
            "attribute are alternatives; of several attributes each has to fit.",
        )
    )
    open: Values = declare(
        Filter(
            Fixed(labels.OPEN),
            While(now=open_now, night=open_at_night, saturday=open_on(SATURDAY), sunday=open_on(SUNDAY)),
            "`now`; `night`: this night or the next one; `saturday`, `sunday`: when that day comes next.",
            ticked="now",
        )
    )
    checked: Values = declare(
        Filter(
            Fixed(labels.CHECKED),
            While(other=lambda current, at: Q(level__gte=CHECKED_BY_OTHERS)),
            "`other`: checked by another organisation of the network.",
            ticked="other",
        )
    )
    capacity: Values = declare(
        Filter(
            Fixed(labels.ROOM),
            While(available=lambda current, at: has_room() & Q(operation__in=OPEN_OPERATIONS)),
            "`available`: the organisation said lately that there are places or medicine.",
            ticked="available",
        )
    )
    place_kind: Values = declare(
        Filter(
            Fixed(labels.PLACE_KIND),
            CodeAmong("location_type", *labels.PLACE_KIND),
            "`resource`: resource centres, where people and colleagues learn, meet and use rooms.",
            ticked="resource",
        )
    )
    family: Values = declare(Filter(Terms("family"), Code("family"), offered=(), in_address=False))
    organization: Values = declare(
        Filter(
            Slugs(),
            Code("organization_slug"),
            "Names of organisations in addresses.",
            offered=(),
            is_counted=False,
            is_place=True,
        )
    )


FILTERS: Mapping[str, Filter] = declarations(Chosen)
