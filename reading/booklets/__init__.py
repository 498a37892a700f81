"""A country or a city on paper, for a pocket: crisis lines, places with a public door, and phones of all others.

Rule: nothing stands here that the public's pages do not say, and less of whatever hides: who is not to be found by an
address is named with a phone and without a place (docs/adr/0154-what-paper-holds.md).
"""
