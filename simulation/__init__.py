"""A year in the life of the network: the real services, day by day, with people who answer, forget and leave.

scratch.py   a database of its own, made and dropped
world.py     organisations, people, listings with their first checks
mailbox.py   a mail server that remembers, bounces, and breaks down when told to
people.py    what people do with their letters
oracle.py    what the map should show, counted independently, against what it shows
year.py      the days
figures.py   what came of it
"""
