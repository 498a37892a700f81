"""What has changed in a year: cycles with indicators that functions compute, a survey, findings and what follows.

Rule: a value is computed by a named function from rows of the period, with their number and their hash, and once a
cycle is frozen nothing of it can be changed, only added with a note. No screens.
"""
