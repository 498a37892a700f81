"""What a stranger may not write about a service that hides its door, because nobody has to know it for a first call.

Rule: of a shelter, and of any other help whose family is safety, a suggestion says the city and how to reach it. A
street, a house, a link of a map or a pin is not kept, not even for the coordinator: whoever runs the place says later
who may know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.spelling.giveaways import spot
from core.spelling.giveaways.spotting import folded, plain
from services.models.vocabulary import Family, ServiceType

#: Words for houses that hide; asylum ("убежище", "refugee") is none.
_HIDES = re.compile(
    r"(?<!\w)(?:шелтер|приют|притул|кризисн\w+\s(?:центр|квартир|комнат)|женск\w+\sубежищ|shelter|safe\s?house|"
    r"women'?s\srefuge|თავშესაფ|ապաստարան|баспана|adăpost|schronisk)"
)


def hides(kind: str, *texts: str) -> bool:
    """Whether help of this kind (the code of a type or of a group), or what is written about it, hides its door."""
    said = folded(plain(" ".join(texts)))
    return bool(_HIDES.search(said)) or ServiceType.objects.filter(code=kind, family=Family.SAFETY).exists()


def told_too_much(texts: Mapping[str, str]) -> list[str]:
    """Names of the texts with something in them that gives a door away."""
    return [name for name, text in texts.items() if spot(text)]
