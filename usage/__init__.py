"""How much the map is used: sums by day, and nobody in them. Knows neither the directory nor a database.

Rule: what is counted is what a page was, for which country, and which conditions were chosen. No address of a visitor,
no word of a question, no place and no organisation is counted (docs/adr/0114-sums-of-use.md).
"""
