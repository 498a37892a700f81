"""How an organisation joins, and how it stands: calls, applications, checks, the way in, the register.

`network.joining.services.standing` is the only writer of an organisation's standing.
"""
