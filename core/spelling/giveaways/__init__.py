"""What in a text gives away where a door is: streets, houses, bells, coordinates, links of maps, codes of places.

A rule without a database. Who may read which text, and what follows from a find, is decided above.
"""

from core.spelling.giveaways.own import names_of
from core.spelling.giveaways.spotting import Find, spot

__all__ = ["Find", "names_of", "spot"]
