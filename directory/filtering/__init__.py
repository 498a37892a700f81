"""The one declaration of every filter; see `declared`.

Questions, conditions, counts, choices on a form, the description of the API and the names that the browser's address
may carry are all read from there.
"""
