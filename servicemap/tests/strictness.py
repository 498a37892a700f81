"""What makes the tests stricter than production."""

import sys
from pathlib import Path
from typing import Any

OUR_TEMPLATES = str(Path(__file__).resolve().parents[2])


class UndefinedTemplateVariable(Exception):
    """One of our templates prints a variable that its view never gave."""


class RaiseOnUndefined(str):
    """For ``string_if_invalid``: an unknown variable in a template of ours fails the test.

    Templates of packages are let through: Django's own admin prints undefined names by design.
    """

    def __new__(cls) -> "RaiseOnUndefined":
        return super().__new__(cls, "%s")  # an empty string would never be consulted

    def __mod__(self, variable: Any) -> str:
        context = sys._getframe(1).f_locals.get("context")
        template = context.render_context.template if context is not None else None
        name = template.origin.name if template is not None else "?"
        if name.startswith(OUR_TEMPLATES) and "site-packages" not in name:
            raise UndefinedTemplateVariable(f"{variable} in {name}")
        return ""
