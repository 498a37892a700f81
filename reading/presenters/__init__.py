"""From rows of the directory to the shapes that templates and the API share.

Texts are in the active language. Every function takes what it needs; none asks the database.
"""

from reading.presenters.cards import card, cards
from reading.presenters.contacts import contact, contacts
from reading.presenters.organizations import organization, places_of
from reading.presenters.places import place

__all__ = ["card", "cards", "contact", "contacts", "organization", "place", "places_of"]
