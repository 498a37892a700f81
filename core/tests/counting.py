"""How many statements go to the database."""

from __future__ import annotations

from typing import Any


class Counted:
    """How many statements went to the database. Their words are not needed, which Django would write out for each."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        return execute(sql, params, many, context)
