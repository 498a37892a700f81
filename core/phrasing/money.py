"""Sums of money in the words of the page's language. They are written down here; nothing is reckoned or paid."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_currency

from core.languages import active, babel_locale


def sum_in_words(amount: Decimal, currency: str) -> str:
    """“1,500 €”, and with cents only where there are some."""
    has_cents = amount % 1 != 0
    shown = amount if has_cents else amount.quantize(Decimal(1))
    pattern = None if has_cents else babel_locale(active()).currency_formats["standard"].pattern.replace(".00", "")
    return str(format_currency(shown, currency, format=pattern, locale=babel_locale(active()), currency_digits=False))
