"""The house of the network itself: who decides, what was decided, who belongs to it. No screens.

Each wing is an app of its own with tables of its own: `network.decisions`, and those that come beside it. Whatever
a wing shows to everybody lies in a table of its own in the read model, written in the transaction of the decision.
"""
