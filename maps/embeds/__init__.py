"""The map in other people's pages: what may be chosen of its looks, and the codes that put it there."""
