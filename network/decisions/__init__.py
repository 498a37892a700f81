"""Bodies and seats, meetings, documents, votes and decisions: other wings decide by these and have none of their own.

`network.decisions.seats` answers who may do something because of a seat.
"""
