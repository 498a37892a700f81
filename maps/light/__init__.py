"""The map without script, font and map: pages of a few kilobytes, and the same pages as files for plain web space."""
