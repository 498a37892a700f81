"""The words of the paper that a person takes along, by language.

They are few, and never say what the network is, what illness or medicine there is, or where the person goes. The page
says under each text whether a native speaker has looked at it.
"""

from __future__ import annotations

from typing import TypedDict


class Paper(TypedDict):
    name: str
    title: str
    code: str
    say: str
    carry: str
    things: list[str]
    keep: str
    is_checked: bool


#: Only languages in which somebody has written with care; more are added with their texts.
PAPERS: dict[str, Paper] = {
    "ru": {
        "name": "Русский",
        "title": "Памятка",
        "code": "Ваш код",
        "say": "Назовите этот код там, куда вас направили. Если вы не там или планы изменились, "
        "назовите его в любой организации сети: вас найдут.",
        "carry": "Возьмите с собой",
        "things": ["лекарства с запасом, в их упаковке", "выписку и рецепт", "документы, какие есть",
                   "телефон и зарядку"],
        "keep": "По коду никто не узнает ни имени, ни причины. Не показывайте его тем, кому не доверяете.",
        "is_checked": False,
    },
    "en": {
        "name": "English",
        "title": "Reminder",
        "code": "Your code",
        "say": "Say this code where you were sent. If you are somewhere else or your plans changed, say it at any "
        "organisation of the network: they will find out what to do.",
        "carry": "Take with you",
        "things": ["medicine with a reserve, in its packing", "medical summary and prescription",
                   "whatever documents you have", "phone and charger"],
        "keep": "The code tells nobody your name or your reason. Do not show it to people you do not trust.",
        "is_checked": False,
    },
}  # fmt: skip


def paper_in(language: str) -> Paper:
    return PAPERS[language]
