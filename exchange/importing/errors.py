"""What can be wrong with a file or its mapping, in words that name the place."""

from __future__ import annotations

from core.errors import HouseError
from core.types import Words


class ImportFailure(HouseError):
    """Nothing was imported."""

    code = "import"


class FileFault(ImportFailure):
    """The file, or a file joined to it, cannot be read."""


class MappingFault(ImportFailure):
    """The mapping says something that cannot be done; `where` is the way to it, like “service.types”."""

    def __init__(self, message: Words, *, where: str) -> None:
        super().__init__(f"{where}: {message}" if where else message, field=where)
