"""Letters about evaluation. They say that there is something and lead to the login; no figure and no code in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Correspondent, Message
from messaging.people import correspondents_for, network_correspondents
from messaging.services import enqueue
from network.evaluation import kinds, rights
from network.evaluation.models import STANDING, CycleState, EvaluationCycle
from organizations.models import Organization

_NOTICE = "network/letters/notice"


def invited(cycle: EvaluationCycle) -> None:
    """To managers of every member."""
    if cycle.survey_until is not None:
        _write(kinds.SURVEY_INVITED, cycle, _managers(rights.asked()))


def ends(cycle: EvaluationCycle) -> int:
    """To managers of members that have no code yet. Who has answered nobody knows."""
    silent = rights.asked().exclude(pk__in=cycle.handed.values("organization"))
    return _write(kinds.SURVEY_ENDS, cycle, _managers(silent))


def frozen(cycle: EvaluationCycle) -> None:
    _write(kinds.CYCLE_FROZEN, cycle, network_correspondents())


def adopted(cycle: EvaluationCycle) -> None:
    _write(kinds.CYCLE_ADOPTED, cycle, _managers(rights.asked()))


def _managers(organizations: Iterable[Organization]) -> list[Correspondent]:
    rows = [(one, person) for one in organizations for person in correspondents_for(one).select_related("user")]
    return [
        person for one, person in rows if person.user and rights.answers_for(person.user).filter(pk=one.pk).exists()
    ]


def _write(kind: str, cycle: EvaluationCycle, people: Iterable[Correspondent]) -> int:
    """Once for each person, however many organisations are theirs."""
    told = {person.user_id: person for person in people}
    for person in told.values():
        key = f"{kind}:{cycle.pk}:{person.pk}"
        enqueue(kind=kind, to=person, dedupe_key=key, payload={"cycle": cycle.public_id})
    return len(told)


# --- words, at the moment of sending ------------------------------------------------------------------------------

_SURVEY = (kinds.SURVEY_INVITED, kinds.SURVEY_ENDS)


def _about(message: Message) -> Letter | None:
    """Over when the survey is, or when the cycle has gone on."""
    cycle = EvaluationCycle.objects.filter(public_id=message.payload["cycle"]).first()
    if cycle is None or not _holds(message.kind, cycle):
        return None
    words, more = _words(cycle)[message.kind]
    page = Page.SURVEY if message.kind in _SURVEY else Page.EVALUATION
    facts = {"words": words, "other_words": more, "link": address_of(path_to(page, cycle.public_id))}
    return letter(message, _NOTICE, facts)


def _holds(kind: str, cycle: EvaluationCycle) -> bool:
    if kind in _SURVEY:
        return cycle.is_asking
    if kind == kinds.CYCLE_FROZEN:
        return cycle.state in STANDING
    return cycle.state in (CycleState.ADOPTED, CycleState.PUBLISHED)


def _words(cycle: EvaluationCycle) -> dict[str, tuple[str, str]]:
    until = day_in_words(cycle.survey_until) if cycle.survey_until else ""
    return {
        kinds.SURVEY_INVITED: (
            _("How are you in the network? A few questions, until %(day)s") % {"day": until},
            _("Five minutes, without a name: each organisation has one code, and nobody can tell who answered what."),
        ),
        kinds.SURVEY_ENDS: (
            _("The survey of the network ends on %(day)s") % {"day": until},
            _("Your organisation has not taken its code yet. Five minutes, without a name:"),
        ),
        kinds.CYCLE_FROZEN: (
            _("The figures of the network are frozen"),
            _("What they say can be read and spoken about now:"),
        ),
        kinds.CYCLE_ADOPTED: (
            _("The report on what has changed in the network is adopted"),
            _("The figures, what was found and what was decided:"),
        ),
    }


WRITERS: Mapping[str, Writer] = dict.fromkeys((*_SURVEY, kinds.CYCLE_FROZEN, kinds.CYCLE_ADOPTED), _about)
