"""Files of what somebody sees on the map: the same rows in five forms (docs/adr/0082).

Rule: a row comes out of the audience's own table, and `columns` is an allow-list of what of it goes into a file. What
leads to a door, as a navigator takes it (KML, GPX), holds doors that are public and exact, whoever asks.
"""
