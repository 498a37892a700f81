"""Answers that were ticked: form services (KoboToolbox, ODK) write a question with several answers as one column for
each answer, with 1 where it was chosen. Pure.

Rule: the columns of one question become one column of the question, whose cells name the chosen answers. Columns are of
one question when each holds nothing but 1 and 0 (or true and false), and either the question has a column of its own,
or there are several and nothing else stands under that name: a page of questions is none. Yes and no in words are
answers to questions, unless the question has a column of its own. What belongs to no question stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.spelling.folding import folded
from exchange.importing.reading.rows import MAIN, Row, Source

BETWEEN = "; "
_YES = {"1", "1.0", "true", "истина"}
_NO = {"0", "0.0", "false", "ложь"}
#: What our reader makes of a ticked cell of a workbook; and what people answer to a question of its own.
_YES_IN_WORDS, _NO_IN_WORDS = "yes", "no"
#: Groups, questions and answers; a stroke beside a space is one between words.
_STROKE = re.compile(r"(?<=\S)/(?=\S)")
#: Column → its answer, by question.
Questions = dict[str, dict[str, str]]


def with_ticked(source: Source) -> Source:
    """The same list with one column for each such question, in the place of its first."""
    texts: list[Any] = [row.parts[MAIN] for row in source.rows]
    questions = _questions(source.columns, texts)
    if not questions:
        return source
    asked = {column: question for question, answers in questions.items() for column in answers}
    columns = tuple(dict.fromkeys(asked.get(column, column) for column in source.columns))
    rows = [_joined(row, questions, asked) for row in source.rows]
    ticked = {question: len(answers) for question, answers in questions.items()}
    return replace(source, rows=rows, columns=columns, ticked=ticked)


def _questions(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> Questions:
    kinds = {column: _kind([row.get(column) for row in rows]) for column in columns}
    below: dict[str, list[str]] = {}
    for column in columns:
        for name in _above(column):
            below.setdefault(name, []).append(column)
    asked = {name for name, under in below.items() if _is_question(name, under, kinds, rows)}
    found: Questions = {}
    for column in columns:
        if kinds[column] in ("ticks", "words"):
            above = sorted(_above(column), key=lambda one: one not in kinds)
            if question := next((one for one in above if one in asked), None):
                found.setdefault(question, {})[column] = _answer(column, question)
    return found


def _above(column: str) -> list[str]:
    """What may be the question of an answer, the longest name first."""
    return [column[: stroke.start()] for stroke in reversed([*_STROKE.finditer(column)])]


def _answer(column: str, question: str) -> str:
    return column[len(question) + 1 :].replace(";", ",")


def _is_question(
    name: str, under: Sequence[str], kinds: Mapping[str, str], rows: Sequence[Mapping[str, object]]
) -> bool:
    if name in kinds:
        answers = [_answer(column, name) for column in under if kinds[column] in ("ticks", "words")]
        return kinds[name] not in ("ticks", "words") and all(_says_only(answers, row.get(name)) for row in rows)
    ticked = [column for column in under if kinds[column] == "ticks" and not _STROKE.search(column[len(name) + 1 :])]
    return len(ticked) > 1 and not {"else", "words"} & {kinds[column] for column in under}


def _says_only(answers: Sequence[str], value: object) -> bool:
    """Whether a cell names some of these answers and nothing beside them: then their columns say it as well."""
    left = folded(str(value or ""))
    for answer in sorted(map(folded, answers), key=len, reverse=True):
        left = left.replace(answer, " ")
    return not left.strip(" ;,|/")


def _kind(values: Sequence[object]) -> str:
    said = {folded(str(value)) for value in values if value not in (None, "")}
    if not said:
        return "empty"
    if said <= {_YES_IN_WORDS, _NO_IN_WORDS}:
        return "words"
    return "ticks" if said <= _YES | _NO else "else"


def _joined(row: Row, questions: Questions, asked: Mapping[str, str]) -> Row:
    """The answers take the place of what the question's own column says: there blanks stand between them."""
    before: Any = row.parts[MAIN]
    data: dict[str, object] = {}
    for column, value in before.items():
        question = asked.get(column, column)
        if question not in questions:
            data[column] = value
        elif question not in data and (said := _chosen(before, questions[question]) or before.get(question)):
            data[question] = said
    return replace(row, parts={**row.parts, MAIN: data})


def _chosen(data: Mapping[str, object], answers: Mapping[str, str]) -> str:
    yes = {*_YES, _YES_IN_WORDS}
    return BETWEEN.join(answer for column, answer in answers.items() if folded(str(data.get(column, ""))) in yes)
