"""What volunteers bring: a check, a change, a fact about a country, each a proposal until a colleague presses.

Rule: whoever accepts is the one who has checked or written; the volunteer is named beside it and counts for nothing.
"""
