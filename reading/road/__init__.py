"""What a phone takes along: a country's public rows in one language, told so that they stay true without a network.

Nothing in a row is of a moment: no "open now", no word about places, no date that is near. What the phone reckons
itself (static/js/road/) it reckons from hours, dates and days that stand in the row.
"""
