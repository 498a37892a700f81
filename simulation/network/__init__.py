"""A year of the network itself: who joins, who is suspended, what is voted on, what is known of countries.

people.py    those who are there at the beginning
year.py      the days, the worker and the weeks in which it is dead
faults.py    what must never happen, asked of the database by its own SQL
chapters/    what befalls the network, one module for each room; a further room adds a module to CHAPTERS
"""
