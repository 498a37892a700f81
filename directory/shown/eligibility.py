"""For whom a service is, in words. Readers, members and verifiers are told the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from core.phrasing.sentences import in_a_row, joined, lower_first
from directory.shown import labels
from directory.vocabulary import Vocabulary


def for_whom(
    vocabulary: Vocabulary,
    *,
    groups: Mapping[str, str],
    statuses: Iterable[str],
    age_from: int | None,
    age_to: int | None,
    gender: str,
) -> list[str]:
    """Lines: the groups with their welcome, ages and gender, migration statuses; "everybody" where nothing narrows."""
    of_whom = [_group(vocabulary, code, groups[code]) for code in in_order(vocabulary, groups)]
    about = [age(age_from, age_to), "" if gender == "any" else labels.label(labels.GENDER, gender)]
    status = in_a_row(vocabulary.names("status", statuses))
    lines = [
        in_a_row(of_whom),
        joined(part for part in about if part),
        _("Status: %(statuses)s") % {"statuses": lower_first(status)} if status else "",
    ]
    return [line for line in lines if line] or [_("everybody who needs it")]


def in_order(vocabulary: Vocabulary, groups: Iterable[str]) -> list[str]:
    """Codes of groups as the vocabulary orders them; unknown ones last."""
    order = list(vocabulary.scheme("group"))
    return sorted(groups, key=lambda code: order.index(code) if code in order else len(order))


def age(youngest: int | None, oldest: int | None) -> str:
    values: Mapping[str, object] = {"from": youngest, "to": oldest}
    if youngest is not None and oldest is not None:
        return _("From %(from)s to %(to)s years of age") % values
    if youngest is not None:
        return _("From %(from)s years of age") % values
    return _("Up to %(to)s years of age") % values if oldest is not None else ""


def _group(vocabulary: Vocabulary, code: str, welcome: str) -> str:
    name = vocabulary.name("group", code)
    if welcome == "all":
        return name
    return f"{name} ({lower_first(labels.label(labels.WELCOME, welcome))})"
