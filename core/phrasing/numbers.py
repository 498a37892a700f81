"""Numbers as the page's language writes them, in the figures that its row names."""

from __future__ import annotations

from babel.numbers import format_decimal

from core.languages import active, babel_locale, by_code


def in_figures(number: float, *, decimals: int = 0) -> str:
    """“1,234.5”: with at most so many digits behind the point, and without zeros at its end."""
    pattern = f"#,##0.{'#' * decimals}" if decimals else "#,##0"
    code = active()
    return str(format_decimal(number, pattern, babel_locale(code), numbering_system=by_code(code).digits))


def signs() -> dict[str, str]:
    """What stands before decimals and between thousands, for scripts."""
    code = active()
    symbols = babel_locale(code).number_symbols[by_code(code).digits]
    return {"decimal": str(symbols["decimal"]), "group": str(symbols["group"])}
