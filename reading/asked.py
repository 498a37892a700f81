"""Who asks, when, and in which words: what every answer needs beside its filters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core import clock
from core.languages import active
from directory.crossing.records import Audience
from directory.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True)
class Asked:
    """The language of an answer is the active one."""

    audience: Audience
    vocabulary: Vocabulary
    at: dt.datetime

    @classmethod
    def now(cls, audience: Audience) -> Asked:
        return cls(audience, vocabulary(audience), clock.now())

    @property
    def revision(self) -> int:
        """The directory's revision, as far as the audience may know of changes."""
        return self.vocabulary.revision

    @property
    def language(self) -> str:
        return active()
